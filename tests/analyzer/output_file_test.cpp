#include "output_file.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "input/input_error.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::TemporaryFolder;

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

}  // namespace

TEST_CASE("A report takes the place of the old one whole") {
  const TemporaryFolder folder;
  const auto report = folder.write("report.json", "the old one, which is longer");
  write_whole_file(report, "new");
  CHECK(content_of(report) == "new");
  CHECK(files_in(folder.path()) == 1);
  struct stat status {};
  REQUIRE(::stat(report.c_str(), &status) == 0);
  CHECK((status.st_mode & 0400U) != 0);
}

TEST_CASE("A report that cannot be written leaves nothing behind") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(write_whole_file(folder.path(), "x"),
                    folder.path().string() + ": expected to write a report here, found Is a directory");
  const auto nowhere = folder.path() / "missing" / "report.json";
  CHECK_THROWS_WITH(write_whole_file(nowhere, "x"),
                    nowhere.string() + ": expected to write a report here, found No such file or directory");
  CHECK(files_in(folder.path()) == 0);
}

TEST_CASE("A full disk is an error") {
  CHECK_THROWS_WITH(write_whole_file("/dev/full", "x"),
                    "/dev/full: expected to write a report here, found No space left on device");
}
