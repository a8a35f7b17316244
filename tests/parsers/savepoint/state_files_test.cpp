#include "savepoint/state_files.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "metadata_builder.h"
#include "savepoint/savepoint.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const std::string kHeader = keyed_header(string_snapshot(), {value_state_info("total", long_snapshot())}).string();

/// The one operator of a savepoint in `folder` whose keyed state is in `stream`.
OperatorState operator_with(const TemporaryFolder& folder, const JavaBytes& stream) {
  Operator state;
  state.subtasks = {{.managed_keyed = key_groups_handle(7, {0}, stream)}};
  folder.write("savepoint/_metadata", MetadataBuilder(4).add(state).build().string());
  return read_savepoint(folder.path() / "savepoint").operators.at(0);
}

}  // namespace

TEST_CASE("State is found beside _metadata and at absolute local paths") {
  const TemporaryFolder folder;
  folder.write("savepoint/state", kHeader + "values");
  folder.write("savepoint/below/state", kHeader);
  folder.write("savepoint/merged", "0123456789" + kHeader + "values");
  const std::string elsewhere = folder.write("elsewhere/far", kHeader).string();
  const auto size = static_cast<std::int64_t>(kHeader.size());
  struct Row {
    const char* name;
    JavaBytes stream;
  };
  const std::vector<Row> rows = {
      {"relative", relative_stream("state", size)},
      {"relative below", relative_stream("below/state", size)},
      {"absolute path", file_stream(elsewhere, size)},
      {"file URI", file_stream("file:" + elsewhere, size)},
      {"file URI with an empty authority", file_stream("file://" + elsewhere, size)},
      {"copied from an object store", file_stream("s3://bucket/savepoints/savepoint-1/state", size)},
      {"copied from another machine", file_stream("file:/nowhere/on/this/machine/state", size)},
      {"segment", segment_stream("s3://bucket/merged", 10, size)},
      {"unknown size", relative_stream("state", -1)},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const OperatorState found = operator_with(folder, row.stream);
    CHECK(found.unread.empty());
    REQUIRE(found.states.size() == 1);
    CHECK(found.states[0].name == "total");
    CHECK(found.states[0].value->serializer == "LongSerializer");
  }
}

TEST_CASE("State that cannot be read is a reason that names the file") {
  const TemporaryFolder folder;
  folder.write("outside", kHeader);
  folder.write("savepoint/short", kHeader);
  folder.write("savepoint/cut", kHeader.substr(0, kHeader.size() / 2));
  REQUIRE(::mkfifo((folder.path() / "savepoint/fifo").c_str(), 0600) == 0);
  const std::string directory = (folder.path() / "savepoint").string();
  struct Row {
    const char* name;
    JavaBytes stream;
    std::string message;
    std::size_t states = 0;
  };
  const std::vector<Row> rows = {
      {"missing", relative_stream("gone", 10), directory + "/gone: expected a state file, found no such file"},
      {"missing anywhere", file_stream("s3://bucket/gone", 10),
       "s3://bucket/gone: expected a state file, found no such local file, and none of that name beside _metadata or "
       "in shared, taskowned and changelog"},
      {"no name", file_stream("s3://bucket/", 10), "s3://bucket/: expected a state file, found no such local file"},
      {"outside", relative_stream("../outside", 1),
       "../outside: expected a state file, found a path that leads out of the savepoint's directory"},
      {"absolute as relative", relative_stream("/etc/hostname", 1),
       "/etc/hostname: expected a state file, found a path that leads out of the savepoint's directory"},
      {"empty path", relative_stream("", 1),
       ": expected a state file, found a path that leads out of the savepoint's directory"},
      {"FIFO", relative_stream("fifo", 1),
       directory + "/fifo: expected a state file, found something that is not a regular file"},
      {"absolute FIFO", file_stream(directory + "/fifo", 1),
       directory + "/fifo: expected a state file, found no such local file, and none of that name beside _metadata or "
                   "in shared, taskowned and changelog"},
      {"device", file_stream("/dev/zero", 1),
       "/dev/zero: expected a state file, found no such local file, and none of that name beside _metadata or in "
       "shared, taskowned and changelog"},
      {"directory", relative_stream(".", 1),
       directory + "/.: expected a state file, found something that is not a regular file"},
      {"shorter than its handle", relative_stream("short", 1 << 20),
       directory + "/short: expected a state file of 1048576 bytes, found " + std::to_string(kHeader.size())},
      {"cut inside the header", relative_stream("cut", -1), directory + "/cut, offset ", 1},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const OperatorState found = operator_with(folder, row.stream);
    REQUIRE(found.unread.size() == 1);
    CHECK_THAT(found.unread[0], Catch::StartsWith(row.message));
    CHECK(found.states.size() == row.states);
    CHECK(found.has_state);
  }
}

