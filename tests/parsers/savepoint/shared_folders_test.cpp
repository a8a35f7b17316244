#include "savepoint/shared_folders.h"

#include <catch2/catch.hpp>

#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace fs = std::filesystem;

TEST_CASE("Files that checkpoints share are found by name") {
  const TemporaryFolder folder;
  folder.write("job/chk-7/_metadata", "");
  for (const char* file : {"shared/a", "taskowned/b", "changelog/c", "shared/op_1/a-2", "shared/1/2/3/deep",
                           "shared/1/2/3/4/too-deep", "chk-7/shared/below", "other/elsewhere", "shared/op_0/twice",
                           "shared/op_1/twice", "taskowned/tm/op_1/twice", "chk-7/beside"})
    folder.write(std::string("job/") + file, "");
  fs::create_symlink(folder.path() / "job/other/elsewhere", folder.path() / "job/shared/linked");
  fs::create_symlink(folder.path() / "job", folder.path() / "job/shared/loop");
  const fs::path job = fs::canonical(folder.path() / "job");
  struct Row {
    const char* name;
    const char* written;
    fs::path found;
  };
  const std::vector<Row> rows = {
      {"beside", "s3://bucket/job/shared/a", job / "shared/a"},
      {"task-owned", "/data/taskowned/b", job / "taskowned/b"},
      {"of the changelog", "s3://bucket/changelog/job/dstl/c", job / "changelog/c"},
      {"in a folder of its own", "file:/data/a-2", job / "shared/op_1/a-2"},
      {"below the checkpoint", "/data/below", job / "chk-7/shared/below"},
      {"four levels deep", "/data/deep", job / "shared/1/2/3/deep"},
      {"deeper", "/data/too-deep", {}},
      {"elsewhere", "/data/other/elsewhere", {}},
      {"beside _metadata, which is for others to find", "/data/beside", {}},
      {"a symbolic link", "/data/linked", {}},
      {"a folder", "/data/op_1", {}},
      {"of several, in the same folder", "/data/shared/op_1/twice", job / "shared/op_1/twice"},
      {"of several, in the same folders", "/data/tm/op_1/twice", job / "taskowned/tm/op_1/twice"},
      {"nowhere", "/data/nowhere", {}},
      {"no name", "/data/", {}},
  };
  const SharedFolders folders = SharedFolders::of_checkpoint(folder.path() / "job/chk-7");
  CHECK_FALSE(folders.cut_short());
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(folders.find(row.written) == row.found);
    CHECK(folders.may_have(fs::path(row.written).filename().string()) == !row.found.empty());
  }
}

TEST_CASE("A checkpoint without shared folders has no shared files") {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "job/chk-7");
  fs::create_directories(folder.path() / "outside");
  folder.write("outside/file", "");
  fs::create_directory_symlink(folder.path() / "outside", folder.path() / "job/shared");
  for (const char* checkpoint : {"job/chk-7", "job/missing"}) {
    INFO(checkpoint);
    CHECK(SharedFolders::of_checkpoint(folder.path() / checkpoint).find("/data/file").empty());
  }
}
