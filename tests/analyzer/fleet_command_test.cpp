// Many applications: the lines, their order, their errors, and what a second run passes over.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "command_run.h"
#include "fixture_paths.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::fixtures;
using preflight::test::InProjectFolder;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

constexpr const char* kOrders =
    R"({"id": "orders", "target": "2.2", "from": "1.20", "app": "fixtures/applications/orders-2.0/orders-2.0.jar", )"
    R"("pom": ["fixtures/applications/orders-2.0/pom.xml"], )"
    R"("savepoint": "fixtures/savepoints/orders-1.0/1.20/rocksdb-canonical"})";
constexpr const char* kVisits = R"({"id": "visits", "target": "1.20", "from": "1.18", "strict": true, )"
                                R"("app": "fixtures/applications/visits-1.20/visits-1.20.jar", )"
                                R"("savepoint": "fixtures/savepoints/visits-1.18/1.18/hashmap-canonical"})";
constexpr const char* kPom = R"({"id": 7, "target": "1.20", "pom": "fixtures/applications/orders-1.0/pom.xml"})";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

rapidjson::Document parsed(const std::string& line) {
  rapidjson::Document json;
  json.Parse(line.c_str());
  INFO(line);
  REQUIRE(json.IsObject());
  return json;
}

/// "check" and what the manifest's line says, in the form of the command line.
std::string report_of_check(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "check");
  arguments.insert(arguments.end(), {"--format", "json"});
  return run(arguments).out;
}

}  // namespace

TEST_CASE("A fleet's lines come in the order of the manifest, the same bytes with any number of jobs") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 4; ++i)
    text += std::string(kOrders) + "\n" + kPom + "\n\nnot json\n" + kVisits + "\n";
  const std::string manifest = folder.write("fleet.jsonl", text).string();
  const CommandRun one = run({"fleet", manifest, "--jobs", "1"});
  CHECK(one.code == 3);
  const auto lines = lines_of(one.out);
  REQUIRE(lines.size() == 16);
  CHECK(lines[0].starts_with(R"({"id":"orders","exit":1,"verdict":"blocked","report":{)"));
  CHECK(lines[1].starts_with(R"({"id":7,"exit":0,)"));
  CHECK(lines[2].starts_with(R"({"id":null,"exit":3,"error":[)"));
  CHECK(lines[15].starts_with(R"({"id":"visits","exit":0,)"));
  for (const char* jobs : {"2", "8"}) {
    const CommandRun more = run({"fleet", manifest, "--jobs", jobs});
    CHECK(more.out == one.out);
    CHECK(more.err == one.err);
  }
}

TEST_CASE("A fleet's report is the one that check writes") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string manifest = folder.write("fleet.jsonl", kOrders).string();  // No line feed at the end.
  const CommandRun result = run({"fleet", manifest, "--quiet"});
  CHECK(result.code == 1);
  CHECK(result.err.empty());
  const auto line = parsed(result.out);
  rapidjson::Document report;
  const std::string alone =
      report_of_check({"--target", "2.2", "--from", "1.20", "--app", "fixtures/applications/orders-2.0/orders-2.0.jar",
                       "--pom", "fixtures/applications/orders-2.0/pom.xml", "--savepoint",
                       "fixtures/savepoints/orders-1.0/1.20/rocksdb-canonical"});
  report.Parse(alone.c_str());
  CHECK(line["report"] == report);
}

