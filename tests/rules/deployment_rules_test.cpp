#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "deployment_builder.h"
#include "subject_pattern.h"
#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;
using Kind = DeploymentKind;
using Build = DeploymentBuilder;

namespace {

struct Case {
  const char* rule;
  const char* target;
  Platform platform;
  Deployment deployment;
  std::vector<std::string> expected;
};

}  // namespace

TEST_CASE("Settings of a deployment that a platform or a release refuses") {
  const auto row = GENERATE(values<Case>({
      {"deployment-without-snapshots",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::snapshots_enabled, false),
       {"high Snapshots of the application are switched off"}},
      {"deployment-without-snapshots",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::snapshots_enabled, true),
       {}},
      {"automatic-rollback-off",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::automatic_rollback, false),
       {"medium The service does not roll back an update that fails"}},
      {"automatic-rollback-off",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::automatic_rollback, true),
       {}},
      {"checkpointing-off",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::checkpointing_enabled, false),
       {"high Checkpointing of the application is switched off"}},
      {"checkpointing-off",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::checkpointing_enabled, true),
       {}},
      {"encryption-key-refused",
       "1.19",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::customer_managed_key, true),
       {"blocker The target runtime has no customer-managed keys"}},
      {"encryption-key-refused",
       "1.20",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::customer_managed_key, true),
       {}},
      {"quota-exceeded",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::parallelism, 200),
       {"medium The application needs more KPUs than an account has by default"}},
      {"quota-exceeded", "2.2", Platform::msf, Build(Kind::msf_application).with(&Deployment::parallelism, 64), {}},
      {"quota-exceeded",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::parallelism, 200).with(&Deployment::parallelism_per_kpu, 4),
       {}},
      {"quota-exceeded",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application)
           .with(&Deployment::parallelism, 2147483647)
           .with(&Deployment::parallelism_per_kpu, 0),
       {"high The application needs more KPUs than the service gives",
        "high The parallelism is above what the service gives an application"}},
      {"quota-exceeded",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).with(&Deployment::parallelism_per_kpu, 9),
       {"blocker More tasks are put on one KPU than the service allows"}},
      {"quota-exceeded",
       "2.2",
       Platform::kubernetes,
       Build(Kind::kubernetes_application).with(&Deployment::parallelism, 500),
       {}},
      {"restore-drops-state",
       "2.2",
       Platform::msf,
       Build(Kind::msf_update).with(&Deployment::restore, RestoreSource::nothing),
       {"high The application is told to start without its state"}},
      {"restore-drops-state",
       "2.2",
       Platform::kubernetes,
       Build(Kind::kubernetes_application).with(&Deployment::restore, RestoreSource::nothing),
       {"high The job is told to start without its state"}},
      {"restore-drops-state",
       "2.2",
       Platform::kubernetes,
       Build(Kind::kubernetes_application).with(&Deployment::restore, RestoreSource::savepoint),
       {}},
      {"claim-mode-legacy",
       "2.2",
       Platform::standalone,
       Build(Kind::flink_run).text(&Deployment::claim_mode, "LEGACY"),
       {"medium The claim mode LEGACY is about to go"}},
      {"claim-mode-legacy",
       "1.20",
       Platform::standalone,
       Build(Kind::flink_run).text(&Deployment::claim_mode, "LEGACY"),
       {"low The claim mode LEGACY is deprecated"}},
      {"claim-mode-legacy",
       "2.2",
       Platform::standalone,
       Build(Kind::flink_run).text(&Deployment::claim_mode, "NO_CLAIM"),
       {}},
      {"submission-command-removed",
       "2.0",
       Platform::standalone,
       Build(Kind::flink_run).text(&Deployment::target, "run-application"),
       {"blocker flink run-application is gone in Flink 2.0"}},
      {"submission-command-removed",
       "2.0",
       Platform::standalone,
       Build(Kind::flink_run).text(&Deployment::target, "yarn-per-job"),
       {"blocker The per-job mode is gone in Flink 2.0"}},
      {"submission-command-removed",
       "1.20",
       Platform::standalone,
       Build(Kind::flink_run).text(&Deployment::target, "run-application"),
       {}},
      {"configuration-file-not-read",
       "2.2",
       Platform::standalone,
       Build(Kind::flink_legacy_configuration),
       {"blocker Flink 2.x does not read flink-conf.yaml"}},
      {"configuration-file-not-read",
       "1.20",
       Platform::standalone,
       Build(Kind::flink_legacy_configuration),
       {"info flink-conf.yaml is the old form of the configuration"}},
      {"configuration-file-not-read", "1.18", Platform::standalone, Build(Kind::flink_legacy_configuration), {}},
      {"configuration-file-not-read", "2.2", Platform::standalone, Build(Kind::flink_configuration), {}},
      {"runtime-not-upgradable",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).text(&Deployment::runtime, "ZEPPELIN-FLINK-3_0"),
       {"blocker A Studio notebook is not upgraded in place"}},
      {"runtime-not-upgradable",
       "2.2",
       Platform::msf,
       Build(Kind::msf_application).text(&Deployment::runtime, "FLINK-1_20"),
       {}},
  }));
  CAPTURE(row.rule, row.target);
  DeployedUpgrade builder(row.target);
  builder.on(row.platform);
  builder.deployment(row.deployment);
  CHECK(findings_of(builder.assess(), row.rule) == row.expected);
}

