// Every file of the table follows docs/table.schema.json, and the schema tells what does not.
#include <rapidjson/document.h>
#include <rapidjson/istreamwrapper.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <optional>

#include "fixture_paths.h"
#include "upgrade_builder.h"

using namespace preflight;

namespace {

rapidjson::Document schema_file() {
  std::ifstream file(test::sources() / "docs/table.schema.json");
  rapidjson::IStreamWrapper stream(file);
  rapidjson::Document schema;
  schema.ParseStream(stream);
  return schema;
}

/// What a document breaks: the keyword of the schema and the place; nullopt where it follows its definition.
std::optional<std::string> broken(const std::string& table, const std::string& text) {
  rapidjson::Document schema = schema_file();
  REQUIRE(schema.IsObject());
  REQUIRE(schema["definitions"].HasMember(table.c_str()));
  schema.RemoveMember("oneOf");
  const std::string reference = "#/definitions/" + table;
  schema.AddMember("allOf", rapidjson::Value(rapidjson::kArrayType), schema.GetAllocator());
  rapidjson::Value one(rapidjson::kObjectType);
  one.AddMember("$ref", rapidjson::Value(reference.c_str(), schema.GetAllocator()), schema.GetAllocator());
  schema["allOf"].PushBack(one, schema.GetAllocator());
  const rapidjson::SchemaDocument compiled(schema);
  rapidjson::SchemaValidator validator(compiled);
  rapidjson::Document document;
  document.Parse(text.c_str(), text.size());
  REQUIRE_FALSE(document.HasParseError());
  if (document.Accept(validator))
    return std::nullopt;
  rapidjson::StringBuffer place;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(place);
  return std::string(validator.GetInvalidSchemaKeyword()) + " " + place.GetString();
}

}  // namespace

TEST_CASE("Every file of the table follows the schema") {
  for (const TableDocument& document : embedded_table_documents()) {
    INFO(document.name);
    CHECK(broken(document.name, document.text) == std::nullopt);
  }
}

TEST_CASE("The schema tells rows that are wrong") {
  const std::string bug =
      R"({"id": "X-1", "artifacts": ["flink"], "from": "1", "until": "2", "fixed_in": null, "severity": "high",)"
      R"( "title": "t", "why": "w.", "remedy": "r.", "sources": ["s"]})";
  const auto rows = [&](std::string row, const std::string& part, const std::string& other) {
    if (!part.empty())
      row.replace(row.find(part), part.size(), other);
    return broken("known_bugs", R"({"table": "known_bugs", "rows": [)" + row + "]}");
  };
  CHECK(rows(bug, "", "") == std::nullopt);
  CHECK(rows(bug, "\"high\"", "\"grave\""));
  CHECK(rows(bug, "\"sources\": [\"s\"]", "\"sources\": []"));
  CHECK(rows(bug, ", \"sources\": [\"s\"]", ""));
  CHECK(rows(bug, "\"why\"", "\"because\""));
  CHECK(rows(bug, "\"t\"", "7"));
  CHECK(broken("known_bugs", R"({"table": "hops", "rows": []})"));
  CHECK(broken("releases", R"({"table": "releases", "rows": [{"version": "one"}]})"));
}
