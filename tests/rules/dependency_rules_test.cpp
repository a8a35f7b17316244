#include <catch2/catch.hpp>

#include "connector_releases.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {

using Titles = std::vector<std::string>;
constexpr const char* kFlink = "org.apache.flink";

/// A table with one connector of each kind, so that these tests do not depend on what was released lately.
CompatibilityTable small_table() {
  CompatibilityTable table = test::embedded_table();
  const auto version = [](const char* text) { return FlinkVersion::parse(text).value(); };
  table.connectors = {
      {.id = "kafka",
       .name = "Kafka",
       .group = kFlink,
       .artifacts = {"flink-connector-kafka"},
       .releases = {{"1.15.*", {version("1.15")}, ""},
                    {"3.4.0-1.20", {version("1.20")}, ""},
                    {"4.0.0-2.0", {version("2.0"), version("2.2")}, "built for 2.0"}},
       .sources = {"test"}},
      {.id = "pulsar",
       .name = "Pulsar",
       .group = kFlink,
       .artifacts = {"flink-connector-pulsar"},
       .releases = {{"4.1.0-1.18", {version("1.17"), version("1.18")}, ""}},
       .sources = {"test"}},
      {.id = "old",
       .name = "Old",
       .group = kFlink,
       .artifacts = {"flink-connector-old"},
       .releases = {{"5.0.0-1.20", {version("1.20")}, ""}},
       .successor_group = kFlink,
       .successor_artifact = "flink-connector-kafka",
       .successor_why = "It took its place.",
       .sources = {"test"}},
  };
  table.retired_artifacts = {{.id = "suffix",
                              .group = kFlink,
                              .artifact = "flink-streaming-java_*",
                              .removed_in = version("1.15"),
                              .kind = "renamed",
                              .new_group = kFlink,
                              .new_artifact = "flink-streaming-java",
                              .why = "The Scala suffix was dropped.",
                              .sources = {"test"}},
                             {.id = "gone",
                              .group = kFlink,
                              .artifact = "flink-java",
                              .removed_in = version("2.0"),
                              .kind = "removed",
                              .why = "The DataSet API ended.",
                              .remedy = "Move to DataStream.",
                              .sources = {"test"}}};
  return table;
}

UpgradeBuilder to(const char* target) {
  UpgradeBuilder builder(target);
  builder.table(small_table());
  return builder;
}

}  // namespace

TEST_CASE("flink-dependency-version-mismatch") {
  constexpr const char* kRule = "flink-dependency-version-mismatch";
  SECTION("one finding for all artifacts that share a property") {
    const Assessment assessment = to("1.20")
                                      .dependency(kFlink, "flink-streaming-java", "1.18.1", "flink.version", "provided")
                                      .dependency(kFlink, "flink-clients", "1.18.1", "flink.version", "provided")
                                      .assess();
    CHECK(findings_of(assessment, kRule) == Titles{"high flink.version is 1.18.1, the target is Flink 1.20"});
    CHECK(assessment.findings.front().evidence == Titles{"org.apache.flink:flink-clients:1.18.1 (provided)",
                                                         "org.apache.flink:flink-streaming-java:1.18.1 (provided)"});
  }
  SECTION("another patch of the target is fine") {
    CHECK(findings_of(to("1.20").dependency(kFlink, "flink-streaming-java", "1.20.3").assess(), kRule).empty());
  }
  SECTION("test dependencies do not run") {
    CHECK(findings_of(to("1.20").dependency(kFlink, "flink-test-utils", "1.18.1", "", "test").assess(), kRule).empty());
  }
  SECTION("an artifact with versions of its own is not Flink's") {
    CHECK(findings_of(to("1.20").dependency(kFlink, "flink-shaded-guava", "31.1-jre-17.0").assess(), kRule).empty());
  }
  SECTION("an undefined version is unknown") {
    const Assessment assessment = to("1.20").dependency(kFlink, "flink-streaming-java", "").assess();
    CHECK(findings_of(assessment, kRule).empty());
    REQUIRE(assessment.unknowns.size() == 1);
    CHECK(assessment.unknowns.front().reason == "the property is not defined");
  }
  SECTION("a bundled library counts when there is no pom") {
    CHECK(findings_of(to("1.20").bundles(kFlink, "flink-streaming-java", "1.18.1").assess(), kRule) ==
          Titles{"high org.apache.flink:flink-streaming-java is 1.18.1, the target is Flink 1.20"});
  }
}

