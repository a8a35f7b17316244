#include "compatibility_table.h"

#include <catch2/catch.hpp>
#include <set>

#include "input/input_error.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_table;

namespace {

FlinkVersion version(const char* text) {
  return FlinkVersion::parse(text).value();
}

CompatibilityTable read_one(const std::string& name, const std::string& text) {
  const std::vector<TableDocument> documents = {{name, name + ".json", text}};
  return read_compatibility_table(documents);
}

}  // namespace

TEST_CASE("Every row of the built-in table has a source and says something") {
  const CompatibilityTable& table = embedded_table();
  CHECK(!table.version.empty());
  CHECK(table.releases.size() >= 15);
  CHECK(table.runtimes.size() >= 10);
  CHECK(table.removed_classes.size() >= 100);
  CHECK(table.connectors.size() >= 10);
  for (const FlinkRelease& row : table.releases) {
    INFO(row.version.text());
    CHECK(!row.sources.empty());
    CHECK(row.java_min > 0);
    CHECK(row.java_min <= row.java_max);
  }
  for (const RemovedClass& row : table.removed_classes) {
    INFO(row.name);
    CHECK(!row.sources.empty());
    CHECK(!row.why.empty());
    CHECK(table.find_release(row.removed_in) != nullptr);
    CHECK((!row.replacement.empty() || !row.moved_to.empty()));
  }
  for (const RemovedSnapshot& row : table.removed_snapshots) {
    INFO(row.name);
    CHECK(!row.sources.empty());
    CHECK(!row.remedy.empty());
  }
  for (const Hop& row : table.hops) {
    INFO(row.id);
    CHECK(!row.sources.empty());
    CHECK(!row.remedy.empty());
    CHECK(row.from_min <= row.from_max);
    CHECK(row.to_min <= row.to_max);
  }
  for (const RetiredArtifact& row : table.retired_artifacts) {
    INFO(row.id);
    CHECK(!row.sources.empty());
    CHECK((!row.new_artifact.empty() || !row.remedy.empty()));
  }
  std::set<std::string> connector_ids;
  for (const Connector& row : table.connectors) {
    INFO(row.id);
    CHECK(connector_ids.insert(row.id).second);
    CHECK(!row.sources.empty());
    CHECK(!row.artifacts.empty());
    CHECK((!row.releases.empty() || !row.successor_artifact.empty()));
  }
}

TEST_CASE("A removed class is found by its name, by its package, and only from the release that dropped it") {
  const std::string rows = R"({"table": "removed_classes", "rows": [
    {"id": "one", "classes": ["a.b.Gone", "a.b.Gone$Inner"], "removed_in": "2.0", "moved_to": "a.c.*",
     "replacement": "Use a.c.", "why": "It moved.", "sources": ["TEST-1"]},
    {"id": "package", "classes": ["a.scala.*"], "removed_in": "2.0", "moved_to": null,
     "replacement": "Use Java.", "why": "It ended.", "sources": ["TEST-2"]}]})";
  const CompatibilityTable table = read_one("removed_classes", rows);
  REQUIRE(table.find_removed_class("a.b.Gone", version("2.2")) != nullptr);
  CHECK(table.find_removed_class("a.b.Gone", version("2.2"))->moved_to == "a.c.Gone");
  CHECK(table.find_removed_class("a.b.Gone$Inner", version("2.0"))->moved_to == "a.c.Gone$Inner");
  CHECK(table.find_removed_class("a.b.Gone", version("1.20")) == nullptr);
  CHECK(table.find_removed_class("a.b.GoneNot", version("2.2")) == nullptr);
  CHECK(table.find_removed_class("a.scala.deep.Thing", version("2.2"))->id == "package");
  CHECK(table.find_removed_class("a.scalaish.Thing", version("2.2")) == nullptr);
}

TEST_CASE("A retired artifact's asterisk stands for a Scala version and nothing else") {
  const CompatibilityTable table = read_one("artifacts", R"({"table": "artifacts", "rows": [
    {"id": "clients", "group": "g", "artifact": "flink-clients_*", "removed_in": "1.15",
     "replacement": {"kind": "renamed", "group": "g", "artifact": "flink-clients"}, "why": "w", "sources": ["s"]}]})");
  CHECK(table.find_retired_artifact("g", "flink-clients_2.12", version("1.15")) != nullptr);
  CHECK(table.find_retired_artifact("g", "flink-clients_2.12", version("1.14")) == nullptr);
  CHECK(table.find_retired_artifact("g", "flink-clients", version("1.15")) == nullptr);
  CHECK(table.find_retired_artifact("g", "flink-clients_test", version("1.15")) == nullptr);
  CHECK(table.find_retired_artifact("g", "flink-clients_", version("1.15")) == nullptr);
  CHECK(table.find_retired_artifact("h", "flink-clients_2.12", version("1.15")) == nullptr);
}

