#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_table;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {

using Titles = std::vector<std::string>;
constexpr const char* kGroup = "org.apache.flink";
constexpr const char* kMain = "com.example.Main";

/// An application whose main class makes a table.
UpgradeBuilder with_table(const std::string& target, const std::string& sql) {
  UpgradeBuilder builder(target);
  builder.application().table_text(kMain, sql);
  return builder;
}

std::string kinesis_table(const std::string& options, const std::string& connector = "kinesis") {
  return "CREATE TABLE orders (id INT) WITH ('connector' = '" + connector + "', " + options + ", 'format' = 'json')";
}

std::vector<std::string> unknowns(const Assessment& assessment) {
  std::vector<std::string> texts;
  for (const Unknown& unknown : assessment.unknowns)
    texts.push_back(unknown.what + ": " + unknown.reason);
  return texts;
}

}  // namespace

TEST_CASE("table-option-refused holds the options of tables against the connector") {
  struct Case {
    const char* name;
    std::string sql, artifact, version;
    Titles findings;
  };
  const std::string sql_connector = "flink-sql-connector-aws-kinesis-streams";
  const Case cases[] = {
      {"the stream by its name",
       kinesis_table("'stream' = 'o'"),
       sql_connector,
       "5.0.0-1.20",
       {"blocker The table connector \"kinesis\" has the option \"stream.arn\" instead of \"stream\""}},
      {"several options, a renamed one and one that is gone",
       kinesis_table("'stream.arn' = 'a', 'scan.stream.initpos' = 'LATEST', 'scan.stream.efo.consumerarn' = 'b'"),
       sql_connector,
       "5.1.0-1.20",
       {"blocker The table connector \"kinesis\" has no option \"scan.stream.efo.consumerarn\" any more",
        "blocker The table connector \"kinesis\" has the option \"source.init.position\" instead of "
        "\"scan.stream.initpos\""}},
      {"one that only the pattern knows",
       kinesis_table("'scan.shard.getiterator.maxretries' = '3'"),
       sql_connector,
       "5.1.0-1.20",
       {"blocker The table connector \"kinesis\" has no option \"scan.shard.getiterator.maxretries\" any more"}},
      {"the new options",
       kinesis_table("'stream.arn' = 'a', 'source.init.position' = 'LATEST'"),
       sql_connector,
       "5.1.0-1.20",
       {}},
      {"the old options of the old connector",
       kinesis_table("'stream' = 'o'"),
       "flink-sql-connector-kinesis",
       "4.2.0-1.18",
       {}},
      {"the old artifact from 5.0 on",
       kinesis_table("'stream' = 'o'"),
       "flink-sql-connector-kinesis",
       "5.0.0-1.20",
       {"blocker The table connector \"kinesis\" has the option \"stream.arn\" instead of \"stream\""}},
      {"the old source under its new name",
       kinesis_table("'stream' = 'o'", "kinesis-legacy"),
       "flink-sql-connector-kinesis",
       "5.1.0-1.20",
       {}},
      {"the old source where it is gone",
       kinesis_table("'stream' = 'o'", "kinesis-legacy"),
       sql_connector,
       "6.0.0-2.0",
       {"blocker There is no table connector \"kinesis-legacy\" any more"}},
      {"another connector", kinesis_table("'stream' = 'o'", "firehose"), sql_connector, "5.1.0-1.20", {}},
      {"options without a connector",
       "SELECT * FROM t /*+ OPTIONS('scan.stream.initpos' = 'LATEST') */",
       sql_connector,
       "5.1.0-1.20",
       {}},
  };
  for (const Case& one : cases) {
    INFO(one.name);
    UpgradeBuilder builder = with_table("1.20", one.sql);
    builder.dependency(kGroup, one.artifact, one.version);
    CHECK(findings_of(builder.assess(), "table-option-refused") == one.findings);
  }
}

TEST_CASE("table-option-refused says where the option is and what to write") {
  const Assessment assessment = with_table("1.20", kinesis_table("'stream' = 'o'"))
                                    .dependency(kGroup, "flink-sql-connector-aws-kinesis-streams", "5.1.0-1.20")
                                    .assess();
  const auto finding = std::ranges::find(assessment.findings, "table-option-refused", &Finding::rule);
  REQUIRE(finding != assessment.findings.end());
  CHECK(finding->subject.name == "kinesis/stream");
  CHECK(finding->evidence == std::vector<std::string>{"com.example.Main: table orders"});
  CHECK(finding->location.entry == "com.example.Main.class");
  CHECK(finding->remedy.find("stream's ARN") != std::string::npos);
  CHECK(finding->message.find("flink-sql-connector-aws-kinesis-streams:5.1.0-1.20") != std::string::npos);
}

TEST_CASE("table-option-refused does not guess the connector's release") {
  UpgradeBuilder nothing_named = with_table("1.20", kinesis_table("'stream' = 'o'"));
  CHECK(findings_of(nothing_named.assess(), "table-option-refused").empty());
  const std::string what = "whether the option \"stream\" of the table connector \"kinesis\" is still taken: ";
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
  CHECK(has(unknowns(nothing_named.assess()),
            what + "its release is not known: neither a build file nor the JAR names it"));

  UpgradeBuilder no_version = with_table("1.20", kinesis_table("'stream' = 'o'"));
  no_version.dependency(kGroup, "flink-sql-connector-kinesis", "");
  CHECK(findings_of(no_version.assess(), "table-option-refused").empty());
  CHECK(has(unknowns(no_version.assess()), what + "its release is not known: the property is not defined"));

  // Each release for Flink 2.x refuses it, whichever it is; of those for a release that nobody knows, nothing is known.
  CHECK(findings_of(with_table("2.2", kinesis_table("'stream' = 'o'")).assess(), "table-option-refused").size() == 1);
  CHECK(findings_of(with_table("2.9", kinesis_table("'stream' = 'o'")).assess(), "table-option-refused").empty());
  CHECK_FALSE(unknowns(with_table("2.9", kinesis_table("'stream' = 'o'")).assess()).empty());

  const std::string pieces = "CREATE TABLE orders (id INT) WITH ('connector' = 'kinesis', ";
  CHECK(has(unknowns(with_table("2.2", pieces).assess()),
            "the table options in com.example.Main: its SQL is put together from pieces while the job runs"));
}