TEST_CASE("Releases that a deployment names are held against those that are checked") {
  struct Skew {
    Kind kind;
    const char* runtime;
    std::vector<std::string> expected;
  };
  const auto row = GENERATE(values<Skew>({
      {Kind::msf_application, "FLINK-1_20", {}},
      {Kind::msf_application, "FLINK-1_18", {"high Flink 1.18 runs now, and not 1.20"}},
      {Kind::msf_update, "FLINK-2_2", {}},
      {Kind::msf_update, "FLINK-1_20", {"medium The deployment names Flink 1.20, and the target is 2.2"}},
      {Kind::terraform_json, "FLINK-2_3", {"high The deployment names Flink 2.3, and the target is 2.2"}},
      {Kind::kubernetes_application, "v1_20", {"medium The deployment names Flink 1.20, and the target is 2.2"}},
  }));
  CAPTURE(row.runtime);
  DeployedUpgrade builder("2.2");
  builder.from("1.20");
  builder.deployment(Build(row.kind).text(&Deployment::runtime, row.runtime));
  CHECK(findings_of(builder.assess(), "deployment-runtime-mismatch") == row.expected);
}

TEST_CASE("A runtime that is no release of Flink is not known to fit") {
  DeployedUpgrade builder("2.2");
  builder.from("1.20");
  builder.deployment(Build(Kind::terraform_hcl).text(&Deployment::runtime, "${var.runtime}"));
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, "deployment-runtime-mismatch").empty());
  CHECK(std::ranges::any_of(assessment.unknowns, [](const Unknown& unknown) {
    return unknown.what == "the runtime of application \"orders\"";
  }));
}

TEST_CASE("An image is held against the release and the class files") {
  struct Image {
    const char* image;
    int class_file;
    std::vector<std::string> expected;
    bool unknown;
  };
  const auto row = GENERATE(values<Image>({
      {"flink:2.2.0-java17", 61, {}, false},
      {"registry.example.com:5000/flink:2.2-scala_2.12-java17", 55, {}, false},
      {"flink:1.20.1-java11", 55, {"blocker The image holds Flink 1.20, and 2.2 is asked for"}, false},
      {"flink:2.2-java8", 52, {"blocker The image has Java 8, and Flink 2.2 needs 11 or later"}, false},
      {"flink:2.2-java11", 61, {"blocker The image has Java 11, and the JAR has class files for a later one"}, false},
      {"orders:2.2", 55, {}, true},
      {"flink@sha256:abcdef", 55, {}, true},
      {"flink:latest", 55, {}, true},
  }));
  CAPTURE(row.image);
  DeployedUpgrade builder("2.2");
  builder.on(Platform::kubernetes).application().add_class("com.example.Other", row.class_file);
  builder.deployment(
      Build(Kind::kubernetes_application).text(&Deployment::runtime, "v2_2").text(&Deployment::image, row.image));
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, "deployment-image-mismatch") == row.expected);
  CHECK(std::ranges::any_of(assessment.unknowns, [](const Unknown& unknown) {
          return unknown.what.starts_with("the Flink release in the image");
        }) == row.unknown);
}

TEST_CASE("Two files that deploy one application with different settings") {
  const auto with_parallelism = [](Kind kind, int parallelism) {
    return Build(kind).with(&Deployment::parallelism, parallelism);
  };
  DeployedUpgrade builder("2.2");
  builder.deployment(with_parallelism(Kind::cloudformation, 4));
  SECTION("differ") {
    builder.deployment(with_parallelism(Kind::terraform_variables, 8));
    CHECK(findings_of(builder.assess(), "deployments-disagree") ==
          std::vector<std::string>{"medium Two deployments differ in parallelism: 4 and 8"});
  }
  SECTION("agree") {
    builder.deployment(with_parallelism(Kind::terraform_variables, 4));
    CHECK(findings_of(builder.assess(), "deployments-disagree").empty());
  }
  SECTION("are of two applications") {
    builder.deployment(with_parallelism(Kind::terraform_variables, 8).named("visits"));
    CHECK(findings_of(builder.assess(), "deployments-disagree").empty());
  }
  SECTION("one is what runs now") {
    builder.deployment(with_parallelism(Kind::msf_application, 8));
    CHECK(findings_of(builder.assess(), "deployments-disagree").empty());
  }
}