TEST_CASE("A broken table names the document, the row and the key") {
  struct Row {
    const char* name;
    const char* document;
    const char* text;
    const char* message;
  };
  const Row row = GENERATE(values<Row>({
      {"not JSON", "hops", "{\n\"table\": nonsense}", "hops.json:2: expected well-formed JSON, found: Invalid value."},
      {"not an object", "hops", "[]", "hops.json: expected an object"},
      {"another table", "hops", R"({"table": "runtimes", "rows": []})", "hops.json: expected \"table\": \"hops\""},
      {"no rows", "hops", R"({"table": "hops"})", "hops.json: expected an array at \"rows\""},
      {"unknown table", "hopps", R"({"table": "hopps", "rows": [{}]})", "hopps.json: expected a table of a known name"},
      {"missing key", "releases", R"({"table": "releases", "rows": [{"version": "1.20"}]})",
       "releases.json: expected an object at \"java\" in row 1"},
      {"wrong type", "releases", R"({"table": "releases", "rows": [{"version": "1.20", "java": {"min": "8"}}]})",
       "releases.json: expected a whole number at \"min\" in row 1.java"},
      {"not a release", "releases",
       R"({"table": "releases", "rows": [{"version": "new", "java": {"min": 8, "max": 9}}]})",
       "releases.json: expected a Flink release such as \"1.20\" at \"version\" in row 1"},
      {"unknown platform", "runtimes", R"({"table": "runtimes", "rows": [{"platform": "moon"}]})",
       "runtimes.json: expected msf, kubernetes or standalone at \"platform\" in row 1"},
  }));
  INFO(row.name);
  CHECK_THROWS_WITH(read_one(row.document, row.text), row.message);
}

TEST_CASE("A user's table takes the place of the built-in one of the same name") {
  const auto embedded = embedded_table_documents();
  std::vector<TableDocument> documents(embedded.begin(), embedded.end());
  documents.push_back({"hops", "mine/hops.json", R"({"table": "hops", "rows": []})"});
  const CompatibilityTable table = read_compatibility_table(documents);
  CHECK(table.hops.empty());
  CHECK(table.runtimes.size() == embedded_table().runtimes.size());
}

TEST_CASE("Where a release keeps an artifact, and whether its classes come before the application's") {
  struct Row {
    const char* module;
    const char* version;
    std::optional<DistributedModule::Place> place;
  };
  using enum DistributedModule::Place;
  const Row row = GENERATE(values<Row>({
      {"flink-core", "1.8", class_path},
      {"flink-core", "2.3", class_path},
      {"flink-java", "1.20", class_path},
      {"flink-java", "2.0", std::nullopt},
      {"flink-cep", "1.8", opt},
      {"flink-cep", "1.15", class_path},
      {"flink-table-planner", "1.14", class_path},
      {"flink-table-planner", "1.15", planner},
      {"flink-metrics-prometheus", "1.10", opt},
      {"flink-metrics-prometheus", "1.20", plugins},
      {"flink-state-processor-api", "1.8", std::nullopt},
      {"flink-state-processor-api", "1.20", opt},
      {"flink-connector-kafka", "1.14", std::nullopt},
      {"flink-avro", "1.20", std::nullopt},
      {"flink-scala", "1.20", class_path},
      {"flink-scala", "2.0", std::nullopt},
  }));
  INFO(row.module << " in " << row.version);
  const DistributedModule* found = embedded_table().find_distribution(row.module, version(row.version));
  CHECK((found == nullptr ? std::nullopt : std::optional(found->place)) == row.place);
}

TEST_CASE("A packed class is shadowed by the runtime's own where the release looks there first") {
  const CompatibilityTable& table = embedded_table();
  CHECK(table.is_parent_first("org.apache.flink.api.common.JobID", version("1.8")));
  CHECK(table.is_parent_first("org.rocksdb.RocksDB", version("1.14")));
  CHECK(!table.is_parent_first("org.rocksdb.RocksDB", version("1.13")));
  CHECK(table.is_parent_first("org.xml.sax.Parser", version("1.10")));
  CHECK(!table.is_parent_first("org.xml.sax.Parser", version("1.9")));
  CHECK(!table.is_parent_first("org.apache.kafka.clients.consumer.Consumer", version("2.2")));
}

TEST_CASE("A release keeps an artifact in one place") {
  const CompatibilityTable& table = embedded_table();
  CHECK(table.distribution.size() >= 80);
  for (const FlinkRelease& release : table.releases)
    for (const DistributedModule& row : table.distribution) {
      INFO(row.module << " in " << release.version.text());
      CHECK(!row.sources.empty());
      if (row.from <= release.version && (!row.until || release.version <= *row.until))
        CHECK(table.find_distribution(row.module, release.version) == &row);
    }
}
