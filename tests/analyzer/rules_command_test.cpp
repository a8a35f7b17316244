#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "command_run.h"
#include "on_day.h"
#include "rule.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::OnDay;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

constexpr const char* kTableJson = R"({"table": "table", "version": "2026.08.31"})";

/// Names are never broken: one that is wider runs over, and stands alone.
void check_fits_a_terminal(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    CHECK((line.size() <= 80 || line.find(' ', 16) == std::string::npos));
}

}  // namespace

TEST_CASE("rules list has every rule, in 80 columns and as JSON") {
  const CommandRun text = run({"rules", "list"});
  const CommandRun json = run({"rules", "list", "--format", "json"});
  CHECK(text.code == 0);
  CHECK(json.code == 0);
  check_fits_a_terminal(text.out);
  for (const preflight::Rule& rule : preflight::all_rules()) {
    CHECK(text.out.find(rule.id) != std::string::npos);
    CHECK(json.out.find('"' + std::string(rule.id) + '"') != std::string::npos);
  }
}

TEST_CASE("docs/rules.md is what rules list writes") {
  const InProjectFolder here;
  std::ifstream file("docs/rules.md");
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO("flink-preflight rules list --format markdown > docs/rules.md");
  CHECK(run({"rules", "list", "--format", "markdown"}).out == committed);
}

TEST_CASE("rules show says all of a rule") {
  for (const preflight::Rule& rule : preflight::all_rules()) {
    INFO(rule.id);
    const CommandRun text = run({"rules", "show", rule.id});
    CHECK(text.code == 0);
    check_fits_a_terminal(text.out);
    for (const char* word : {"needs", "why", "remedy", "fires", "does not fire", "sources"})
      CHECK(text.out.find(word) != std::string::npos);
  }
  const CommandRun json = run({"rules", "show", "uid-used-twice", "--format", "json"});
  CHECK(json.out.find("\"does_not_fire\"") != std::string::npos);
  CHECK(json.out.find("\"--running-app\"") != std::string::npos);
  CHECK(run({"rules", "show", "uid-used-twice", "--format", "markdown"}).out.starts_with("# uid-used-twice\n"));
}

TEST_CASE("rules on a wrong command line") {
  struct Row {
    std::vector<std::string> arguments;
    const char* says;
  };
  const Row row = GENERATE(values<Row>({
      {{"rules"}, "expected list, show or table-version"},
      {{"rules", "shwo", "uid-used-twice"}, "expected list, show or table-version"},
      {{"rules", "show"}, "expected the ID of one rule"},
      {{"rules", "show", "uid-used-twce"}, "Did you mean uid-used-twice?"},
      {{"rules", "show", "kryo-state-across-majors"}, "Did you mean kryo-state-across-major?"},
      {{"rules", "show", "nothing\nlike it"}, "there is no rule \"nothing\\x0Alike it\". See"},
      {{"rules", "list", "more"}, "takes options alone"},
      {{"rules", "list", "--format", "html"}, "expected text, json or markdown"},
      {{"rules", "list", "--table", "x"}, "changes nothing"},
      {{"rules", "list", "--nonsense"}, "see flink-preflight rules --help"},
  }));
  const CommandRun result = run(row.arguments);
  INFO(result.err);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.find(row.says) != std::string::npos);
}

TEST_CASE("rules table-version says what the table covers, and of --table as well") {
  const OnDay day("1795133000");  // 2026-11-20
  const CommandRun own = run({"rules", "table-version"});
  CHECK(own.code == 0);
  check_fits_a_terminal(own.out);
  CHECK(own.out.find("22 rows  embedded releases.json") != std::string::npos);
  CHECK(own.out.find("older than six months") == std::string::npos);

  const TemporaryFolder folder;
  folder.write("table.json", kTableJson);
  folder.write("ttl_switches.json", R"({"table": "ttl_switches", "rows": []})");
  const std::string user = folder.path().string();
  const CommandRun given = run({"rules", "table-version", "--table", user, "--format", "json"});
  INFO(given.err);
  CHECK(given.code == 0);
  CHECK(given.out.find("\"date\": \"2026-08-31\"") != std::string::npos);
  CHECK(given.out.find("\"older_than_six_months\": false") != std::string::npos);
  CHECK(given.out.find(user + "/ttl_switches.json\",\n      \"rows\": 0") != std::string::npos);
  CHECK(run({"rules", "table-version", "--table", user + "/none.json"}).code == 3);
}

TEST_CASE("An old table is named as such, by its six months to the day") {
  const TemporaryFolder folder;
  const std::string table = folder.write("table.json", kTableJson).string();
  struct Row {
    const char* seconds;
    bool old;
  };
  const Row row = GENERATE(values<Row>({
      {"1803772800", false},  // 2027-02-28, the end of the sixth month after 31 August
      {"1803859200", true},   // 2027-03-01
  }));
  const OnDay day(row.seconds);
  const CommandRun result = run({"rules", "table-version", "--table", table, "--format", "markdown"});
  CHECK((result.out.find("older than six months") != std::string::npos) == row.old);
}

TEST_CASE("The option --version tells the table's version, its date, and that it is old") {
  const OnDay day("1893456000");  // 2030-01-01
  const CommandRun result = run({"--version"});
  CHECK(result.code == 0);
  check_fits_a_terminal(result.out);
  CHECK(result.out.find(" (table 20") != std::string::npos);
  CHECK(result.out.find(", of 20") != std::string::npos);
  CHECK(result.out.find("older than six months") != std::string::npos);
}
