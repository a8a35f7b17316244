#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "connector_version.h"
#include "fixture_paths.h"
#include "maven/pom.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_table;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {

using Titles = std::vector<std::string>;
constexpr const char* kRule = "connector-state-format-changed";

/// "group:artifact:version"
Coordinates split(const std::string& coordinates) {
  const std::size_t first = coordinates.find(':');
  const std::size_t second = coordinates.find(':', first + 1);
  return {coordinates.substr(0, first), coordinates.substr(first + 1, second - first - 1),
          coordinates.substr(second + 1)};
}

/// A job with a source that keeps its splits in the usual state.
UpgradeBuilder upgrade_to(const std::string& library) {
  const Coordinates coordinates = split(library);
  UpgradeBuilder builder("1.20");
  builder.from("1.18").dependency(coordinates.group, coordinates.artifact, coordinates.version);
  builder.operator_with_state("source", "SourceReaderState", test::long_serializer());
  return builder;
}

Assessment assess(const std::string& running, const std::string& library) {
  UpgradeBuilder builder = upgrade_to(library);
  if (!running.empty()) {
    ApplicationJar old;
    old.path = "old.jar";
    old.libraries = {{split(running), "META-INF/maven/old/pom.properties"}};
    builder.upgrade().running_application = old;
  }
  return builder.assess();
}

}  // namespace

TEST_CASE("connector-state-format-changed holds the releases of the two applications against the rows") {
  struct Case {
    const char* name;
    std::string running, library;
    Titles findings;
  };
  const std::string mysql = "com.ververica:flink-connector-mysql-cdc:";
  const std::string kinesis = "org.apache.flink:flink-connector-aws-kinesis-streams:";
  const std::string iceberg = "org.apache.iceberg:iceberg-flink-runtime-1.20:";
  const Case cases[] = {
      {"a patch that does not read the release before it",
       mysql + "2.2.0",
       mysql + "2.2.1",
       {"blocker MySqlSource 2.2.1 to 2.4.2 cannot read the binlog split of 2.2.0"}},
      {"the release that reads it again",
       mysql + "2.2.0",
       "org.apache.flink:flink-connector-mysql-cdc:3.2.1",
       {"info MySqlSource 2.3 writes its assigner's state in another form"}},
      {"two patches of one form", mysql + "2.4.1", mysql + "2.4.2", {}},
      {"a new form that is read",
       kinesis + "5.0.0-1.19",
       kinesis + "5.1.0-1.20",
       {"info KinesisStreamsSource 5.1 writes its splits in another form"}},
      {"and the way back",
       kinesis + "5.1.0-1.20",
       kinesis + "5.0.0-1.20",
       {"blocker org.apache.flink:flink-connector-aws-kinesis-streams:5.0.0-1.20 cannot read the state that 5.1.0-1.20 "
        "wrote"}},
      {"the same release for another Flink", kinesis + "5.0.0-1.19", kinesis + "5.0.0-1.20", {}},
      {"a connector that another one takes the place of",
       "software.amazon.kinesis:amazon-kinesis-connector-flink:2.4.1",
       kinesis + "5.1.0-1.20",
       {"blocker The Kinesis connector of Flink cannot read the state of Amazon's own one"}},
      {"a name that holds the Flink release",
       "org.apache.iceberg:iceberg-flink-runtime-1.18:1.5.2",
       iceberg + "1.9.2",
       {"info IcebergSource 1.6 writes its splits in another form"}},
      {"a connector that no row is about",
       "org.apache.flink:flink-connector-jdbc:3.2.0-1.19",
       "org.apache.flink:flink-connector-jdbc:3.3.0-1.20",
       {}},
  };
  for (const Case& one : cases) {
    INFO(one.name);
    CHECK(findings_of(assess(one.running, one.library), kRule) == one.findings);
  }
}

TEST_CASE("connector-state-format-changed says less where nothing tells what wrote the savepoint") {
  const Assessment assessment = assess("", "org.apache.flink:flink-connector-mysql-cdc:3.2.1");
  REQUIRE(
      findings_of(assessment, kRule) ==
      Titles{"low org.apache.flink:flink-connector-mysql-cdc:3.2.1 does not take the state of every older release"});
  CHECK(findings_of(assess("", "org.apache.flink:flink-connector-aws-kinesis-streams:5.1.0-1.20"), kRule) ==
        Titles{"low org.apache.flink:flink-connector-aws-kinesis-streams:5.1.0-1.20 does not take the state of every "
               "older release"});
}