TEST_CASE("table-option-refused leaves libraries alone") {
  UpgradeBuilder builder("2.2");
  builder.application().add_class("org.apache.flink.connector.kinesis.table.Example", 55);
  builder.table_text("org.apache.flink.connector.kinesis.table.Example", kinesis_table("'stream' = 'o'"));
  CHECK(findings_of(builder.assess(), "table-option-refused").empty());
}

TEST_CASE("successor-does-less") {
  const std::string source = "org.apache.flink.connector.kinesis.source.KinesisStreamsSource";
  const std::string consumer = "org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer";
  const Titles aggregates = {"medium KinesisStreamsSource does not take aggregated records apart"};
  const auto new_job = [&] {
    UpgradeBuilder builder("1.20");
    builder.from("1.18").application().calls(kMain, source, "builder", 12);
    return builder;
  };
  // The job that it builds was read, as it is where the release that runs it is known.
  const auto running = [](UpgradeBuilder& builder, const std::string& user, const std::string& used) {
    ApplicationJar old;
    old.path = "old.jar";
    old.manifest.main_attributes["main-class"] = "com.example.Main";
    old.classes.resize(1);
    const auto texts = std::make_shared<TextStore>();
    old.texts = texts;
    old.classes[0].name = texts->keep(user);
    old.classes[0].entry = texts->keep(user + ".class");
    old.external_classes = {{texts->keep(used), {0}}};
    builder.upgrade().running_application = old;
    builder.upgrade().running_job.emplace();
  };

  UpgradeBuilder by_jar = new_job();
  running(by_jar, "com.example.Main", consumer);
  CHECK(findings_of(by_jar.assess(), "successor-does-less") == aggregates);
  const Assessment assessment = by_jar.assess();
  const auto finding = std::ranges::find(assessment.findings, "successor-does-less", &Finding::rule);
  REQUIRE(finding != assessment.findings.end());
  CHECK(finding->evidence == std::vector<std::string>{"com.example.Main of the running JAR uses " + consumer,
                                                      "com.example.Main uses " + source});

  UpgradeBuilder by_state = new_job();
  by_state.operator_with_state("source", "Kinesis-Stream-Shard-State", test::long_serializer());
  CHECK(findings_of(by_state.assess(), "successor-does-less") == aggregates);

  UpgradeBuilder packed_only = new_job();
  running(packed_only, "org.apache.flink.streaming.connectors.kinesis.table.KinesisDynamicSource", consumer);
  CHECK(findings_of(packed_only.assess(), "successor-does-less").empty());

  UpgradeBuilder the_same = new_job();
  running(the_same, "com.example.Main", source);
  CHECK(findings_of(the_same.assess(), "successor-does-less").empty());

  UpgradeBuilder cured = new_job();
  cured.calls(kMain, "software.amazon.kinesis.retrieval.AggregatorUtil", "deaggregate", 30);
  running(cured, "com.example.Main", consumer);
  CHECK(findings_of(cured.assess(), "successor-does-less").empty());

  UpgradeBuilder still_old("1.20");
  still_old.application().calls(kMain, consumer, "<init>", 12);
  running(still_old, "com.example.Main", consumer);
  CHECK(findings_of(still_old.assess(), "successor-does-less").empty());
}

TEST_CASE("A predecessor that the running JAR packs is seen by what refers to it") {
  const std::string producer = "org.apache.flink.streaming.connectors.kinesis.FlinkKinesisProducer";
  UpgradeBuilder builder("1.20");
  builder.application().calls(kMain, "org.apache.flink.connector.kinesis.sink.KinesisStreamsSink", "builder", 12);
  ApplicationJar old;
  old.path = "old.jar";
  old.classes.resize(2);
  old.classes[0].name = "com.example.Main";
  old.classes[1].name = producer;
  old.reference_starts = {0, 1, 1};
  old.reference_targets = {1};
  builder.upgrade().running_application = old;
  builder.upgrade().running_job.emplace();
  CHECK(findings_of(builder.assess(), "successor-does-less") ==
        Titles{"low KinesisStreamsSink does not aggregate records"});
  old.reference_starts = {0, 0, 0};
  old.reference_targets = {};
  builder.upgrade().running_application = old;
  CHECK(findings_of(builder.assess(), "successor-does-less").empty());
}

TEST_CASE("Every row about options of tables stands once, with its source") {
  std::set<std::pair<std::string, std::string>> seen;
  for (const TableOptionChange& row : embedded_table().table_options) {
    INFO(row.connector << " " << row.option);
    CHECK(seen.emplace(row.connector, row.option).second);
    CHECK(row.new_option != row.option);
    CHECK_FALSE(row.sources.empty());
    CHECK_FALSE(row.artifacts.empty());
  }
  CHECK(seen.size() >= 14);
}
