// check --deployment: what rules find in files as the tools write them, and the way back.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>

#include "command_run.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::on_one_line;
using preflight::test::run;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

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
