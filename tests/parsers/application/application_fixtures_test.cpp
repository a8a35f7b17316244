#include <catch2/catch.hpp>
#include <set>

#include "application/application_jar.h"
#include "fixture_paths.h"

using namespace preflight;

namespace {

ApplicationJar read(const std::string& name) {
  return read_application_jar(test::fixtures() / name);
}

std::set<std::string> known_uids(const ApplicationJar& jar) {
  std::set<std::string> uids;
  for (const UidCall& call : jar.uid_calls)
    uids.insert(call.uid.value_or("?"));
  return uids;
}

}  // namespace

TEST_CASE("Real JARs, however they were packed, say the same") {
  for (const char* name :
       {"plain", "stored", "data-descriptors", "java17", "main-class-missing", "multi-release", "nested-lib"}) {
    INFO(name);
    const ApplicationJar jar = read(std::string("jars/") + name + ".jar");
    CHECK(jar.unread.empty());
    CHECK(jar.duplicate_entries.empty());
    const ApplicationClass* job = jar.find_class("com.example.special.TickJob");
    REQUIRE(job != nullptr);
    CHECK(job->has_main);
    CHECK(job->major_version == (std::string(name) == "java17" ? 61 : 55));
    CHECK(known_uids(jar) == std::set<std::string>{"tick-counter", "tick-log", "ticks"});
    CHECK(jar.manifest.entry_class() ==
          (std::string(name) == "main-class-missing" ? "com.example.special.TockJob" : "com.example.special.TickJob"));
  }
}

TEST_CASE("A real JAR without Main-Class has no entry class") {
  CHECK(read("jars/no-main-class.jar").manifest.entry_class() == std::nullopt);
}

TEST_CASE("A real multi-release JAR has both versions of a class") {
  const ApplicationJar jar = read("jars/multi-release.jar");
  std::vector<std::pair<int, int>> versions;
  for (const ApplicationClass& c : jar.classes)
    if (c.name == "com.example.special.Greeting")
      versions.emplace_back(c.release, c.major_version);
  CHECK(versions == std::vector<std::pair<int, int>>{{0, 55}, {21, 65}});
}

TEST_CASE("A real nested connector is known by its name and manifest") {
  const ApplicationJar jar = read("jars/nested-lib.jar");
  CHECK(jar.nested_jars == std::vector<std::string>{"lib/rules.jar", "lib/flink-connector-rabbitmq-3.0.1-1.17.jar"});
  REQUIRE(jar.libraries.size() == 1);
  CHECK(jar.libraries[0].coordinates.text() == "org.apache.flink:flink-connector-rabbitmq:3.0.1-1.17");
  CHECK(jar.find_class("org.apache.flink.streaming.connectors.rabbitmq.RMQSource") != nullptr);
}

TEST_CASE("A real fat JAR: entry class, bundled libraries, uids, what it expects of the runtime") {
  const ApplicationJar jar = read("applications/orders-1.0/orders-1.0.jar");
  CHECK(jar.unread.empty());
  CHECK(jar.manifest.entry_class() == "com.example.orders.OrdersJob");
  CHECK(jar.find_class("com.example.orders.OrdersJob")->has_main);
  CHECK(known_uids(jar).size() == 5);
  CHECK(known_uids(jar).count("?") == 0);
  std::vector<std::string> libraries;
  for (const BundledLibrary& library : jar.libraries)
    libraries.push_back(library.coordinates.group + ":" + library.coordinates.artifact);
  CHECK(libraries == std::vector<std::string>{"com.example:orders", "com.rabbitmq:amqp-client"});
  std::set<std::string> external;
  for (const ExternalClass& c : jar.external_classes)
    external.emplace(c.name);
  CHECK(external.count("org.apache.flink.streaming.api.environment.StreamExecutionEnvironment") == 1);
  CHECK(external.count("com.example.orders.OrdersJob") == 0);
}

TEST_CASE("A real JAR with every language level: the preview class and the module descriptor are named as such") {
  const ApplicationJar jar = read("jars/language-levels.jar");
  CHECK(jar.unread.empty());
  std::vector<std::string> previews;
  std::vector<std::string> modules;
  for (const ApplicationClass& c : jar.classes) {
    if (c.preview)
      previews.emplace_back(c.entry);
    if (c.is_module())
      modules.emplace_back(c.entry);
  }
  CHECK_THAT(previews, Catch::VectorContains(std::string("com/example/levels/preview/Preview.class")));
  for (const std::string& entry : previews)
    CHECK_THAT(entry, Catch::StartsWith("com/example/levels/preview/"));
  CHECK(modules == std::vector<std::string>{"module-info.class"});
}