TEST_CASE("connector-without-release") {
  constexpr const char* kRule = "connector-without-release";
  SECTION("fires where no release is for the target") {
    const Assessment assessment = to("2.2").dependency(kFlink, "flink-connector-pulsar", "4.1.0-1.18").assess();
    CHECK(findings_of(assessment, kRule) == Titles{"blocker The Pulsar connector has no release for Flink 2.2"});
    CHECK_THAT(assessment.findings.front().message,
               Catch::Contains("the newest release is 4.1.0-1.18 (Flink 1.17, 1.18)"));
  }
  SECTION("within a major release it may work all the same") {
    const Assessment assessment = to("1.20").dependency(kFlink, "flink-connector-pulsar", "4.1.0-1.18").assess();
    CHECK(findings_of(assessment, kRule) == Titles{"medium The Pulsar connector has no release for Flink 1.20"});
  }
  SECTION("names the successor with the version to use") {
    const Assessment assessment = to("2.2").dependency(kFlink, "flink-connector-old", "5.0.0-1.20").assess();
    REQUIRE(findings_of(assessment, kRule).size() == 1);
    CHECK(assessment.findings.front().remedy ==
          "Use org.apache.flink:flink-connector-kafka:4.0.0-2.0 instead. It took its place.");
  }
  SECTION("does not fire where there is one") {
    CHECK(findings_of(to("2.2").dependency(kFlink, "flink-connector-kafka", "4.0.0-2.0").assess(), kRule).empty());
  }
  SECTION("is unknown for a release that the table does not know") {
    const Assessment assessment = to("9.9").dependency(kFlink, "flink-connector-pulsar", "4.1.0-1.18").assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(!assessment.unknowns.empty());
  }
  SECTION("a connector that is both declared and bundled is one finding, at the pom's line") {
    const Assessment assessment = to("2.2")
                                      .dependency(kFlink, "flink-connector-pulsar", "4.1.0-1.18")
                                      .bundles(kFlink, "flink-connector-pulsar", "4.0.0-1.17")
                                      .assess();
    REQUIRE(findings_of(assessment, kRule).size() == 1);
    CHECK(assessment.findings.front().location.path == "pom.xml");
    CHECK(assessment.findings.front().evidence ==
          Titles{"the JAR bundles org.apache.flink:flink-connector-pulsar:4.0.0-1.17"});
  }
}

TEST_CASE("connector-version-mismatch") {
  constexpr const char* kRule = "connector-version-mismatch";
  struct Row {
    const char* name;
    const char* target;
    const char* version;
    Titles titles;
  };
  const Row row = GENERATE(values<Row>({
      {"the release for the target", "2.2", "4.0.0-2.0", {}},
      {"built for the old major",
       "2.2",
       "3.4.0-1.20",
       {"blocker org.apache.flink:flink-connector-kafka:3.4.0-1.20 is not built for Flink 2.2"}},
      {"built for another minor",
       "1.20",
       "1.15.4",
       {"high org.apache.flink:flink-connector-kafka:1.15.4 is not built for Flink 1.20"}},
      {"newer than the table, its suffix fits", "2.0", "4.1.0-2.0", {}},
      {"newer than the table, built for another minor",
       "2.0",
       "5.0.0-2.1",
       {"high org.apache.flink:flink-connector-kafka:5.0.0-2.1 is not built for Flink 2.0"}},
      {"newer than the table, built for another major",
       "1.20",
       "5.0.0-2.1",
       {"blocker org.apache.flink:flink-connector-kafka:5.0.0-2.1 is not built for Flink 1.20"}},
  }));
  INFO(row.name);
  const Assessment assessment = to(row.target).dependency(kFlink, "flink-connector-kafka", row.version).assess();
  CHECK(findings_of(assessment, kRule) == row.titles);
}

TEST_CASE("A connector version that says nothing is unknown") {
  const Assessment assessment = to("1.20").dependency(kFlink, "flink-connector-kafka", "custom").assess();
  REQUIRE(assessment.unknowns.size() == 1);
  CHECK(assessment.unknowns.front().what == "org.apache.flink:flink-connector-kafka:custom");
}

