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

  /// Applies what `check --patch` writes.
  void cure(const Texts& options) {
    const auto diff = folder_.path() / "cure.diff";
    Texts arguments = options;
    arguments.insert(arguments.end(), {"--pom", path(), "--patch", diff.string()});
    checked(arguments);
    REQUIRE_FALSE(content(diff).empty());
    // The diff names the pom by its path from the root, where patch would not go by itself.
    REQUIRE(std::system(("patch --binary -s " + path() + " < " + diff.string()).c_str()) == 0);
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
      {"FlinkKinesisConsumer to KinesisStreamsSource", "kinesis-legacy-source", "2.2", {}, {}},
      {"Amazon's Kinesis connector to Apache's", "kinesis-amazon-fork", "1.20", {}, {}},
      {"Amazon's Kinesis connector to KinesisStreamsSource", "kinesis-amazon-fork", "2.2", {}, {}},
      {"the Kinesis SQL connector 4.x to 5.x", "kinesis-sql", "1.20", {}, {}},
      {"the Kafka connector 3.x to 4.x", "kafka-3", "2.2", {}, {}},
      {"connectors without a release", "connectors-without-release", "2.2", {}, {}},
      {"Scala 2.11 to 2.12", "scala-2.11", "1.20", {}, {}},
      {"Scala 2.12 to none", "scala-2.12", "2.2", {}, {}},
      {"Java 11 to 17", "java-11", "2.2", {}, {}},
      {"the compressed snapshots of 1.18.1", "compressed-snapshot", "1.18.1", {}, {}},
      {"the release with the cure", "compressed-snapshot", "1.18.2", {}, {}},
  }));
  INFO(row.name);
  FixturePom pom(row.fixture);
  CHECK(findings_of(checked({"--target", row.target, "--pom", pom.path()})) == row.found);
  if (row.found != row.left)
    pom.cure({"--target", row.target});
  CHECK(findings_of(checked({"--target", row.target, "--pom", pom.path()})) == row.left);
}