TEST_CASE("connector-state-format-changed leaves a state alone that a library takes over") {
  const std::string fork = "software.amazon.kinesis:amazon-kinesis-connector-flink:2.4.1";
  const auto assess_with = [&](const char* helper) {
    UpgradeBuilder builder = upgrade_to("org.apache.flink:flink-connector-kinesis:4.3.0-1.19");
    builder.dependency("software.amazon.kinesis", helper, "1.0.0");
    ApplicationJar old;
    old.path = "old.jar";
    old.libraries = {{split(fork), "META-INF/maven/old/pom.properties"}};
    builder.upgrade().running_application = old;
    return findings_of(builder.assess(), kRule);
  };
  CHECK(assess_with("amazon-kinesis-connector-flink-state-migrator").empty());
  CHECK(assess_with("amazon-kinesis-client") ==
        Titles{"blocker The Kinesis connector of Flink cannot read the state of Amazon's own one"});
}

TEST_CASE("connector-state-format-changed knows states by their names") {
  UpgradeBuilder builder("2.2");
  builder.from("1.20").dependency("org.apache.flink", "flink-connector-kafka", "4.0.1-2.0");
  SECTION("the savepoint has them") {
    builder.operator_with_state("source", "topic-partition-offset-states", test::long_serializer());
    CHECK(findings_of(builder.assess(), kRule) ==
          Titles{"high The Kafka connector from 4.0 on has no FlinkKafkaConsumer, and KafkaSource does not read its "
                 "offsets"});
  }
  SECTION("it has others") {
    builder.operator_with_state("count", "counts", test::long_serializer());
    CHECK(findings_of(builder.assess(), kRule).empty());
  }
}

TEST_CASE("The state of FlinkKinesisConsumer is lost to KinesisStreamsSource, and the finding says what to do") {
  UpgradeBuilder builder("1.20");
  builder.from("1.19").allow_non_restored_state(true);
  builder.upgrade().poms.push_back(read_pom(test::fixtures() / "poms/kinesis-new-source/pom.xml"));
  builder.calls_uid("clicks-v2").operator_with_state("clicks", "Kinesis-Stream-Shard-State", test::long_serializer());
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, kRule) ==
        Titles{"high KinesisStreamsSource does not read the positions of FlinkKinesisConsumer",
               "low org.apache.flink:flink-connector-aws-kinesis-streams:5.1.0-1.20 does not take the state of every "
               "older release"});
  const auto finding = std::ranges::find(assessment.findings, kRule, &Finding::rule);
  for (const char* text : {"another uid", "AT_TIMESTAMP", "allow non-restored state", "without uids, and in SQL"})
    CHECK_THAT(finding->remedy, Catch::Contains(text));
  // With the flag the start goes on without the old positions; without it, it is refused.
  CHECK(assessment.restore.outcome == RestoreOutcome::loses_state);
  CHECK(builder.allow_non_restored_state(false).assess().restore.outcome == RestoreOutcome::fails);
}

TEST_CASE("The old Kafka source and sink leave state that the connector from 4.0 on does not take") {
  UpgradeBuilder builder("2.2");
  builder.from("1.20").dependency("org.apache.flink", "flink-connector-kafka", "5.0.0-2.2");
  builder.operator_with_state("source", "topic-partition-offset-states", test::long_serializer());
  builder.operator_with_state("sink", "next-transactional-id-hint-v2", test::long_serializer());
  CHECK(
      findings_of(builder.assess(), kRule) ==
      Titles{"blocker The Kafka connector from 4.0 on has no FlinkKafkaProducer, and KafkaSink does not read its state",
             "high The Kafka connector from 4.0 on has no FlinkKafkaConsumer, and KafkaSource does not read its "
             "offsets"});
}

TEST_CASE("connector-state-format-changed reports a version that is not known") {
  const Assessment assessment = assess("", "org.apache.flink:flink-connector-kafka:");
  CHECK(findings_of(assessment, kRule).empty());
  CHECK(std::ranges::any_of(assessment.unknowns, [](const Unknown& unknown) {
    return unknown.what == "org.apache.flink:flink-connector-kafka";
  }));
}

