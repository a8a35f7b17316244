// The migrations that users meet most, each with a pom of its own in fixtures/poms: what check finds in it, what to do,
// and what is left once --patch was applied.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "command_run.h"
#include "fixture_paths.h"
#include "parsers/archive/zip_builder.h"
#include "parsers/classfile/class_file_builder.h"
#include "temporary_folder.h"

using preflight::test::Bytes;
using preflight::test::ClassFileBuilder;
using preflight::test::fixtures;
using preflight::test::run;
using preflight::test::TemporaryFolder;
using preflight::test::ZipBuilder;

namespace {

using Texts = std::vector<std::string>;

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

rapidjson::Document checked(const Texts& more) {
  Texts arguments{"check", "--maven-repository", "none", "--format", "json", "--fail-on", "never"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const auto result = run(arguments);
  INFO(result.err);
  REQUIRE(result.code == 0);
  rapidjson::Document report;
  report.Parse(result.out.c_str());
  REQUIRE_FALSE(report.HasParseError());
  return report;
}

/// "severity rule subject" of each finding.
Texts findings_of(const rapidjson::Document& report) {
  Texts texts;
  for (const auto& finding : report["findings"].GetArray())
    texts.push_back(std::string(finding["severity"].GetString()) + " " + finding["rule"].GetString() + " " +
                    finding["subject"]["name"].GetString());
  return texts;
}

/// The text of one finding, "" where there is none.
std::string text_of(const rapidjson::Document& report, const std::string& rule, const char* key) {
  for (const auto& finding : report["findings"].GetArray())
    if (finding["rule"].GetString() == rule)
      return finding[key].GetString();
  return "";
}

/// A copy of a fixture's pom that --patch may change.
class FixturePom {
 public:
  explicit FixturePom(const std::string& name)
      : path_(folder_.write("pom.xml", content(fixtures() / "poms" / name / "pom.xml"))) {}

  std::string path() const { return path_.string(); }

  /// Applies what `check --patch` writes, where the check was: a pom outside the current folder has no diff.
  void cure(const Texts& options) {
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
    Texts arguments = options;
    arguments.insert(arguments.end(), {"--pom", "pom.xml", "--patch", "cure.diff"});
    checked(arguments);
    const bool applied = !content("cure.diff").empty() && std::system("git apply cure.diff") == 0;
    std::filesystem::current_path(before);
    REQUIRE(applied);
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_;
};

/// A class file whose main method calls a static method, and has a text.
std::string job_class(const char* owner, const char* method, std::string_view text, int major_version = 55) {
  ClassFileBuilder job;
  job.access_flags = 0x21;
  job.major_version = static_cast<std::uint16_t>(major_version);
  const std::uint16_t called = job.member(10, owner, method, "()V");
  const std::uint16_t constant = job.string(text);
  // invokestatic, ldc_w, pop, return
  const Bytes code = Bytes().u1(0xB8).u2(called).u1(0x13).u2(constant).u1(0x57).u1(0xB1);
  job.method_with_code(0x9, "main", "([Ljava/lang/String;)V", code);
  const std::vector<std::byte> bytes = job.build();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string jar_of(const std::string& class_file) {
  return ZipBuilder()
      .add("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: com.example.Job\n")
      .add("com/example/Job.class", class_file)
      .build();
}

}  // namespace

TEST_CASE("The poms of the migrations") {
  struct Row {
    const char* name;
    const char* fixture;
    const char* target;
    Texts found;
    Texts left;  ///< After --patch.
  };
  const Row row = GENERATE(values<Row>({
      {"FlinkKinesisConsumer to KinesisStreamsSource",
       "kinesis-legacy-source",
       "2.2",
       {"blocker artifact-retired org.apache.flink:flink-connector-kinesis",
        "high flink-dependency-version-mismatch ${flink.version}"},
       {"blocker artifact-retired org.apache.flink:flink-connector-kinesis"}},
      {"Amazon's Kinesis connector to Apache's",
       "kinesis-amazon-fork",
       "1.20",
       {"blocker artifact-retired software.amazon.kinesis:amazon-kinesis-connector-flink",
        "high artifact-retired org.apache.flink:flink-streaming-java_2.12"},
       {"blocker artifact-retired software.amazon.kinesis:amazon-kinesis-connector-flink"}},
      {"Amazon's Kinesis connector to KinesisStreamsSource",
       "kinesis-amazon-fork",
       "2.2",
       {"blocker artifact-retired software.amazon.kinesis:amazon-kinesis-connector-flink",
        "high artifact-retired org.apache.flink:flink-streaming-java_2.12"},
       {"blocker artifact-retired software.amazon.kinesis:amazon-kinesis-connector-flink"}},
      {"the Kinesis SQL connector 4.x to 5.x",
       "kinesis-sql",
       "1.20",
       {"high connector-version-mismatch org.apache.flink:flink-sql-connector-kinesis",
        "high flink-dependency-version-mismatch ${flink.version}",
        "medium known-bug-met org.apache.flink:flink-sql-connector-kinesis FLINK-34044",
        "medium known-bug-met org.apache.flink:flink-sql-connector-kinesis FLINK-35115"},
       {}},
      {"the Kafka connector 3.x to 4.x",
       "kafka-3",
       "2.2",
       {"blocker connector-version-mismatch org.apache.flink:flink-connector-kafka",
        "high flink-dependency-version-mismatch ${flink.version}",
        "medium known-bug-met org.apache.flink:flink-connector-kafka FLINK-36780"},
       {}},
      {"connectors without a release",
       "connectors-without-release",
       "2.2",
       {"blocker connector-without-release org.apache.flink:flink-connector-mongodb",
        "blocker connector-without-release org.apache.flink:flink-connector-opensearch",
        "blocker connector-without-release org.apache.flink:flink-connector-prometheus",
        "blocker artifact-retired org.apache.flink:flink-connector-jdbc",
        "high flink-dependency-version-mismatch ${flink.version}"},
       {"blocker connector-without-release org.apache.flink:flink-connector-mongodb",
        "blocker connector-without-release org.apache.flink:flink-connector-opensearch",
        "blocker connector-without-release org.apache.flink:flink-connector-prometheus",
        "blocker artifact-retired org.apache.flink:flink-connector-jdbc"}},
      {"Scala 2.11 to 2.12",
       "scala-2.11",
       "1.20",
       {"blocker artifact-retired org.apache.flink:flink-streaming-scala_2.11",
        "high artifact-retired org.apache.flink:flink-clients_2.11",
        "high artifact-retired org.apache.flink:flink-connector-kafka_2.11"},
       {"blocker artifact-retired org.apache.flink:flink-streaming-scala_2.11",
        "medium known-bug-met org.apache.flink:flink-connector-kafka FLINK-36780"}},
      {"Scala 2.12 to none",
       "scala-2.12",
       "2.2",
       {"blocker artifact-retired org.apache.flink:flink-streaming-scala_2.12",
        "high flink-dependency-version-mismatch ${flink.version}"},
       {"blocker artifact-retired org.apache.flink:flink-streaming-scala_2.12"}},
      {"Java 11 to 17", "java-11", "2.2", {}, {}},
      {"the compressed snapshots of 1.18.1",
       "compressed-snapshot",
       "1.18.1",
       {"medium known-bug-met Flink 1.18.1 FLINK-34063"},
       {"medium known-bug-met Flink 1.18.1 FLINK-34063"}},
      {"the release with the cure", "compressed-snapshot", "1.18.2", {}, {}},
  }));
  INFO(row.name);
  FixturePom pom(row.fixture);
  CHECK(findings_of(checked({"--target", row.target, "--pom", pom.path()})) == row.found);
  if (row.found != row.left)
    pom.cure({"--target", row.target});
  CHECK(findings_of(checked({"--target", row.target, "--pom", pom.path()})) == row.left);
}

TEST_CASE("What to do about a migration stands in the finding") {
  struct Row {
    const char* fixture;
    const char* target;
    const char* rule;
    Texts remedy;
  };
  const Row row = GENERATE(values<Row>({
      {"kinesis-legacy-source",
       "2.2",
       "artifact-retired",
       {"flink-connector-aws-kinesis-streams:6.0.1-2.0", "a uid of its own", "AT_TIMESTAMP", "allow non-restored state",
        "without uids only a start without any state"}},
      {"kinesis-amazon-fork",
       "1.20",
       "artifact-retired",
       {"flink-connector-kinesis:5.1.0-1.20", "FlinkKinesisConsumerMigrator"}},
      {"kinesis-amazon-fork", "2.2", "artifact-retired", {"a uid of its own", "AT_TIMESTAMP"}},
      {"kafka-3", "2.2", "connector-version-mismatch", {"flink-connector-kafka:5.0.0-2.2"}},
      {"connectors-without-release", "2.2", "connector-without-release", {"Wait for a release for Flink 2.2"}},
      {"connectors-without-release", "2.2", "artifact-retired", {"flink-connector-jdbc-core"}},
      {"scala-2.11", "1.20", "artifact-retired", {"flink-streaming-scala_2.12", "not binary compatible"}},
      {"scala-2.12", "2.2", "artifact-retired", {"flink-streaming-java", "from Scala"}},
      {"compressed-snapshot", "1.18.1", "known-bug-met", {"1.18.2", "switch snapshot compression off"}},
  }));
  INFO(row.fixture << " " << row.rule);
  const FixturePom pom(row.fixture);
  const std::string remedy = text_of(checked({"--target", row.target, "--pom", pom.path()}), row.rule, "remedy");
  for (const std::string& text : row.remedy)
    CHECK_THAT(remedy, Catch::Contains(text));
}

TEST_CASE("The options of a Kinesis table are refused once the connector is the new one") {
  const TemporaryFolder folder;
  const auto app = [&](const std::string& options) {
    const std::string sql =
        "CREATE TABLE clicks (id INT) WITH ('connector' = 'kinesis', " + options + ", 'format' = 'json')";
    return folder.write("app.jar", jar_of(job_class("com/example/Sql", "run", sql))).string();
  };
  const std::string old_options = "'stream' = 'clicks', 'aws.region' = 'eu-west-1', 'scan.stream.initpos' = 'LATEST'";
  const auto refused = [&](const std::string& jar, const FixturePom& pom) {
    Texts names;
    for (const std::string& finding : findings_of(checked({"--target", "1.20", "--pom", pom.path(), "--app", jar})))
      if (finding.find(" table-option-refused ") != std::string::npos)
        names.push_back(finding);
    return names;
  };
  FixturePom pom("kinesis-sql");
  CHECK(refused(app(old_options), pom).empty());
  pom.cure({"--target", "1.20"});
  CHECK(refused(app(old_options), pom) == Texts{"blocker table-option-refused kinesis/scan.stream.initpos",
                                                "blocker table-option-refused kinesis/stream"});
  CHECK(refused(app("'stream.arn' = 'arn:aws:kinesis:eu-west-1:1:stream/clicks', 'aws.region' = 'eu-west-1', "
                    "'source.init.position' = 'AT_TIMESTAMP'"),
                pom)
            .empty());
}

TEST_CASE("Records of the Kinesis Producer Library are whole for the new source") {
  const TemporaryFolder folder;
  const auto jar = [&](const char* name, const char* used) {
    return folder.write(name, jar_of(job_class(used, "builder", ""))).string();
  };
  const std::string old_source = jar("old.jar", "org/apache/flink/streaming/connectors/kinesis/FlinkKinesisConsumer");
  const std::string new_source = jar("new.jar", "org/apache/flink/connector/kinesis/source/KinesisStreamsSource");
  const auto gap = [&](const std::string& running) {
    const FixturePom pom("kinesis-new-source");
    return text_of(checked({"--from", "1.19", "--target", "1.20", "--pom", pom.path(), "--running-app", running,
                            "--app", new_source}),
                   "successor-does-less", "remedy");
  };
  CHECK_THAT(gap(old_source), Catch::Contains("AggregationEnabled") && Catch::Contains("AggregatorUtil"));
  CHECK(gap(new_source).empty());
}

TEST_CASE("Java 11 to 17 is a matter of the classes, not of the pom") {
  const TemporaryFolder folder;
  const auto fires = [&](const char* target, int major_version) {
    const auto jar = folder.write("app.jar", jar_of(job_class("com/example/Other", "run", "", major_version))).string();
    const FixturePom pom("java-11");
    return !text_of(checked({"--target", target, "--platform", "msf", "--pom", pom.path(), "--app", jar}),
                    "class-file-too-new", "remedy")
                .empty();
  };
  CHECK(fires("1.20", 61));       // The runtime has Java 11.
  CHECK_FALSE(fires("2.2", 61));  // It has Java 17, which runs what was built for either.
  CHECK_FALSE(fires("2.2", 55));
  CHECK(fires("2.2", 65));
}
