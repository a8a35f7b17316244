#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "fixture_paths.h"
#include "golden.h"
#include "rendered.h"
#include "sample_reports.h"

namespace preflight {
namespace {

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  INFO("at offset " << document.GetErrorOffset());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::vector<std::string> keys_of(const rapidjson::Value& object) {
  std::vector<std::string> keys;
  for (const auto& member : object.GetObject())
    keys.emplace_back(member.name.GetString());
  return keys;
}

/// Empty where `report` is as docs/report.schema.json says; otherwise the place and the keyword that it breaks.
std::string schema_violation(const rapidjson::Document& report) {
  const rapidjson::Document schema_text = parsed(text_of_file((test::sources() / "docs/report.schema.json").string()));
  const rapidjson::SchemaDocument schema(schema_text);
  rapidjson::SchemaValidator validator(schema);
  if (report.Accept(validator))
    return "";
  rapidjson::StringBuffer place;
  validator.GetInvalidDocumentPointer().Stringify(place);
  return std::string(place.GetString()) + ": " + validator.GetInvalidSchemaKeyword();
}

}  // namespace

TEST_CASE("the JSON report") {
  const SampleReport& sample = GENERATE(from_range(sample_reports()));
  DYNAMIC_SECTION(sample.name) {
    const std::string json = json_of(sample.report);
    check_golden(sample.name + ".json", json);
    CHECK(schema_violation(parsed(json)).empty());
  }
}

TEST_CASE("the schema refuses a report that is not one") {
  rapidjson::Document report = parsed(json_of(blocked_report()));
  struct Row {
    const char* name;
    void (*damage)(rapidjson::Document&);
    const char* violation;
  };
  const auto row = GENERATE(values<Row>({
      {"a key is missing", [](rapidjson::Document& json) { json.RemoveMember("coverage"); }, ": required"},
      {"a verdict that does not exist", [](rapidjson::Document& json) { json["verdict"].SetString("fine"); },
       "/verdict: enum"},
      {"a severity that does not exist",
       [](rapidjson::Document& json) { json["findings"][1]["severity"].SetString("fatal"); },
       "/findings/1/severity: enum"},
      {"an operator ID of the wrong length",
       [](rapidjson::Document& json) { json["restore"]["operators"][0]["operator_id"].SetString("bc76"); },
       "/restore/operators/0/operator_id: pattern"},
      {"a state without its reason",
       [](rapidjson::Document& json) { json["restore"]["operators"][1]["states"][0].RemoveMember("reason"); },
       "/restore/operators/1/states/0: required"},
      {"a count as text", [](rapidjson::Document& json) { json["coverage"]["rules_run"].SetString("9"); },
       "/coverage/rules_run: type"},
  }));
  DYNAMIC_SECTION(row.name) {
    row.damage(report);
    CHECK(schema_violation(report) == row.violation);
  }
}

TEST_CASE("JSON keys stand in the order of the contract") {
  const rapidjson::Document json = parsed(json_of(blocked_report()));
  CHECK(keys_of(json) == std::vector<std::string>{"schema_version", "tool", "upgrade", "verdict", "findings", "restore",
                                                  "rollback", "coverage", "gate", "fixed", "configuration"});
  CHECK(keys_of(json["findings"][0]["subject"]) ==
        std::vector<std::string>{"kind", "name", "operator_id", "uid", "state", "class"});
  CHECK(keys_of(json["findings"][2]["location"]) == std::vector<std::string>{"path", "line"});
  CHECK(json["findings"][5]["location"].IsNull());
  CHECK(json["restore"]["operators"][0]["uid"].IsNull());
}

TEST_CASE("bytes that are not UTF-8 become U+FFFD in JSON, other hostile names stay as they are") {
  const rapidjson::Document json = parsed(json_of(hostile_report()));
  const rapidjson::Value& evidence = json["findings"][0]["evidence"];
  CHECK(evidence[0].GetString() == std::string(hostile::kEscapes));
  CHECK(evidence[1].GetString() ==
        std::string("caf\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
  CHECK(evidence[2].GetString() == std::string(hostile::kOverride));
  CHECK(json["restore"]["operators"][0]["states"][1]["serializer_after"].GetStringLength() == 9);
}

}  // namespace preflight
