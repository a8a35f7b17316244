#include "archive/manifest.h"

#include <catch2/catch.hpp>

#include "parsers/archive/zip_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"app.jar", "META-INF/MANIFEST.MF"};

Manifest parse(const std::string& text) {
  return parse_manifest(bytes_of(text), kPlace);
}

}  // namespace

TEST_CASE("The main attributes of a manifest") {
  struct Row {
    const char* name;
    std::string text;
    std::map<std::string, std::string> attributes;
  };
  const std::vector<Row> rows = {
      {"empty", "", {}},
      {"LF", "Manifest-Version: 1.0\nMain-Class: a.B\n", {{"manifest-version", "1.0"}, {"main-class", "a.B"}}},
      {"CRLF", "A: 1\r\nB: 2\r\n\r\n", {{"a", "1"}, {"b", "2"}}},
      {"CR", "A: 1\rB: 2\r", {{"a", "1"}, {"b", "2"}}},
      {"no line end at the end", "A: 1\nB: 2", {{"a", "1"}, {"b", "2"}}},
      {"a value without text", "A: \nB: 2\n", {{"a", ""}, {"b", "2"}}},
      {"continuation lines",
       "Class-Path: a.jar \r\n b.jar\r\n  c.jar\r\nB: 2\r\n",
       {{"class-path", "a.jar b.jar c.jar"}, {"b", "2"}}},
      {"a character cut by a continuation", "A: \xC3\n \xB6\n", {{"a", "\xC3\xB6"}}},
      {"a colon in the value", "A: http://x: y\n", {{"a", "http://x: y"}}},
      {"names without case, the last counts", "a: 1\nA: 2\n", {{"a", "2"}}},
      {"the main section alone", "A: 1\n\nName: com/x/\nB: 2\n", {{"a", "1"}}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(parse(row.text).main_attributes == row.attributes);
  }
}

TEST_CASE("A line that is no attribute is refused with its number") {
  struct Row {
    const char* name;
    std::string text;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"no colon", "A: 1\nMain-Class\n",
       "app.jar!META-INF/MANIFEST.MF:2: expected an attribute (\"Name: value\"), found \"Main-Class\""},
      {"no space behind the colon", "A:1\n",
       "app.jar!META-INF/MANIFEST.MF:1: expected an attribute (\"Name: value\"), found \"A:1\""},
      {"no name", ": 1\n", "app.jar!META-INF/MANIFEST.MF:1: expected an attribute (\"Name: value\"), found \": 1\""},
      {"a character that no name has", "A/B: 1\n",
       "app.jar!META-INF/MANIFEST.MF:1: expected an attribute (\"Name: value\"), found \"A/B: 1\""},
      {"a continuation of nothing", " x\n",
       "app.jar!META-INF/MANIFEST.MF:1: expected an attribute before its continuation line, found \" x\""},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_THROWS_WITH(parse(row.text), row.message);
  }
}

TEST_CASE("The entry class is Flink's own attribute before Main-Class") {
  CHECK(parse("Main-Class: a.Main\n").entry_class() == "a.Main");
  CHECK(parse("Main-Class: a.Main\nprogram-class: a.Job\n").entry_class() == "a.Job");
  CHECK(parse("PROGRAM-CLASS: a.Job\n").entry_class() == "a.Job");
  CHECK(parse("A: 1\n").entry_class() == std::nullopt);
}

TEST_CASE("Multi-Release is true without case and nothing else") {
  CHECK(parse("Multi-Release: true\n").multi_release());
  CHECK(parse("multi-release: TRUE\n").multi_release());
  CHECK_FALSE(parse("Multi-Release: yes\n").multi_release());
  CHECK_FALSE(parse("A: 1\n").multi_release());
}

TEST_CASE("Attributes are looked up without case") {
  CHECK(parse("Created-By: 17\n").attribute("CREATED-by") == "17");
  CHECK(parse("Created-By: 17\n").attribute("Built-By") == std::nullopt);
}
