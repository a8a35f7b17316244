#include "check_options.h"

#include <catch2/catch.hpp>

#include "command_line.h"

using namespace preflight;

namespace {
using Arguments = std::vector<std::string>;
}

TEST_CASE("A command line that cannot be followed says what is wrong with it") {
  struct Row {
    const char* name;
    Arguments arguments;
    const char* message;
  };
  const Row row = GENERATE(values<Row>({
      {"no target", {"--app", "a.jar"}, "--target is needed: the Flink release to upgrade to, such as 2.2"},
      {"no input", {"--target", "2.2"}, "check needs an input: --app, --pom or --savepoint"},
      {"target",
       {"--target", "latest", "--app", "a"},
       "--target: expected a Flink release such as 2.2, found \"latest\""},
      {"from",
       {"--target", "2.2", "--from", "x", "--app", "a"},
       "--from: expected a Flink release such as 2.2, found \"x\""},
      {"platform",
       {"--target", "2.2", "--platform", "moon", "--app", "a"},
       "--platform: expected msf, kubernetes or standalone, found \"moon\""},
      {"flag",
       {"--target", "2.2", "--allow-non-restored-state", "yes", "--app", "a"},
       "--allow-non-restored-state: expected true or false, found \"yes\""},
      {"parallelism zero",
       {"--target", "2.2", "--parallelism", "0", "--app", "a"},
       "--parallelism: expected a whole number from 1 to 32768, found \"0\""},
      {"parallelism too large",
       {"--target", "2.2", "--parallelism", "32769", "--app", "a"},
       "--parallelism: expected a whole number from 1 to 32768, found \"32769\""},
      {"parallelism negative",
       {"--target", "2.2", "--max-parallelism", "-4", "--app", "a"},
       "--max-parallelism: expected a whole number from 1 to 32768, found \"-4\""},
      {"severity",
       {"--target", "2.2", "--fail-on", "bad", "--app", "a"},
       "--fail-on: expected blocker, high, medium, low or never, found \"bad\""},
      {"colour",
       {"--target", "2.2", "--color", "red", "--app", "a"},
       "--color: expected auto, always or never, found \"red\""},
      {"format",
       {"--target", "2.2", "--format", "pdf", "--app", "a"},
       "--format: expected text, json or html, found \"pdf\""},
      {"two reports to standard output",
       {"--target", "2.2", "--app", "a", "--format", "text", "--format", "json"},
       "--format: only one report can go to standard output; give the others an --output"},
      {"two outputs for one format",
       {"--target", "2.2", "--app", "a", "--output", "x", "--output", "y"},
       "--output: each must follow a --format of its own"},
      {"empty path", {"--target", "2.2", "--app", ""}, "--app: expected a path, found nothing"},
  }));
  INFO(row.name);
  CHECK_THROWS_WITH(parse_check_options(row.arguments), row.message);
}

TEST_CASE("Unknown, abbreviated, repeated and positional arguments are refused") {
  const Arguments row = GENERATE(values<Arguments>({
      {"--target", "2.2", "--app", "a", "--no-such-option"},
      {"--targ", "2.2", "--app", "a"},
      {"--target", "2.2", "--target", "2.1", "--app", "a"},
      {"--target", "2.2", "a.jar"},
      {"--target"},
  }));
  CHECK_THROWS_AS(parse_check_options(row), UsageError);
}

TEST_CASE("Each --output belongs to the --format before it") {
  const CheckOptions options =
      parse_check_options({"--target", "FLINK-2_2", "--app", "a", "--format", "html", "--output", "r.html", "--format",
                           "json", "--output", "r.json", "--format", "text"});
  REQUIRE(options.reports.size() == 3);
  CHECK(options.reports[0].format == "html");
  CHECK(options.reports[0].output == "r.html");
  CHECK(options.reports[1].output == "r.json");
  CHECK(!options.reports[2].output);
  CHECK(options.target.text() == "2.2");
}

TEST_CASE("What is not said has its default") {
  const CheckOptions options = parse_check_options({"--target", "2.2", "--savepoint", "s"});
  CHECK(options.platform == Platform::standalone);
  CHECK(options.fail_on == Severity::high);
  CHECK(!options.strict);
  CHECK(!options.start.allow_non_restored_state.has_value());
  REQUIRE(options.reports.size() == 1);
  CHECK(options.reports[0].format == "text");
}

TEST_CASE("An output without a format is a text report in a file") {
  const CheckOptions options = parse_check_options({"--target", "2.2", "--app", "a", "--output", "r.txt"});
  REQUIRE(options.reports.size() == 1);
  CHECK(options.reports[0].format == "text");
  CHECK(options.reports[0].output == "r.txt");
}