TEST_CASE("A line that cannot be followed is a line of errors, and the fleet goes on") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  struct Row {
    std::string line;
    int exit;
    const char* says;
  };
  const Row row = GENERATE(values<Row>({
      {"[1]", 3, "fleet.jsonl:1: expected a JSON object, found another value"},
      {"{\"id\": \"a\", ", 3, "expected a JSON object, found at byte"},
      {"\x80", 3, "expected a JSON object"},
      {std::string(2'000'000, '['), 3, "expected a line of at most 1048576 bytes"},
      {std::string(900'000, '['), 3, "expected a JSON object"},
      {R"({"id": ["a"], "target": "2.2"})", 2, "\"id\": expected a string or a whole number"},
      {R"({"id": "a", "taget": "2.2"})", 2, "Did you mean target?"},
      {R"({"id": "a", "target": 2.2, "app": "x"})", 2, "\"target\": expected a string"},
      {R"({"id": "a", "target": "2.2", "pom": [1]})", 2, "\"pom\": expected a string or an array of strings"},
      {R"({"id": "a", "target": "2.2", "strict": "yes"})", 2, "\"strict\": expected true or false"},
      {R"({"id": "a", "target": "2.2", "app": "-"})", 2, "reads no input from standard input"},
      {R"({"id": "a", "target": "2.2"})", 2, "check needs an input"},
      {R"({"id": "a", "target": "2.2", "target": "2.1", "app": "x"})", 2, "target"},
      {R"({"id": "a", "target": "2.2", "app": "--help"})", 3, "--help"},
      {R"({"id": "a", "target": "2.2", "app": "no\nsuch\u0000.jar"})", 2, "a zero byte"},
      {R"({"id": "a", "target": "2.2", "app": "no\nsuch.jar", "pom": "none.xml"})", 3, "no\\x0Asuch.jar"},
  }));
  const std::string manifest = folder.write("fleet.jsonl", row.line + "\n" + kPom + "\n").string();
  const CommandRun result = run({"fleet", manifest});
  CHECK(result.code == 3);
  const auto lines = lines_of(result.out);
  REQUIRE(lines.size() == 2);
  const auto json = parsed(lines[0]);
  CHECK(json["exit"].GetInt() == row.exit);
  REQUIRE(json["error"].IsArray());
  REQUIRE(!json["error"].Empty());
  CHECK_THAT(json["error"][0].GetString(), Catch::Contains(row.says));
  CHECK(parsed(lines[1])["exit"].GetInt() == 0);
  CHECK_THAT(result.err, Catch::Contains("unread"));
}

TEST_CASE("The option --skip-done passes over what stands in the output of a run that was ended") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string manifest =
      folder.write("fleet.jsonl", std::string(kOrders) + "\n" + kVisits + "\n" + kPom + "\n").string();
  const CommandRun whole = run({"fleet", manifest, "--quiet"});
  const std::size_t second = whole.out.find('\n') + 1;
  const std::size_t third = whole.out.find('\n', second) + 1;
  struct Row {
    const char* name;
    std::string done;
    std::string rest;
  };
  for (const Row& row :
       {Row{"nothing", "", whole.out},
        Row{"the first, and a torn second", whole.out.substr(0, second + 100), whole.out.substr(second)},
        Row{"a second without its line feed", whole.out.substr(0, third - 1), whole.out.substr(second)},
        Row{"two, in the other order", whole.out.substr(third) + whole.out.substr(second, third - second),
            whole.out.substr(0, second)},
        Row{"all", "junk\n" + whole.out, ""}}) {
    INFO(row.name);
    const std::string done = folder.write("done.jsonl", row.done).string();
    CHECK(run({"fleet", manifest, "--quiet", "--skip-done", done}).out == row.rest);
  }
  CHECK(run({"fleet", manifest, "--quiet", "--skip-done", folder.path() / "none"}).out == whole.out);
  CHECK(run({"fleet", manifest, "--skip-done", folder.path()}).code == 3);
}

TEST_CASE("The summary says which can go, and what blocks the others") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string manifest =
      folder.write("fleet.jsonl", std::string(kOrders) + "\n" + kVisits + "\n" + kPom + "\n").string();
  const CommandRun text = run({"fleet", manifest});
  CHECK(text.code == 1);
  CHECK_THAT(text.err, Catch::Contains("3 applications") && Catch::Contains("can go       2  visits, 7") &&
                           Catch::Contains("blocked      1  orders") && Catch::Contains("kryo-state-across-major"));
  const std::string file = (folder.path() / "summary.json").string();
  const CommandRun json = run({"fleet", manifest, "--summary", "json", "--summary-file", file});
  CHECK(json.err.empty());
  std::ifstream written(file);
  const std::string content{std::istreambuf_iterator<char>(written), {}};
  const auto summary = parsed(content);
  CHECK(summary["can_go"].Size() == 2);
  CHECK(summary["blocked_by"][0]["applications"][0] == "orders");
}

TEST_CASE("fleet on a wrong command line, and without its manifest") {
  CHECK(run({"fleet"}).code == 2);
  CHECK(run({"fleet", "a", "b"}).code == 2);
  CHECK(run({"fleet", "a", "--jobs", "many"}).code == 2);
  CHECK(run({"fleet", "a", "--summary", "xml"}).code == 2);
  CHECK(run({"fleet", "/nonexistent.jsonl"}).code == 3);
  CHECK(run({"fleet", fixtures().string()}).code == 3);
}
