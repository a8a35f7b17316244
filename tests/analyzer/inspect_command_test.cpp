#include <catch2/catch.hpp>

#include "command_run.h"
#include "fixture_paths.h"

using preflight::test::CommandRun;
using preflight::test::fixtures;
using preflight::test::run;

TEST_CASE("inspect savepoint takes a directory or its _metadata, and shows every operator") {
  const auto savepoint = fixtures() / "savepoints/orders-1.0/1.20/rocksdb-canonical";
  const CommandRun text = run({"inspect", "savepoint", savepoint.string()});
  CHECK(text.code == 0);
  CHECK_THAT(text.out, Catch::Contains("7c19ffa4901d4126a14489e077589839"));
  CHECK_THAT(text.out, Catch::Contains("KryoSerializer[com.example.orders.Cart]"));
  CHECK(text.out.find('\x1B') == std::string::npos);

  const CommandRun json = run({"inspect", "savepoint", (savepoint / "_metadata").string(), "--format", "json"});
  CHECK(json.code == 0);
  CHECK_THAT(json.out, Catch::Contains("\"metadata_version\": 4"));
}

TEST_CASE("inspect build shows what a build file says") {
  const auto builds = fixtures() / "builds";
  const CommandRun text = run({"inspect", "build", (builds / "build.gradle.kts").string()});
  CHECK(text.code == 0);
  CHECK_THAT(text.out, Catch::StartsWith("Gradle build script · "));
  CHECK_THAT(text.out, Catch::Contains("Libraries (3)") && Catch::Contains("Unknown (1)"));
  CHECK_THAT(text.out, Catch::Contains("org.apache.flink:flink-streaming-java 1.20.0 · implementation"));
  CHECK_THAT(text.out, Catch::Contains("version unknown"));

  const auto [file, kind] = GENERATE(table<std::string, std::string>({{"gradle.lockfile", "gradle-lockfile"},
                                                                      {"libs.versions.toml", "gradle-catalog"},
                                                                      {"build.gradle", "gradle-script"},
                                                                      {"requirements.txt", "python-requirements"},
                                                                      {"pyproject.toml", "python-project"},
                                                                      {"bom.json", "cyclonedx-sbom"}}));
  INFO(file);
  const CommandRun json = run({"inspect", "build", (builds / file).string(), "--format", "json"});
  CHECK(json.code == 0);
  CHECK_THAT(json.out, Catch::Contains("\"kind\": \"" + kind + "\""));
  CHECK_THAT(json.out, Catch::Contains("\"artifactId\": "));
}

TEST_CASE("inspect build refuses what is none") {
  const CommandRun other = run({"inspect", "build", (fixtures() / "poms/clean-2.2/pom.xml").string()});
  CHECK(other.code == 3);
  CHECK(other.out.empty());
  CHECK_THAT(other.err, Catch::Contains("expected a build file"));
  CHECK(run({"inspect", "build"}).code == 2);
  CHECK(run({"inspect", "build", "a", "b"}).code == 2);
  CHECK_THAT(run({"inspect", "build", "x", "--states"}).err, Catch::Contains("--states belongs to inspect app"));
  CHECK_THAT(run({"inspect", "build", "x", "--profiles", "a"}).err,
             Catch::Contains("--profiles belongs to inspect pom"));
}

TEST_CASE("inspect says what it expected") {
  CHECK(run({"inspect"}).code == 2);
  CHECK(run({"inspect", "savepoint"}).code == 2);
  CHECK(run({"inspect", "moon", "x"}).code == 2);
  CHECK(run({"inspect", "savepoint", "x", "--format", "html"}).code == 2);
  CHECK(run({"inspect", "savepoint", "/no/such/savepoint"}).code == 3);
}

TEST_CASE("inspect savepoint narrows to an operator and to a state") {
  const auto savepoint = (fixtures() / "savepoints/orders-1.0/1.20/rocksdb-canonical").string();
  struct Row {
    const char* name;
    std::vector<std::string> options;
    const char* contains;
    const char* lacks;
  };
  const Row row = GENERATE(values<Row>({
      {"operator by ID", {"--operator", "7c19ffa4901d4126a14489e077589839"}, "feed-position", "recent-cart"},
      {"operator by uid, though the format has none", {"--operator", "order-feed"}, "feed-position", "recent-cart"},
      {"state", {"--state", "recent-cart"}, "recent-cart", "feed-position"},
      {"operator and state", {"--operator", "fraud-detector", "--state", "last-alert"}, "last-alert", "recent-cart"},
  }));
  INFO(row.name);
  std::vector<std::string> arguments = {"inspect", "savepoint", savepoint};
  arguments.insert(arguments.end(), row.options.begin(), row.options.end());
  const CommandRun result = run(arguments);
  CHECK(result.code == 0);
  CHECK_THAT(result.out, Catch::Contains(row.contains));
  CHECK_THAT(result.out, !Catch::Contains(row.lacks));
}

TEST_CASE("inspect savepoint says what there is when the wanted is not") {
  const auto savepoint = (fixtures() / "savepoints/orders-1.0/1.20/rocksdb-canonical").string();
  const CommandRun no_state = run({"inspect", "savepoint", savepoint, "--operator", "order-feed", "--state", "x"});
  CHECK(no_state.code == 2);
  CHECK(no_state.err == "flink-preflight: error: --state: the savepoint has no state \"x\"; it has feed-position\n");
  CHECK(run({"inspect", "savepoint", savepoint, "--operator", "nobody"}).code == 2);
}

TEST_CASE("inspect savepoint --against shows what changed") {
  const auto before = (fixtures() / "savepoints/counts/1.20/hashmap-canonical").string();
  const auto after = (fixtures() / "savepoints/filtered-counts/1.20/hashmap-canonical").string();
  const CommandRun same = run({"inspect", "savepoint", before, "--against", before});
  CHECK(same.code == 0);
  CHECK_THAT(same.out, Catch::Contains("0 operators added, 0 removed, 0 changed, 4 the same"));
  const CommandRun text = run({"inspect", "savepoint", before, "--against", after});
  CHECK_THAT(text.out, Catch::Contains("removed"));
  const CommandRun json = run({"inspect", "savepoint", before, "--against", after, "--format", "json"});
  CHECK_THAT(json.out, Catch::Contains("\"change\": \"removed\""));
  CHECK(run({"inspect", "savepoint", before, "--against", after, "--state", "x"}).code == 2);
}

TEST_CASE("inspect app shows what the JAR is made of") {
  const auto jar = (fixtures() / "applications/visits-1.20/visits-1.20.jar").string();
  const CommandRun text = run({"inspect", "app", jar});
  CHECK(text.code == 0);
  for (const char* part : {"com.example.visits.VisitsJob", "Java 11", "org.apache.flink:flink-connector-datagen",
                           "org.apache.flink.streaming.api.datastream", "visit-tracker in"})
    CHECK_THAT(text.out, Catch::Contains(part));
  const CommandRun json = run({"inspect", "app", jar, "--format", "json"});
  CHECK(json.code == 0);
  CHECK_THAT(json.out, Catch::Contains("\"entry_class\": \"com.example.visits.VisitsJob\""));
}

TEST_CASE("inspect app says what it expected") {
  const auto jar = (fixtures() / "applications/visits-1.20/visits-1.20.jar").string();
  CHECK(run({"inspect", "app"}).code == 2);
  CHECK(run({"inspect", "app", jar, jar}).code == 2);
  CHECK(run({"inspect", "app", jar, "--state", "x"}).code == 2);
  CHECK(run({"inspect", "app", "/no/such.jar"}).code == 3);
}
