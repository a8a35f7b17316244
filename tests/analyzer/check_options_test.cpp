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
      {"no input",
       {"--target", "2.2"},
       "check needs an input: --app, --pom, --build, --savepoint, --sql-plan or --deployment"},
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
       "--format: expected text, json, html, markdown, sarif, junit, github or gitlab, found \"pdf\""},
      {"two reports to standard output",
       {"--target", "2.2", "--app", "a", "--format", "text", "--format", "json"},
       "--format: only one report can go to standard output; give the others an --output"},
      {"two outputs for one format",
       {"--target", "2.2", "--app", "a", "--output", "x", "--output", "y"},
       "--output: each must follow a --format of its own"},
      {"jobs",
       {"--target", "2.2", "--app", "a", "--jobs", "two"},
       "--jobs: expected a whole number from 0 to 1024, found \"two\""},
      {"too many jobs",
       {"--target", "2.2", "--app", "a", "--jobs", "1025"},
       "--jobs: expected a whole number from 0 to 1024, found \"1025\""},
      {"an archive limit that there is not",
       {"--target", "2.2", "--app", "a", "--archive-limit", "size=1"},
       "--archive-limit: expected entries, entry-bytes, total-bytes, ratio or nesting (up to 16), = and a whole number "
       "from 1 on, found \"size=1\""},
      {"an archive limit of zero",
       {"--target", "2.2", "--app", "a", "--archive-limit", "ratio=0"},
       "--archive-limit: expected entries, entry-bytes, total-bytes, ratio or nesting (up to 16), = and a whole number "
       "from 1 on, found \"ratio=0\""},
      {"an archive limit without a number",
       {"--target", "2.2", "--app", "a", "--archive-limit", "ratio"},
       "--archive-limit: expected entries, entry-bytes, total-bytes, ratio or nesting (up to 16), = and a whole number "
       "from 1 on, found \"ratio\""},
      {"nesting too deep",
       {"--target", "2.2", "--app", "a", "--archive-limit", "nesting=17"},
       "--archive-limit: expected entries, entry-bytes, total-bytes, ratio or nesting (up to 16), = and a whole number "
       "from 1 on, found \"nesting=17\""},
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
  CHECK_FALSE(options.platform);
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

TEST_CASE("Archive limits are raised one by one, and threads are counted") {
  const CheckOptions plain = parse_check_options({"--target", "2.2", "--app", "a"});
  CHECK(plain.jobs == 0);
  CHECK(plain.archive_limits.ratio == JarLimits{}.ratio);
  const CheckOptions options =
      parse_check_options({"--target", "2.2", "--app", "a", "--jobs", "2", "--archive-limit", "ratio=5000",
                           "--archive-limit", "nesting=3", "--archive-limit", "entries=2000000", "--archive-limit",
                           "total-bytes=99999999999", "--archive-limit", "entry-bytes=9999999999"});
  CHECK(options.jobs == 2);
  CHECK(options.archive_limits.ratio == 5'000);
  CHECK(options.archive_limits.nesting == 3);
  CHECK(options.archive_limits.entries == 2'000'000);
  CHECK(options.archive_limits.total_bytes == 99'999'999'999);
  CHECK(options.archive_limits.entry_bytes == 9'999'999'999);
}
