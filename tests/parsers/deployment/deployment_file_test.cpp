// Each format as its tool writes it: what is taken, with line and pointer, what is left unknown, and what is an error.
#include "deployment/deployment_file.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "fixture_paths.h"
#include "shown_deployment.h"

using namespace preflight;
using preflight::test::deployment_fixture;
using preflight::test::shown;

namespace {

using Texts = std::vector<std::string>;

/// Lines that must be among what is shown.
void check_lines(const std::string& all, const Texts& lines) {
  INFO(all);
  for (const std::string& line : lines) {
    CAPTURE(line);
    CHECK(("\n" + all).find("\n" + line) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("Each fixture is read as what it is") {
  struct Row {
    const char* file;
    Texts lines;
  };
  const Row row = GENERATE(values<Row>({
      {"msf-describe.json",
       {"describe-application orders @2 /ApplicationDetail",
        "runtime=FLINK-1_20 @6 /ApplicationDetail/RuntimeEnvironment", "status=RUNNING @8",
        "code=s3://orders-artifacts/releases/orders-1.0.jar @20", "restore=latest-snapshot @26",
        "allow_non_restored_state=false @29", "snapshots_enabled=true @71", "automatic_rollback=false @74",
        "customer_managed_key=false @77", "parallelism=8 @46", "parallelism_per_kpu=2 @47", "auto_scaling=true @49",
        "checkpointing_enabled=true @35", "InputStream/aws.region: eu-central-1 @57",
        "Warehouse/jdbc.password: ******"}},
      {"msf-update.json",
       {"update-application orders @1", "runtime=FLINK-2_2 @4 /RuntimeEnvironmentUpdate",
        "code=releases/orders-2.0.jar @9", "restore=named-snapshot @41", "snapshot_name=before-2-2 @42",
        "allow_non_restored_state=true @38", "snapshots_enabled=true @30", "automatic_rollback=true @33",
        "parallelism=1 @15", "parallelism_per_kpu=1 @15",
        "unknown `ParallelismUpdate` is ignored by the service, as the ConfigurationType beside it (line 15) is "
        "DEFAULT"}},
      {"msf-snapshots.json",
       {"application snapshots", "kept before-2-2 READY 2026-09-01T10:12:44+02:00 FLINK-1_20 @3 /SnapshotSummaries/0",
        "kept nightly CREATING 1788300000.125 - @10 /SnapshotSummaries/1"}},
      {"msf-snapshot.json", {"kept before-2-2 READY 2026-09-01T10:12:44+02:00 FLINK-1_20 @2 /SnapshotDetails"}},
      {"terraform-plan.json",
       {"Terraform JSON orders @29 /planned_values/root_module/child_modules/0/resources/0/values",
        "runtime=FLINK-2_2 @95", "parallelism=300 @81", "snapshots_enabled=true @50", "checkpointing_enabled=true @71",
        "Warehouse/endpoint: warehouse.example.com @59", "Warehouse/user.code: ****** @60",
        "unknown `file_key` is not told: Terraform knows it only after apply"}},
      {"terraform-state.json",
       {"Terraform JSON orders @14", "runtime=FLINK-1_18 @39", "status=READY @40", "parallelism=1 @23"}},
      {"terraform.tfstate.json",
       {"Terraform JSON orders @16 /resources/0/instances/0/attributes", "runtime=FLINK-1_19 @18", "status=RUNNING"}},
      {"application.tf.json",
       {"Terraform JSON orders @5", "runtime=FLINK-2_2 @7", "parallelism_per_kpu=4 @15", "Sink/table: orders @21",
        "unknown `parallelism` is not told: ${var.parallelism} @14"}},
      {"main.tf",
       {"Terraform configuration orders @24", "runtime=FLINK-2_2 @26", "restore=nothing @47",
        "allow_non_restored_state=true @50", "snapshots_enabled=false @42", "checkpointing_enabled=true @56",
        "InputStream/query: SELECT country, SUM(amount)\n  FROM orders\n @71", "InputStream/api.token: ******",
        "unknown `parallelism` is not told: var.parallelism @60",
        "unknown `file_key` is not told: aws_s3_object.jar.key",
        "unknown `regions` is not told: join(\",\", [\"a\", \"b\"]) @81"}},
      {"production.tfvars",
       {"Terraform variables", "runtime=FLINK-2_2 @3 /runtime_environment", "parallelism=16 @4 /parallelism",
        "allow_non_restored_state=false @5",
        "unknown `parallelism` is a variable: it is taken for the application's attribute of that name @4"}},
      {"production.tfvars.json", {"Terraform variables", "runtime=FLINK-2_2 @3", "snapshots_enabled=true @4"}},
      {"cloudformation.yaml",
       {"CloudFormation template Orders @21 /Resources/Orders/Properties", "runtime=FLINK-2_2 @22",
        "code=s3://orders-artifacts/releases/orders-2.0.jar @30", "customer_managed_key=true @52",
        "Warehouse/login: ****** @45",
        "unknown `RuntimeEnvironment` is taken to be the default of the parameter Runtime: a stack may be given "
        "another",
        "unknown `Parallelism` is not told: !Ref Parallelism @37",
        "unknown `CheckpointingEnabled` is not told: !If of a list or an object @34",
        "unknown `ApplicationName` is not told: !Sub orders-${AWS::Region}"}},
      {"cdk.template.json",
       {"CloudFormation template OrdersAF8B7C60 @16", "runtime=FLINK-1_20 @59", "parallelism=8 @54",
        "unknown `BucketARN` is not told: !Join of a list or an object @21"}},
      {"kubernetes.yaml",
       {"FlinkDeployment orders @6 /1", "runtime=v1_20 @13 /1/spec/flinkVersion", "restore=latest-checkpoint @40",
        "allow_non_restored_state=true @41", "entry_class=com.example.orders.OrdersJob @34",
        "pipeline.max-parallelism: 128 @16", "argument --db-password\nargument ******\nargument --window=5m",
        "FlinkSessionJob visits @43 /2", "restore=savepoint @52",
        "snapshot_name=s3://orders-state/savepoints/savepoint-5f0c1a-7d2e @53"}},
      {"kubernetes-status.yaml",
       {"FlinkDeployment orders @3 /items/0", "status=RUNNING @35 /items/0/status/jobStatus/state",
        "kept s3://orders-state/savepoints/savepoint-3f7a5d-91c2 READY 1788256800000 - @32",
        "execution.checkpointing.interval: 60 s @14"}},
      {"flink-conf.yaml",
       {"flink-conf.yaml", "parallelism=6 @11", "allow_non_restored_state=true @8",
        "env.java.opts: -Dlog.level=INFO: yes -XX:+UseG1GC @7", "unknown line 10 has no \"key: value\"",
        "unknown `parallelism.default` is set in line 4 too: Flink takes the last @11"}},
      {"config.yaml",
       {"config.yaml", "parallelism=4 @5", "state.backend.type: rocksdb @8 /state/backend/type",
        "pipeline.max-parallelism: 720 @11", "pipeline.jars: [file:///opt/a.jar, file:///opt/b.jar] @12"}},
      {"start.sh",
       {"flink run  @6", "code=/opt/jobs/orders.jar @14", "entry_class=com.example.orders.OrdersJob @11 -c",
        "restore=named-snapshot @8 --fromSavepoint", "allow_non_restored_state=true @8", "parallelism=4 @10 -p",
        "claim_mode=NO_CLAIM @9", "pipeline.max-parallelism: 128 @12 -Dpipeline.max-parallelism",
        "state.backend.type: rocksdb @12", "argument 5 minutes", "flink run  @17", "target=run-application @17",
        "unknown -p is $PARALLELISM: only the shell knows its value @17"}},
  }));
  CAPTURE(row.file);
  const std::string text = deployment_fixture(row.file);
  REQUIRE_FALSE(text.empty());
  check_lines(shown(text, row.file), row.lines);
}

TEST_CASE("No fixture has a secret that is shown") {
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(test::fixtures() / "deployments")) {
    if (!file.is_regular_file())
      continue;
    const std::string text = deployment_fixture(file.path().filename());
    if (file.path().extension() == ".md")
      continue;
    const std::string all = shown(text, file.path().filename());
    INFO(all);
    CHECK(all.find("Hunter2") == std::string::npos);
    files += text.find("Hunter2") != std::string::npos ? 1 : 0;
  }
  CHECK(files >= 12);  // One of each format that can have any.
}

TEST_CASE("Small deployments") {
  const auto [name, text, line] = GENERATE(table<std::string, std::string, std::string>({
      {"a.json", R"({"ApplicationDetail": {"ApplicationName": "a", "Unknown": {"x": [1]}}})", "describe-application a"},
      {"a.json",
       R"({"ApplicationDetail": {"ApplicationConfigurationDescription": {"FlinkApplicationConfigurationDescription":
           {"ParallelismConfigurationDescription": {"ConfigurationType": "DEFAULT", "Parallelism": 3}}}}})",
       "parallelism=3 @2"},
      {"a.json", R"({"ApplicationName": "a", "ConditionalToken": "x"})", "update-application a"},
      {"a.json", R"({"ApplicationDetail": {"ApplicationConfigurationDescription": {"RunConfigurationDescription":
           {"ApplicationRestoreConfigurationDescription": {"ApplicationRestoreType": "RESTORE_LATER"}}}}})",
       "unknown the restore type \"RESTORE_LATER\" is not known @2"},
      {"a.json", R"({"SnapshotSummaries": []})", "application snapshots"},
      {"-", "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  job: {jarURI: a.jar}\n",
       "restore=nothing @4 /spec/job"},
      {"-", "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  job: {parallelism: \"${P}\"}\n",
       "unknown `parallelism` is not told: another tool fills ${P} in @4"},
      {"-", "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  flinkVersion: '{{ .Values.v }}'\n",
       "unknown `flinkVersion` is not told: another tool fills {{ .Values.v }} in @4"},
      {"-",
       "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  job: {jarURI: a.jar, upgradeMode: "
       "savepoint,\n    initialSavepointPath: s3://a, savepointRedeployNonce: 2}\n",
       "restore=named-snapshot @5 /spec/job/initialSavepointPath"},
      {"-",
       "apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  flinkConfiguration:\n"
       "    execution.savepoint.path: s3://a\n    parallelism.default: \"3\"\n",
       "parallelism=3 @6 /spec/flinkConfiguration/parallelism.default"},
      {"-", "taskmanager:\n  numberOfTaskSlots: 2\n", "taskmanager.numberOfTaskSlots: 2 @2"},
      {"config.yaml", "my.key: 2\n", "my.key: 2 @1"},
      {"flink-conf-production.yaml", "a: b: c # d\n", "a: b: c @1"},
      {"flink-conf.yaml", "execution.savepoint-restore-mode: claim\r\n", "claim_mode=CLAIM @1"},
      {"variables.tfvars", "x = 1\n",
       "unknown no variable has the name of an attribute of aws_kinesisanalyticsv2_application"},
      {"a.tf",
       "resource aws_kinesisanalyticsv2_application a {\n  application_configuration {\n    dynamic "
       "\"run_configuration\" {\n      for_each = [1]\n      content {}\n    }\n  }\n}\n",
       "unknown `run_configuration` is not told: a dynamic block makes it @3"},
      {"template.yml",
       "Resources:\n  A:\n    Type: AWS::KinesisAnalyticsV2::Application\n    Properties:\n"
       "      ApplicationConfiguration: !Ref Everything\n",
       "unknown `ApplicationConfiguration` is not told: !Ref Everything @5"},
      {"-", "flink run -p 3 a.jar", "parallelism=3 @1 -p"},
  }));
  check_lines(shown(text, name), {line});
}

