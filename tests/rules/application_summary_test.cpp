#include "application_summary.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

ApplicationSummary summary_of(const ApplicationJar& application, const std::vector<LinkedClass>& linked = {}) {
  return preflight::summary_of(application, linked, origins_of(application, embedded_table()), embedded_table());
}

}  // namespace

TEST_CASE("A summary counts classes by whose they are and by their Java release") {
  UpgradeBuilder builder("2.2");
  builder.application()
      .add_class("com.example.New", 61)
      .add_class("com.example.New", 65, 21)
      .add_class("org.apache.flink.connector.kafka.source.KafkaSource", 52)
      .add_class("org.apache.kafka.clients.consumer.KafkaConsumer", 52);
  const ApplicationSummary summary = summary_of(*builder.upgrade().application);
  CHECK(summary.classes.all() == 5);
  CHECK(summary.classes.application == 3);
  CHECK(summary.classes.flink == 1);
  CHECK(summary.classes.library == 1);
  REQUIRE(summary.java_levels.size() == 3);
  CHECK(summary.java_levels.at(8).all() == 2);
  CHECK(summary.java_levels.at(11).application == 1);
  CHECK(summary.java_levels.at(17).application == 1);
}

TEST_CASE("A summary names previews and modules, and what hides what: first what differs") {
  UpgradeBuilder builder("2.2");
  builder.application()
      .add_class("com.example.Draft", 61)
      .add_class("module-info", 53)
      .add_class("module-info", 55)
      .add_class("net.acme.Copied", 52)
      .add_class("net.acme.Copied", 52)
      .add_class("net.acme.Differing", 52)
      .add_class("net.acme.Differing", 52);
  ApplicationJar& application = *builder.upgrade().application;
  application.classes.front().preview = true;
  application.classes.back().crc = 1;
  const ApplicationSummary summary = summary_of(application);
  REQUIRE(summary.previews.size() == 1);
  CHECK(summary.previews[0].entry == "com.example.Draft.class");
  CHECK(summary.previews[0].java == 17);
  CHECK(summary.modules == std::vector<std::string>{"module-info.class", "module-info.class"});
  CHECK(summary.java_levels.count(9) == 0);
  REQUIRE(summary.shadowed.size() == 2);
  CHECK(summary.shadowed[0].name == "net.acme.Differing");
  CHECK_FALSE(summary.shadowed[0].copies);
  CHECK(summary.shadowed[1].copies);
}

TEST_CASE("A connector's Flink releases come from the table, else from its version") {
  struct Case {
    const char* version;
    std::vector<std::string> flink;
  };
  const auto row = GENERATE(values<Case>({
      {"4.0.0-2.0", {"2.0", "2.1", "2.2", "2.3"}},
      {"9.9.9-1.20", {"1.20"}},
      {"9.9.9", {}},
      {"", {}},
  }));
  CAPTURE(row.version);
  UpgradeBuilder builder("2.2");
  builder.bundles("org.apache.flink", "flink-connector-kafka", row.version)
      .add_class("org.apache.flink.connector.kafka.source.KafkaSource", 52);
  const ApplicationSummary summary = summary_of(*builder.upgrade().application);
  REQUIRE(summary.connectors.size() == 1);
  std::vector<std::string> flink;
  for (const FlinkVersion& version : summary.connectors[0].flink)
    flink.push_back(version.minor_text());
  CHECK(flink == row.flink);
}

TEST_CASE("Use of Flink is that of the team's own classes") {
  UpgradeBuilder builder("2.2");
  const std::string stream = "org.apache.flink.streaming.api.datastream.DataStream";
  builder.refers_to(stream)
      .add_class("org.apache.kafka.clients.consumer.KafkaConsumer", 52)
      .calls("com.example.Main", stream, "map", 1)
      .calls("com.example.Main", stream, "map", 2)
      .calls("com.example.Main", stream, "filter", 3)
      .calls("org.apache.kafka.clients.consumer.KafkaConsumer", stream, "keyBy", 1);
  ApplicationJar& application = *builder.upgrade().application;
  application.external_classes.push_back({"org.apache.flink.util.Collector", {1}});
  application.uid_calls.push_back({"com.example.Main", "main", "orders"});
  application.uid_calls.push_back({"org.apache.kafka.clients.consumer.KafkaConsumer", "x", "not-ours"});
  const ApplicationSummary summary = summary_of(application, builder.upgrade().linked_classes);
  REQUIRE(summary.flink_use.size() == 1);
  CHECK(summary.flink_use.at("org.apache.flink.streaming.api.datastream").classes == 1);
  CHECK(summary.flink_use.at("org.apache.flink.streaming.api.datastream").members == 2);
  REQUIRE(summary.uid_calls.size() == 1);
  CHECK(summary.uid_calls[0].uid == "orders");
}
