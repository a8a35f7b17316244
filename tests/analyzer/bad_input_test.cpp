// Every input that is not what it claims to be: exit code 3, one line that names the file, the place and what was
// expected, and no partial report.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "command_run.h"
#include "fixture_paths.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::fixtures;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

std::string half_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  return content.substr(0, content.size() / 2);
}

}  // namespace

TEST_CASE("A bad input is one line on standard error, exit code 3, and no report") {
  const TemporaryFolder folder;
  const std::string jar_half = half_of(fixtures() / "applications/orders-2.0/orders-2.0.jar");
  const std::string metadata_half = half_of(fixtures() / "savepoints/orders-1.0/1.20/hashmap-canonical/_metadata");
  struct Row {
    const char* name;
    const char* option;
    std::string path;
    const char* expected;  ///< What the message contains beside the path.
  };
  const std::vector<Row> rows = {
      {"missing JAR", "--app", (folder.path() / "none.jar").string(), "no such file"},
      {"directory instead of a JAR", "--app", folder.path().string(), "a directory"},
      {"empty JAR", "--app", folder.write("empty.jar", "").string(), "empty file"},
      {"truncated JAR", "--app", folder.write("half.jar", jar_half).string(), "expected"},
      {"text instead of a JAR", "--app", folder.write("text.jar", "not a zip archive").string(), "zip"},
      {"missing pom", "--pom", (folder.path() / "none.xml").string(), "no such file"},
      {"empty pom", "--pom", folder.write("empty.xml", "").string(), "expected"},
      {"XML that is not well formed", "--pom", folder.write("bad.xml", "<project>\n<a>\n</b></project>").string(),
       ":2: expected </a>"},
      {"XML that is no pom", "--pom", folder.write("other.xml", "<web-app/>").string(), "<project>"},
      {"missing savepoint", "--savepoint", (folder.path() / "none").string(), "no such file"},
      {"directory without _metadata", "--savepoint", folder.path().string(), "_metadata"},
      {"wrong magic", "--savepoint", folder.write("magic/_metadata", "PK\x03\x04 and more").string(), "0x4960672D"},
      {"empty metadata", "--savepoint", folder.write("empty/_metadata", "").string(), "expected"},
      {"truncated metadata", "--savepoint", folder.write("half/_metadata", metadata_half).string(), "offset"},
      {"broken table", "--table", folder.write("hops.json", "{").string(), "JSON"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto report = folder.path() / "report.html";
    std::vector<std::string> arguments = {"check",    "--target",      "2.2",      "--format", "html",
                                          "--output", report.string(), row.option, row.path};
    if (std::string(row.option) == "--table")
      arguments.insert(arguments.end(), {"--app", (fixtures() / "applications/orders-2.0/orders-2.0.jar").string()});
    const CommandRun result = run(arguments);
    INFO(result.err);
    CHECK(result.code == 3);
    CHECK(result.out.empty());
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK_THAT(result.err, Catch::StartsWith("flink-preflight: error: " + row.path));
    CHECK_THAT(result.err, Catch::Contains(row.expected));
    CHECK(!std::filesystem::exists(report));
  }
}

TEST_CASE("All broken inputs of one run are named") {
  const CommandRun result =
      run({"check", "--target", "2.2", "--app", "/no/app.jar", "--pom", "/no/pom.xml", "--savepoint", "/no/savepoint"});
  CHECK(result.code == 3);
  CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 3);
}