TEST_CASE("A finding about a deployment says file and line and pointer and the application") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf);
  builder.deployment(Build(Kind::msf_application, "orders.json").with(&Deployment::snapshots_enabled, false, 58));
  const Assessment assessment = builder.assess();
  const auto found = std::ranges::find(assessment.findings, "deployment-without-snapshots", &Finding::rule);
  REQUIRE(found != assessment.findings.end());
  CHECK(found->location.path == "orders.json");
  CHECK(found->location.line == 58);
  CHECK(found->evidence == std::vector<std::string>{"/pointer in orders.json"});
  CHECK(found->subject.name == "orders/snapshots");
  CHECK(!found->sources.empty());
}

TEST_CASE("Rules about deployments say that none was given") {
  const Assessment assessment = UpgradeBuilder("2.2").from("1.20").assess();
  CHECK(std::ranges::any_of(assessment.skipped, [](const SkippedRule& skipped) {
    return skipped.rule == "restore-drops-state" && skipped.reason == "no deployment was given (--deployment)";
  }));
}

TEST_CASE("What a deployment leaves open is unknown") {
  Deployment deployment = Build(Kind::cloudformation, "template.yaml");
  deployment.unknowns.push_back({"`Parallelism` is a parameter of the template: its value is not known", {12, "/"}});
  const Assessment assessment = DeployedUpgrade("2.2").deployment(deployment).assess();
  CHECK(
      std::ranges::any_of(assessment.unknowns, [](const Unknown& unknown) { return unknown.what == "template.yaml"; }));
}

TEST_CASE("A pattern fits as a whole") {
  struct Match {
    const char* pattern;
    const char* text;
    bool expected;
  };
  const auto row = GENERATE(values<Match>({{"a.*", "a.b.c", true},
                                           {"a.*", "b.a.", false},
                                           {"*x*", "axb", true},
                                           {"metrics.*.class", "metrics.jmx.class", true},
                                           {"metrics.*.class", "metrics.jmx.factory.classes", false},
                                           {"", "", true},
                                           {"*", "", true},
                                           {"a", "ab", false},
                                           {"a*b*c", "aXbbYc", true}}));
  CAPTURE(row.pattern, row.text);
  CHECK(matches_pattern(row.pattern, row.text) == row.expected);
}

TEST_CASE("A snapshot to start from is held against what the sources keep") {
  const auto made = [](const char* id) {
    return Build(Kind::msf_update)
        .with(&Deployment::restore, RestoreSource::named_snapshot, 41)
        .text(&Deployment::snapshot_name, id);
  };
  const auto kept = [](const char* created) {
    return Build(Kind::msf_snapshots).snapshot("monday", "READY", created, "FLINK-1_20");
  };
  const auto stopped = [](const char* status) {
    return Build(Kind::msf_application)
        .text(&Deployment::status, status)
        .with(&Deployment::restore, RestoreSource::latest_snapshot, 26);
  };
  struct Row {
    const char* name;
    std::vector<Deployment> deployments;
    std::chrono::seconds retention;
    std::vector<std::string> expected;
    std::size_t unknowns;
  };
  using std::chrono::hours;
  // 2026-11-29T12:00:00Z is 1795953600.
  const auto row = GENERATE_COPY(values<Row>({
      {"older, in ISO 8601",
       {made("monday"), kept("2026-11-27T12:00:00.5+01:00")},
       hours(48),
       {"high Snapshot \"monday\" is older than the 2 days that the sources keep"},
       0},
      {"younger by the zone", {made("monday"), kept("2026-11-27T12:00:00-01:00")}, hours(48), {}, 0},
      {"older, in seconds",
       {made("monday"), kept("1795863599.9")},
       hours(25),
       {"high Snapshot \"monday\" is older than the 25 hours that the sources keep"},
       0},
      {"as old as that", {made("monday"), kept("1795863600.1")}, hours(25), {}, 0},
      {"a time without a zone", {made("monday"), kept("2026-11-01T12:00:00")}, hours(24), {}, 1},
      {"not in the list", {made("tuesday"), kept("1795863599")}, hours(24), {}, 1},
      {"no list", {made("monday")}, hours(24), {}, 1},
      {"the newest of a stopped application",
       {stopped("READY"), kept("2026-11-01T12:00:00Z")},
       hours(24),
       {"high Snapshot \"monday\" is older than the 24 hours that the sources keep"},
       0},
      {"one that runs takes another", {stopped("RUNNING"), kept("2026-11-01T12:00:00Z")}, hours(24), {}, 0},
  }));
  INFO(row.name);
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf).from("1.20");
  for (const Deployment& deployment : row.deployments)
    builder.deployment(deployment);
  builder.upgrade().source_retention = row.retention;
  builder.upgrade().now = std::chrono::sys_seconds(std::chrono::seconds(1'795'953'600));
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, "snapshot-older-than-retention") == row.expected);
  CHECK(static_cast<std::size_t>(std::ranges::count(assessment.unknowns,
                                                    "whether the sources still have what came after the snapshot to "
                                                    "start from",
                                                    &Unknown::what)) == row.unknowns);
}