TEST_CASE("known-bug-met knows patches") {
  const auto bugs = [](UpgradeBuilder builder) { return findings_of(builder.assess(), "known-bug-met"); };
  CHECK(bugs(UpgradeBuilder("1.18.1")) ==
        Titles{"medium Flink 1.18.1: Compressed operator state loses splits when it is restored"});
  CHECK(bugs(UpgradeBuilder("1.18.2")).empty());
  CHECK(bugs(UpgradeBuilder("1.18")).empty());
  CHECK(bugs(UpgradeBuilder("1.18").savepoint()) ==
        Titles{"info Some patches of Flink 1.18 have defects that a restore meets"});
  CHECK(bugs(UpgradeBuilder("1.17.2").savepoint()).empty());
  CHECK(bugs(UpgradeBuilder("1.19.3").from("1.15.1")).size() == 3);  // Two of the writer, one of the target.
}

TEST_CASE("known-bug-met knows releases of libraries") {
  const auto bugs = [](const char* artifact, const char* version) {
    return findings_of(UpgradeBuilder("2.0.2").dependency("org.apache.flink", artifact, version).assess(),
                       "known-bug-met");
  };
  CHECK(bugs("flink-connector-kafka", "4.0.0-2.0") ==
        Titles{"medium org.apache.flink:flink-connector-kafka:4.0.0-2.0: KafkaSink 4.0.0 makes a committer without "
               "exactly-once too"});
  CHECK(bugs("flink-connector-kafka", "4.0.1-2.0").empty());
  CHECK(bugs("flink-connector-aws-kinesis-streams", "6.0.0-2.0") ==
        Titles{
            "medium org.apache.flink:flink-connector-aws-kinesis-streams:6.0.0-2.0: KinesisStreamsSource with enhanced "
            "fan-out fails at a reshard"});
  CHECK(bugs("flink-connector-aws-kinesis-streams", "6.0.1-2.0").empty());
}

TEST_CASE("A connector's own version is told from the Flink release beside it") {
  CHECK(own_version("3.4.0-1.20") == "3.4.0");
  CHECK(own_version("1.18.1_1.1.5") == "1.1.5");
  CHECK(own_version("0.9.0-incubating") == "0.9.0-incubating");
  CHECK(own_version("2.2.1") == "2.2.1");
  CHECK(is_release_within("1.10.0-2.0", "1.9", "1.10"));
  CHECK_FALSE(is_release_within("1.10.1", "1.9", "1.10"));
  CHECK(is_release_within("5", "", ""));
  CHECK(is_artifact("g:a_*", "g", "a_2.12"));
  CHECK(is_artifact("g:a-*", "g", "a-1.20_2.12"));
  CHECK_FALSE(is_artifact("g:a-*", "g", "a-runtime-1.20"));
  CHECK_FALSE(is_artifact("g:a-*", "h", "a-1.20"));
}

TEST_CASE("Every row about a connector's state can be met") {
  const CompatibilityTable& table = embedded_table();
  CHECK(table.connector_state_formats.size() >= 40);
  std::set<std::string> ids;
  std::size_t verified = 0;
  for (const ConnectorStateFormat& row : table.connector_state_formats) {
    INFO(row.id);
    CHECK(ids.insert(row.id).second);
    CHECK(!row.sources.empty());
    CHECK(row.remedy.ends_with('.'));
    CHECK(row.why.ends_with('.'));
    CHECK(std::ranges::all_of(row.artifacts,
                              [](const std::string& artifact) { return artifact.find(':') != std::string::npos; }));
    CHECK((row.written_from.empty() || is_release_within(row.written_from, "", row.written_until)));
    CHECK((row.read_from.empty() || is_release_within(row.read_from, "", row.read_until)));
    CHECK((row.read_artifacts.empty() ? !row.written_until.empty() && !row.read_from.empty() : true));
    CHECK((row.outcome == ConnectorStateFormat::Outcome::migrates) == (row.severity < Severity::high));
    verified += row.verified_by.empty() ? 0U : 1U;
  }
  CHECK(verified >= 20);
  for (const KnownBug& bug : table.known_bugs) {
    INFO(bug.id);
    CHECK(ids.insert(bug.id).second);
    CHECK(!bug.sources.empty());
    CHECK((bug.from.empty() || is_release_within(bug.from, "", bug.until)));
  }
}
