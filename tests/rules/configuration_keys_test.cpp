#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <tuple>

#include "configuration_key.h"
#include "input/input_error.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_table;

namespace {

CompatibilityTable read_rows(const std::string& document, const std::string& rows) {
  const std::vector<TableDocument> documents = {
      {document, document + ".json", "{\"table\": \"" + document + "\", \"rows\": [" + rows + "]}"}};
  return read_compatibility_table(documents);
}

}  // namespace

TEST_CASE("Each row about a key of the configuration stands once and says what to do") {
  std::set<std::tuple<std::string, std::string, int>> seen;
  CHECK(embedded_table().configuration_keys.size() > 300);
  for (const ConfigurationKey& row : embedded_table().configuration_keys) {
    INFO(row.key << " " << row.since.text());
    CHECK(seen.emplace(row.key, row.since.text(), static_cast<int>(row.change)).second);
    CHECK(!row.sources.empty());
    CHECK(row.why.ends_with('.'));
    CHECK(row.remedy.ends_with('.'));
    if (row.change == ConfigurationKey::Change::renamed)
      CHECK(!row.new_key.empty());
    if (row.change == ConfigurationKey::Change::default_changed)
      CHECK(row.old_default != row.new_default);
  }
}

TEST_CASE("Each row about a setting names a rule that there is") {
  for (const PlatformReference& row : embedded_table().platform_references) {
    INFO(row.id);
    REQUIRE(find_rule(row.rule) != nullptr);
    CHECK(row.severity <= find_rule(row.rule)->severity);
    CHECK(!row.sources.empty());
  }
}

TEST_CASE("A row about deployments that is not as it should be is named") {
  struct Case {
    const char* document;
    const char* row;
    const char* expected;
  };
  const auto row = GENERATE(values<Case>({
      {"configuration_keys", R"({"key": "a", "change": "moved"})", "renamed, removed, default-changed or refused"},
      {"configuration_keys", R"({"key": "a", "change": "removed"})", "\"since\""},
      {"configuration_keys",
       R"({"key": "a", "change": "removed", "since": "2.0", "platform": "yarn", "severity": "low"})", "\"platform\""},
      {"configuration_keys", R"({"key": "a", "change": "removed", "since": "2.0", "severity": "bad"})", "\"severity\""},
      {"deployment_settings", R"({"id": "a", "rule": "b", "severity": "low"})", "\"settings\""},
  }));
  CAPTURE(row.row);
  try {
    read_rows(row.document, row.row);
    FAIL("it was read");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).find(row.expected) != std::string::npos);
    CHECK(std::string(error.what()).find(row.document) != std::string::npos);
  }
}