TEST_CASE("A connector that the table does not know is unknown, whatever its version says") {
  const auto unknowns = [](const char* group, const char* artifact, const char* version) {
    return to("2.2").dependency(group, artifact, version).assess().unknowns.size();
  };
  CHECK(unknowns(kFlink, "flink-connector-abacus", "1.0.0") == 1);
  CHECK(unknowns("com.example", "flink-connector-abacus", "1.0.0-2.2") == 1);
  CHECK(unknowns("com.example", "flink-abacus-connector-2.2", "3") == 1);
  CHECK(unknowns(kFlink, "flink-connector-files", "2.2.1") == 0);  // Released with Flink.
  CHECK(unknowns(kFlink, "flink-connector-aws-base", "6.0.1-2.0") == 0);
  CHECK(unknowns("com.example", "abacus-connector", "1.0.0") == 0);
}

TEST_CASE("artifact-retired") {
  constexpr const char* kRule = "artifact-retired";
  const Assessment renamed = to("1.20").dependency(kFlink, "flink-streaming-java_2.12", "1.14.6").assess();
  CHECK(findings_of(renamed, kRule) ==
        Titles{"high org.apache.flink:flink-streaming-java_2.12 ended before Flink 1.15"});
  CHECK(renamed.findings.front().remedy == "Use org.apache.flink:flink-streaming-java instead.");
  CHECK(renamed.findings.size() == 1);

  const Assessment removed = to("2.2").dependency(kFlink, "flink-java", "1.20.0").assess();
  CHECK(findings_of(removed, kRule) == Titles{"blocker org.apache.flink:flink-java ended before Flink 2.0"});
  CHECK(removed.findings.front().remedy == "Move to DataStream.");

  CHECK(findings_of(to("1.20").dependency(kFlink, "flink-java", "1.20.0").assess(), kRule).empty());
}

TEST_CASE("libraries that others bring in are judged, and say through what") {
  const auto brought_in = [](const Coordinates& artifact, std::vector<Coordinates> through) {
    PomDependency dependency;
    dependency.coordinates = artifact;
    dependency.declared = {"repository/commons-1.2.pom", 7};
    dependency.version_decided = dependency.declared;
    dependency.through = std::move(through);
    dependency.brought_in = {"pom.xml", 10};
    return dependency;
  };
  const Coordinates commons{"com.acme", "commons", "1.2"};
  const auto with = [&](const PomDependency& transitive) {
    UpgradeBuilder builder = to("2.2");
    builder.dependency(commons.group, commons.artifact, commons.version);
    builder.upgrade().poms.back().transitive = {transitive};
    return builder.assess();
  };
  SECTION("a connector") {
    const Assessment assessment =
        with(brought_in({kFlink, "flink-connector-kafka", "3.4.0-1.20"}, {commons, {"com.acme", "io", "3"}}));
    REQUIRE(findings_of(assessment, "connector-version-mismatch").size() == 1);
    const Finding& finding = assessment.findings.front();
    CHECK(finding.evidence == Titles{"org.apache.flink:flink-connector-kafka:3.4.0-1.20 comes in through "
                                     "com.acme:commons:1.2, com.acme:io:3"});
    CHECK(finding.location.path == "pom.xml");
    CHECK(finding.location.line == 10);
    CHECK_THAT(finding.remedy, Catch::Contains("a release of com.acme:commons:1.2 that brings in another"));
  }
  SECTION("Flink itself") {
    const Assessment assessment = with(brought_in({kFlink, "flink-streaming-java", "1.18.1"}, {commons}));
    CHECK(findings_of(assessment, "flink-dependency-version-mismatch") ==
          Titles{"high org.apache.flink:flink-streaming-java is 1.18.1, the target is Flink 2.2"});
    CHECK(assessment.findings.front().evidence ==
          Titles{"org.apache.flink:flink-streaming-java:1.18.1 (compile, through com.acme:commons:1.2)"});
  }
  SECTION("a retired artifact") {
    CHECK(findings_of(with(brought_in({kFlink, "flink-java", "1.18.1"}, {commons})), "artifact-retired") ==
          Titles{"blocker org.apache.flink:flink-java ended before Flink 2.0"});
  }
  SECTION("what Flink's own artifacts bring in changes with them") {
    const Assessment assessment =
        with(brought_in({kFlink, "flink-java", "1.18.1"}, {{kFlink, "flink-streaming-java", "1.18.1"}}));
    CHECK(assessment.findings.empty());
  }
}