TEST_CASE("What is none of them says where and what was expected") {
  const auto [name, text, message] = GENERATE(table<std::string, std::string, std::string>({
      {"a.json", "", "a.json:1: expected a deployment: describe-application"},
      {"a.json", "{\"a\": 1}", "a.json:1: expected a deployment"},
      {"a.json", "{\n\"ApplicationDetail\": 7}", "a.json:2: at /ApplicationDetail: expected an object"},
      {"a.json", "{\"ApplicationDetail\":\n{\"RuntimeEnvironment\": [1]}}",
       "a.json:2: at /ApplicationDetail/RuntimeEnvironment: expected a text"},
      {"a.json", "{\"ApplicationDetail\":", "a.json:1: expected JSON"},
      {"a.json", "{\"SnapshotSummaries\": {}}", "at /SnapshotSummaries: expected an array of snapshots"},
      {"a.json", "{\"SnapshotSummaries\": [\n3]}", "a.json:2: at /SnapshotSummaries/0: expected an object"},
      {"a.json",
       "{\"ApplicationDetail\": "
       "{\"ApplicationConfigurationDescription\":\n{\"ApplicationSnapshotConfigurationDescription\":"
       "\n{\"SnapshotsEnabled\": \"Hunter2\"}}}}",
       "a.json:3: at "
       "/ApplicationDetail/ApplicationConfigurationDescription/ApplicationSnapshotConfigurationDescription/"
       "SnapshotsEnabled: expected true or false"},
      {"a.yaml", "kind: Pod\napiVersion: v1\n",
       "a.yaml:1: expected a FlinkDeployment or a FlinkSessionJob of flink.apache.org, found other resources alone"},
      {"a.yaml", "kind: FlinkDeployment\napiVersion: flink.apache.org/v1beta1\n",
       "a.yaml:1: at /: expected a spec in the FlinkDeployment"},
      {"a.yaml", "kind: FlinkDeployment\napiVersion: flink.apache.org/v1beta1\nspec:\n  job:\n    parallelism: many\n",
       "a.yaml:5: at /spec/job/parallelism: expected a whole number"},
      {"a.yaml", "kind: FlinkDeployment\napiVersion: flink.apache.org/v1beta1\nspec:\n  job: []\n",
       "a.yaml:4: at /spec/job: expected an object"},
      {"a.yaml", "kind: [\n", "expected YAML"},
      {"a.yaml", "AWSTemplateFormatVersion: x\n", "expected an AWS::KinesisAnalyticsV2::Application, found other"},
      {"a.yaml", "Resources:\n  A:\n    Type: AWS::KinesisAnalyticsV2::Application\n",
       "a.yaml:3: at /Resources/A: expected the Properties of an application"},
      {"a.json", "{\"terraform_version\": \"1.9\"}", "expected an aws_kinesisanalyticsv2_application, found other"},
      {"a.tf", "resource \"x\" \"y\" {\n", "a.tf:2: expected an attribute or a block"},
      {"a.tf", "a = \"x\n", "a.tf:1: expected the end of a text in quotes"},
      {"a.tf", "locals {}\n", "expected an aws_kinesisanalyticsv2_application, found other"},
      {"a.tfvars", "= 3\n", "a.tfvars:1: expected an attribute or a block"},
      {"a.tfvars", "parallelism = \"Hunter2\"\n", "a.tfvars:1: at /parallelism: expected a whole number"},
      {"a.tfvars.json", "[]", "a.tfvars.json:1: at /: expected variables and their values"},
      {"flink-conf.yaml", "# nothing\n", "flink-conf.yaml:1: expected a flink-conf.yaml with lines"},
      {"config.yaml", "parallelism.default: x\n", "config.yaml:1: at /parallelism.default: expected a whole number"},
      {"config.yaml", "pipeline:\n  jars: [[a]]\n", "config.yaml:2: at /pipeline/jars/0: expected a text"},
      {"run.sh", "flink run -p two a.jar", "run.sh:1: at -p: expected a whole number"},
      {"run.sh", "flink run -s", "run.sh:1: at /-s: expected a value behind the option"},
      {"run.sh", "echo flink; run", "expected a deployment"},
  }));
  CAPTURE(text);
  const std::string all = shown(text, name);
  CHECK_THAT(all, Catch::Contains(message));
  CHECK(all.find("Hunter2") == std::string::npos);
}

