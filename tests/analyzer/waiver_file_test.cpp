// What a waiver file may say, and what is wrong with one, with file and line.
#include "waiver_file.h"

#include <rapidjson/document.h>
#include <rapidjson/schema.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "calendar_day.h"
#include "fixture_paths.h"
#include "input/input_error.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::TemporaryFolder;

namespace {

constexpr const char* kYaml =
    "# decided in March\n"
    "waivers:\n"
    "  - rule: uid-used-twice\n"
    "    subject: \"order-*\"\n"
    "    kind: operator\n"
    "    path: '*.jar'\n"
    "    reason: Renamed in the next release.\n"
    "    approved_by: M. Maier\n"
    "    expires: 2027-01-31\n"
    "  - {rule: uid-used-twice, subject: '*', reason: all of them, expires: never}\n";

constexpr const char* kJson =
    R"({"$schema": "x", "waivers": [
  {"rule": "uid-used-twice", "subject": "order-*", "kind": "operator", "path": "*.jar",
   "reason": "Renamed in the next release.", "approved_by": "M. Maier", "expires": "2027-01-31"},
  {"rule": "uid-used-twice", "subject": "*", "reason": "all of them", "expires": "never"}]})";

std::string error_of(const std::filesystem::path& path) {
  try {
    read_waiver_file(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("A waiver file is the same in YAML and in JSON") {
  const TemporaryFolder folder;
  for (const auto& path : {folder.write("w.yaml", kYaml), folder.write("w.json", kJson)}) {
    const WaiverFile file = read_waiver_file(path);
    REQUIRE(file.entries.size() == 2);
    const WaiverEntry& first = file.entries[0];
    CHECK(file.path == path.string());
    CHECK(first.rule == "uid-used-twice");
    CHECK(first.subject == "order-*");
    CHECK(first.kind == Subject::Kind::operator_);
    CHECK(first.path == "*.jar");
    CHECK(first.waiver.reason == "Renamed in the next release.");
    CHECK(first.waiver.approved_by == "M. Maier");
    CHECK(first.waiver.expires == "2027-01-31");
    CHECK(first.last_day == calendar_day("2027-01-31"));
    CHECK(first.line == (path.extension() == ".yaml" ? 3 : 2));
    CHECK(file.entries[1].waiver.expires.empty());
    CHECK(!file.entries[1].last_day);
    CHECK(!file.entries[1].kind);
    CHECK(!file.entries[1].path);
  }
  CHECK(read_waiver_file(folder.write("none.yaml", "waivers: []\n")).entries.empty());
}

TEST_CASE("A file that is no waiver file says so with its line") {
  struct Row {
    const char* name;
    std::string text;
    const char* says;
  };
  const std::string entry = "waivers:\n  - rule: uid-used-twice\n    subject: '*'\n";
  const Row row = GENERATE_COPY(values<Row>({
      {"empty", "", ":1: expected a waiver file, a mapping with the key \"waivers\", found nothing"},
      {"a list", "- rule: x\n", ":1: expected a waiver file, a mapping with the key \"waivers\", found a list"},
      {"a text", "hello\n", "found \"hello\""},
      {"two documents", "waivers: []\n---\nwaivers: []\n", "one document, found 2 of them"},
      {"broken YAML", "waivers: [\n", ":"},
      {"another key", "waiver: []\n", ":1: expected a key of a waiver file, found \"waiver\". Did you mean waivers?"},
      {"no list", "waivers: yes\n", ":1: waivers: expected a list, found \"yes\""},
      {"a waiver that is a text", "waivers:\n  - all\n", ":2: expected a waiver, a mapping, found \"all\""},
      {"no rule", "waivers:\n  - subject: x\n", ":2: rule: expected the ID of a rule, found no such key"},
      {"a misspelt rule", "waivers:\n  - rule: uid-used-twise\n    subject: x\n",
       ":2: rule: expected a rule of flink-preflight rules list, found \"uid-used-twise\". Did you mean "
       "uid-used-twice?"},
      {"a rule about waivers", "waivers:\n  - rule: waiver-unused\n    subject: x\n",
       "waiver-unused is about the waivers themselves and cannot be waived"},
      {"a misspelt key", entry + "    reson: x\n",
       ":4: expected a key of a waiver, found \"reson\". Did you mean reason?"},
      {"no subject", "waivers:\n  - rule: uid-used-twice\n    reason: x\n    expires: never\n",
       ":2: subject: expected"},
      {"no reason", entry + "    expires: never\n",
       ":2: reason: expected why the team lives with the finding, found no such key"},
      {"an empty reason", entry + "    reason: ''\n    expires: never\n", ":4: reason: expected a text, found nothing"},
      {"a reason of blanks", entry + "    reason: '  '\n    expires: never\n", ":4: reason: expected a text"},
      {"nobody", entry + "    reason: x\n    approved_by: \"\"\n    expires: never\n",
       ":5: approved_by: expected a text, found nothing"},
      {"no end", entry + "    reason: x\n", ":2: expires: expected the last day on which the waiver holds"},
      {"a day that is none", entry + "    reason: x\n    expires: 2027-02-30\n",
       ":5: expires: expected a day, YYYY-MM-DD, or never, found \"2027-02-30\""},
      {"a date in another form", entry + "    reason: x\n    expires: 31.01.2027\n", ":5: expires: expected a day"},
      {"a kind that there is not", entry + "    kind: clas\n    reason: x\n    expires: never\n",
       ":4: kind: expected runtime, dependency, class, method, field, operator, state, configuration or manifest, "
       "found "
       "\"clas\". Did you mean class?"},
      {"the same twice",
       entry +
           "    reason: x\n    expires: never\n  - {rule: uid-used-twice, subject: '*', reason: y, expires: never}\n",
       ":6: expected one waiver of uid-used-twice for \"*\", found another at line 2"},
      {"a key twice", entry + "    subject: y\n", ":4:"},
  }));
  const TemporaryFolder folder;
  INFO(row.name);
  const auto path = folder.write("waivers.yaml", row.text);
  const std::string error = error_of(path);
  CHECK_THAT(error, Catch::StartsWith(path.string() + ":"));
  CHECK_THAT(error, Catch::Contains(row.says));
}

TEST_CASE("A waiver file that is not there or a folder is unreadable") {
  const TemporaryFolder folder;
  CHECK_THAT(error_of(folder.path() / "none.yaml"), Catch::Contains("none.yaml"));
  CHECK_THAT(error_of(folder.path()), Catch::StartsWith(folder.path().string()));
}

TEST_CASE("Days of the calendar") {
  for (const char* day : {"2026-01-01", "2028-02-29", "9999-12-31", "0000-01-01"})
    CHECK(calendar_day(day));
  for (const char* text : {"", "2026-1-1", "2026-13-01", "2026-00-10", "2026-01-00", "2027-02-29", "2026-01-01 ",
                           "2026/01/01", "-026-01-01", "+026-01-01", "20260101", "2026-01-0a"})
    CHECK(!calendar_day(text));
  CHECK(*calendar_day("1970-01-02") - *calendar_day("1970-01-01") == std::chrono::days(1));
}

TEST_CASE("docs/waivers.schema.json takes what the program takes") {
  const auto read = [](const std::filesystem::path& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  rapidjson::Document text;
  text.Parse(read(test::sources() / "docs/waivers.schema.json").c_str());
  REQUIRE_FALSE(text.HasParseError());
  const rapidjson::SchemaDocument schema(text);
  const auto valid = [&](const std::string& json) {
    rapidjson::Document document;
    document.Parse(json.c_str());
    rapidjson::SchemaValidator validator(schema);
    return document.Accept(validator);
  };
  CHECK(valid(kJson));
  CHECK(valid(R"({"waivers": []})"));
  CHECK_FALSE(valid(R"({"waiver": []})"));
  CHECK_FALSE(valid(R"({"waivers": [{"rule": "uid-used-twice", "subject": "*", "reason": "x"}]})"));
  CHECK_FALSE(valid(R"({"waivers": [{"rule": "uid-used-twice", "subject": "*", "reason": "", "expires": "never"}]})"));
  CHECK_FALSE(valid(R"({"waivers": [{"rule": "a", "subject": "*", "reason": "x", "expires": "soon"}]})"));
  CHECK_FALSE(
      valid(R"({"waivers": [{"rule": "a", "subject": "*", "reason": "x", "expires": "never", "kind": "moon"}]})"));
}