TEST_CASE("Among many missing files the one that is there is read") {
  struct Row {
    const char* name;
    JavaBytes (*stream)(const std::string& path, std::int64_t size);
    const char* folder;
  };
  for (const Row& row :
       {Row{"relative", relative_stream, ""}, Row{"object store", file_stream, "s3://bucket/savepoint/"},
        Row{"other machine", file_stream, "file:/nowhere/on/this/machine/"}}) {
    INFO(row.name);
    const TemporaryFolder folder;
    folder.write("savepoint/file-30", kHeader);
    Operator state;
    state.parallelism = 40;
    for (std::int32_t i = 0; i < 40; ++i)
      state.subtasks.push_back(
          {.index = i,
           .managed_keyed = key_groups_handle(7, {0}, row.stream(row.folder + ("file-" + std::to_string(i)), 10))});
    folder.write("savepoint/_metadata", MetadataBuilder(4).add(state).build().string());
    const OperatorState found = read_savepoint(folder.path() / "savepoint").operators.at(0);
    CHECK(found.states.size() == 1);
    REQUIRE(found.unread.size() == 17);
    CHECK(found.unread.back() == "and 23 more parts for reasons of the same sort");
  }
}

TEST_CASE("A header longer than the first read is read whole") {
  const TemporaryFolder folder;
  std::vector<JavaBytes> states;
  for (int i = 0; i < 3000; ++i)
    states.push_back(value_state_info("state number " + std::to_string(i), long_snapshot()));
  const std::string header = keyed_header(string_snapshot(), states).string();
  REQUIRE(header.size() > 400'000);
  folder.write("savepoint/big", header + std::string(100, 'x'));
  folder.write("savepoint/merged", "0123456789" + header);
  for (const JavaBytes& stream : {relative_stream("big", static_cast<std::int64_t>(header.size())),
                                  segment_stream("merged", 10, static_cast<std::int64_t>(header.size()))}) {
    const OperatorState found = operator_with(folder, stream);
    CHECK(found.unread.empty());
    CHECK(found.states.size() == 3000);
  }
}

TEST_CASE("A label of inline state is never opened") {
  const TemporaryFolder folder;
  const OperatorState found = operator_with(folder, inline_stream(JavaBytes().text(kHeader)));
  CHECK(found.unread.empty());
  CHECK(found.states.size() == 1);
}

TEST_CASE("read_savepoint takes the directory or its _metadata and names what it misses") {
  const TemporaryFolder folder;
  const auto metadata = folder.write("savepoint/_metadata", MetadataBuilder(4).build().string());
  CHECK(read_savepoint(metadata).metadata_path == metadata);
  CHECK(read_savepoint(metadata.parent_path()).metadata_path == metadata);
  CHECK_THROWS_WITH(read_savepoint(folder.path()),
                    folder.path().string() + ": expected the directory of a savepoint, found no _metadata in it");
  CHECK_THROWS_WITH(read_savepoint(folder.path() / "none"),
                    (folder.path() / "none").string() + ": expected a savepoint's _metadata, found no such file");
  const auto empty = folder.write("empty/_metadata", "");
  CHECK_THROWS_WITH(read_savepoint(empty.parent_path()),
                    empty.string() + ", offset 0: expected a savepoint's _metadata, found an empty file");
}

TEST_CASE("Long reads of state files have a budget for the whole savepoint") {
  constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
  const TemporaryFolder folder;
  folder.write("state", "");
  std::filesystem::resize_file(folder.path() / "state", 64 * kMebibyte);
  const InputPlace place{"_metadata"};
  const std::string path = "state";
  StreamHandle handle;
  handle.kind = StreamHandle::Kind::relative_file;
  handle.path = std::as_bytes(std::span(path));
  StateFiles files = StateFiles::beside(folder.path() / "_metadata");
  for (int i = 0; i < 16; ++i)
    CHECK(files.read(handle, place, 0, 64 * kMebibyte).bytes.size() == 64 * kMebibyte);
  CHECK_THROWS_WITH(files.read(handle, place, 0, 64 * kMebibyte),
                    (folder.path() / "state").string() +
                        ": expected long headers of at most 1073741824 bytes in all state files together, found more");
  CHECK(files.read(handle, place, 0, kMebibyte).bytes.size() == kMebibyte);
}
