#include "class_origins.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const char* name_of(ClassOrigin origin) {
  return origin == ClassOrigin::application ? "application" : origin == ClassOrigin::flink ? "flink" : "library";
}

/// "flink org.apache.flink:flink-core", or "application".
std::string origin_of(const ApplicationJar& application, const std::string& class_name) {
  const ClassOrigins origins = origins_of(application, embedded_table());
  REQUIRE(origins.of.size() == application.classes.size());
  REQUIRE(origins.library_of.size() == application.classes.size());
  for (std::size_t i = 0; i < application.classes.size(); ++i) {
    if (application.classes[i].name != class_name)
      continue;
    const std::uint32_t library = origins.library_of[i];
    return name_of(origins.of[i]) +
           (library == ClassOrigins::kNoLibrary ? std::string() : " " + origins.libraries.at(library));
  }
  return "no such class";
}

}  // namespace

TEST_CASE("A class's origin is told by its package, its JAR and the bundled artifacts") {
  struct Case {
    std::string name;
    std::string expected;
  };
  const auto [name, expected] = GENERATE(values<Case>({
      {"com.example.Main", "application"},
      {"com.example.deep.Down", "application"},
      {"com.unheard.of.Thing", "application"},
      {"NoPackage", "application"},
      {"org.apache.flink.streaming.api.datastream.DataStream", "flink org.apache.flink:flink-streaming-java"},
      {"org.apache.flink.connector.kafka.source.KafkaSource", "flink org.apache.flink:flink-connector-kafka"},
      {"org.apache.flink.unheard.Of", "flink org.apache.flink"},
      {"org.apache.flinkling.Other", "application"},
      {"org.apache.flinkx.api.StreamExecutionEnvironment", "library org.flinkextended"},
      {"org.apache.kafka.clients.consumer.KafkaConsumer", "library org.apache.kafka:kafka-clients"},
      {"com.fasterxml.jackson.databind.ObjectMapper", "library com.fasterxml.jackson.core:jackson-databind"},
      {"net.acme.pricing.Price", "library net.acme.pricing:prices"},
  }));
  CAPTURE(name);
  UpgradeBuilder builder("2.2");
  builder.application().bundles("net.acme.pricing", "prices", "1.0").bundles("com.example", "jobs", "1.0");
  if (name != "com.example.Main")
    builder.add_class(name, 55);
  CHECK(origin_of(*builder.upgrade().application, name) == expected);
}

TEST_CASE("Relocated libraries are known by their marker classes") {
  UpgradeBuilder builder("2.2");
  builder.application()
      .add_class("com.example.shaded.com.google.common.collect.ImmutableList", 52)
      .add_class("com.example.shaded.com.google.common.base.Joiner", 52)
      .add_class("com.example.other.com.google.common.base.Joiner", 52)
      .add_class("org.apache.flink.kinesis.shaded.com.amazonaws.AmazonWebServiceClient", 52)
      .add_class("org.apache.flink.kinesis.shaded.com.amazonaws.auth.AWSCredentials", 52);
  const ApplicationJar& application = *builder.upgrade().application;
  CHECK(origin_of(application, "com.example.shaded.com.google.common.base.Joiner") == "library com.google.guava:guava");
  CHECK(origin_of(application, "com.example.other.com.google.common.base.Joiner") == "application");
  CHECK(origin_of(application, "org.apache.flink.kinesis.shaded.com.amazonaws.auth.AWSCredentials") ==
        "library com.amazonaws");
}

TEST_CASE("The entry class's own package is the application's, whoever else's it may look like") {
  UpgradeBuilder builder("2.2");
  builder.application()
      .add_class("org.apache.flink.streaming.examples.wordcount.WordCount", 52)
      .add_class("org.apache.flink.streaming.examples.wordcount.util.Data", 52)
      .add_class("org.apache.flink.streaming.examples.join.WindowJoin", 52);
  ApplicationJar& application = *builder.upgrade().application;
  application.manifest.main_attributes["main-class"] = "org.apache.flink.streaming.examples.wordcount.WordCount";
  CHECK(origin_of(application, "org.apache.flink.streaming.examples.wordcount.WordCount") == "application");
  CHECK(origin_of(application, "org.apache.flink.streaming.examples.wordcount.util.Data") == "application");
  CHECK(origin_of(application, "org.apache.flink.streaming.examples.join.WindowJoin") == "flink org.apache.flink");
}

TEST_CASE("Without an entry class no group claims classes: it may be the application's own") {
  UpgradeBuilder builder("2.2");
  builder.application().bundles("net.acme", "jobs", "1.0").add_class("net.acme.Job", 55);
  CHECK(origin_of(*builder.upgrade().application, "net.acme.Job") == "library net.acme:jobs");
  builder.upgrade().application->manifest.main_attributes.clear();
  CHECK(origin_of(*builder.upgrade().application, "net.acme.Job") == "application");
}

TEST_CASE("A nested JAR is a library, unless it is of the entry class's organisation") {
  UpgradeBuilder builder("2.2");
  builder.application().add_class("com.example.common.Clock", 55).add_class("net.acme.Price", 55);
  ApplicationJar& application = *builder.upgrade().application;
  TextStore entries;
  for (ApplicationClass& added : application.classes)
    if (!added.has_main)
      added.entry = entries.keep("lib/nested.jar!" + std::string(added.entry));
  CHECK(origin_of(application, "com.example.common.Clock") == "application");
  CHECK(origin_of(application, "net.acme.Price") == "library nested.jar");
  application.libraries.push_back({{"net.acme", "prices", "1.0"}, "lib/nested.jar"});
  CHECK(origin_of(application, "net.acme.Price") == "library net.acme:prices");
}