TEST_CASE("Each broken fixture is refused with file, line and what was expected") {
  const auto [file, message] = GENERATE(table<std::string, std::string>({
      {"msf-describe.json", ":71: at /ApplicationDetail/ApplicationConfigurationDescription/"},
      {"msf-update.json", ":36: expected JSON"},
      {"msf-snapshots.json", ":11: at /SnapshotSummaries/1/SnapshotName: expected a text"},
      {"terraform-plan.json", ":81: at /planned_values/root_module/child_modules/0/resources/0/values/"},
      {"terraform-state.json", ":1: expected an aws_kinesisanalyticsv2_application, found other resources alone"},
      {"application.tf.json", ":18: at /resource/aws_kinesisanalyticsv2_application/orders/"},
      {"main.tf", ":61: expected the end of a text in quotes"},
      {"production.tfvars", ":4: at /parallelism: expected a whole number"},
      {"production.tfvars.json", ":4: at /snapshots_enabled: expected true or false"},
      {"cloudformation.yaml", ":50: at /Resources/Orders/Properties/"},
      {"cdk.template.json", ":59: expected JSON"},
      {"kubernetes.yaml", ":39: at /1/spec/job/parallelism: expected a whole number"},
      {"session-job.yaml", ":9: expected YAML"},
      {"flink-conf.yaml", ":2: expected a flink-conf.yaml with lines of \"key: value\", found none"},
      {"config.yaml", ":4: expected YAML"},
      {"start.sh", ":3: at -p: expected a whole number"},
  }));
  const std::string all = shown(deployment_fixture("broken/" + file), file);
  CHECK_THAT(all, Catch::StartsWith(file + message));
  CHECK(all.find("Hunter2") == std::string::npos);
}

TEST_CASE("A file that is not there, or a folder, is an error") {
  CHECK_THROWS_WITH(read_deployments("/no/such/file"), Catch::Contains("no such file"));
  CHECK_THROWS_WITH(read_deployments(test::fixtures()), Catch::Contains("a directory"));
}
