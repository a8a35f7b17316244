// check --deployment: what rules find in files as the tools write them, and the way back.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>

#include "command_run.h"
#include "on_day.h"
#include "parsers/archive/zip_builder.h"
#include "parsers/classfile/class_file_builder.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::on_one_line;
using preflight::test::run;

namespace {

using Texts = std::vector<std::string>;

/// A JAR whose main method asks the managed service for its properties, and has this text.
std::string jar_that_reads_properties(std::string_view text) {
  using namespace preflight::test;
  ClassFileBuilder job;
  job.access_flags = 0x21;
  const std::uint16_t asks = job.member(10, "com/amazonaws/services/kinesisanalytics/runtime/KinesisAnalyticsRuntime",
                                        "getApplicationProperties", "()Ljava/util/Map;");
  const std::uint16_t group = job.string(text);
  // invokestatic, pop, ldc_w, pop, return
  const Bytes code = Bytes().u1(0xB8).u2(asks).u1(0x57).u1(0x13).u2(group).u1(0x57).u1(0xB1);
  job.method_with_code(0x9, "main", "([Ljava/lang/String;)V", code);
  const std::vector<std::byte> bytes = job.build();
  return ZipBuilder()
      .add("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: com.example.Job\n")
      .add("com/example/Job.class", {reinterpret_cast<const char*>(bytes.data()), bytes.size()})
      .build();
}

}  // namespace

TEST_CASE("property groups are held against the texts of the JAR though no savepoint is given") {
  const InProjectFolder here;
  struct Row {
    const char* text;
    bool found;
  };
  const Row row = GENERATE(values<Row>({{"InputStream", false}, {"OutputStream", true}}));
  const preflight::test::TemporaryFolder folder;
  const auto jar = folder.write("job.jar", jar_that_reads_properties(row.text));
  const CommandRun result = run(
      {"check", "--target", "2.2", "--app", jar.string(), "--deployment", "fixtures/deployments/msf-describe.json"});
  INFO(result.out << result.err);
  CHECK((on_one_line(result.out).find("the property group \"InputStream\"") != std::string::npos) == row.found);
}

TEST_CASE("check --source-retention") {
  const InProjectFolder here;
  const preflight::test::TemporaryFolder folder;
  const auto update = folder.write("update.json", R"({"ApplicationName": "orders", "CurrentApplicationVersionId": 3,
 "RunConfigurationUpdate": {"ApplicationRestoreConfiguration": {
  "ApplicationRestoreType": "RESTORE_FROM_CUSTOM_SNAPSHOT", "SnapshotName": "before-2-2"}}})");
  const auto with = [&](const Texts& more) {
    Texts arguments{"check",         "--from",       "1.20",
                    "--target",      "2.2",          "--deployment",
                    update.string(), "--deployment", "fixtures/deployments/msf-snapshots.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  };
  SECTION("a snapshot of a week and a minute before") {
    const preflight::test::OnDay at("1788855224");
    const CommandRun result = with({"--source-retention", "7d"});
    INFO(result.out << result.err);
    CHECK_THAT(on_one_line(result.out), Catch::Contains("Snapshot \"before-2-2\" is older than the 7 days"));
  }
  SECTION("not given") {
    const CommandRun result = with({"--format", "json"});
    CHECK_THAT(result.out, Catch::Contains("(--source-retention)"));
  }
  SECTION("no duration") {
    const auto text = GENERATE(as<std::string>{}, "7", "0d", "d", "1w", "7 d", "-1h", "100001h", "");
    CAPTURE(text);
    const CommandRun result = with({"--source-retention", text});
    CHECK(result.code == 2);
    CHECK_THAT(on_one_line(result.err),
               Catch::Contains("expected a number of hours or days from 1 to 100000, such as 24h or 7d"));
  }
}

TEST_CASE("check with a deployment") {
  const InProjectFolder here;
  struct Row {
    const char* name;
    Texts arguments;
    int code;
    Texts contains;
    Texts lacks;
  };
  const Row row = GENERATE(values<Row>({
      {"an application of the managed service",
       {"--target", "2.2", "--deployment", "fixtures/deployments/msf-describe.json"},
       0,
       {"automatic-rollback-off", "fixtures/deployments/msf-describe.json:", "The way back: by hand",
        "rollback-application \\ --application-name orders"},
       {"deployment-without-snapshots", "kubectl", "Hunter2"}},
      {"a resource of the Kubernetes operator",
       {"--from", "1.20", "--target", "2.2", "--deployment", "fixtures/deployments/kubernetes.yaml"},
       1,
       {"last-state-across-releases", "last-state-ignores-flag", "deployment-runtime-mismatch",
        "state.checkpoints.dir is called execution.checkpointing.dir since Flink 1.20", "The way back: with losses"},
       {"aws kinesisanalyticsv2", "Hunter2"}},
      {"the old configuration file on 2.x",
       {"--from", "1.20", "--target", "2.2", "--deployment", "fixtures/deployments/flink-conf.yaml"},
       1,
       {"configuration-file-not-read", "bin/migrate-config-file.sh"},
       {"Hunter2"}},
      {"the same on 1.18",
       {"--from", "1.17", "--target", "1.18", "--deployment", "fixtures/deployments/flink-conf.yaml"},
       0,
       {},
       {"configuration-file-not-read"}},
      {"without a deployment",
       {"--from", "1.20", "--target", "2.2", "--pom", "fixtures/poms/clean-2.2/pom.xml"},
       0,
       {"The way back: not known", "no deployment was given (--deployment)", "no savepoint of the running job"},
       {}},
  }));
  INFO(row.name);
  Texts arguments{"check"};
  arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
  const CommandRun result = run(arguments);
  INFO(result.out << result.err);
  CHECK(result.code == row.code);
  for (const std::string& text : row.contains)
    CHECK_THAT(on_one_line(result.out), Catch::Contains(text));
  for (const std::string& text : row.lacks)
    CHECK_THAT(result.out, !Catch::Contains(text));
}

TEST_CASE("the way back in the JSON report") {
  const InProjectFolder here;
  const CommandRun result =
      run({"check", "--target", "2.2", "--deployment", "fixtures/deployments/msf-describe.json", "--format", "json"});
  rapidjson::Document json;
  REQUIRE_FALSE(json.Parse(result.out.c_str(), result.out.size()).HasParseError());
  REQUIRE(json.HasMember("rollback"));
  CHECK(std::string(json["rollback"]["verdict"].GetString()) == "by-hand");
  CHECK(json["rollback"]["commands"].Size() == 2);
  REQUIRE(json["rollback"]["locations"].Size() == 2);
  CHECK(json["rollback"]["locations"][0]["line"].GetInt() > 1);
}
