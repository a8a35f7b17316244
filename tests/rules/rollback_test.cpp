#include "rollback.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "deployment_builder.h"
#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;
using Kind = DeploymentKind;
using Build = DeploymentBuilder;

namespace {

bool has(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("The verdict about the way back, by platform and what the deployment says") {
  struct Case {
    Platform platform;
    Deployment deployment;
    std::string verdict;
  };
  const Build msf(Kind::msf_application);
  const auto row = GENERATE_COPY(values<Case>({
      {Platform::msf, Build(msf).with(&Deployment::automatic_rollback, true).with(&Deployment::snapshots_enabled, true),
       "ready"},
      {Platform::msf,
       Build(msf).with(&Deployment::automatic_rollback, false).with(&Deployment::snapshots_enabled, true), "by-hand"},
      {Platform::msf, Build(msf).with(&Deployment::snapshots_enabled, false), "impossible"},
      {Platform::msf, Build(msf).with(&Deployment::snapshots_enabled, false).snapshot("a", "READY", "1", "FLINK-1_20"),
       "lossy"},
      {Platform::msf, Build(msf).with(&Deployment::snapshots_enabled, false).snapshot("a", "READY", "1", "FLINK-2_2"),
       "impossible"},
      {Platform::msf, Build(msf), "unknown"},
      {Platform::kubernetes, Build(Kind::kubernetes_application).with(&Deployment::restore, RestoreSource::savepoint),
       "by-hand"},
      {Platform::kubernetes, Build(Kind::kubernetes_application).with(&Deployment::restore, RestoreSource::nothing),
       "impossible"},
      {Platform::kubernetes,
       Build(Kind::kubernetes_application).with(&Deployment::restore, RestoreSource::latest_checkpoint), "lossy"},
      {Platform::kubernetes, Build(Kind::kubernetes_application), "unknown"},
      {Platform::standalone, Build(Kind::flink_run).with(&Deployment::restore, RestoreSource::named_snapshot),
       "by-hand"},
      {Platform::standalone,
       Build(Kind::flink_run)
           .with(&Deployment::restore, RestoreSource::named_snapshot)
           .text(&Deployment::claim_mode, "CLAIM"),
       "lossy"},
      {Platform::standalone, Build(Kind::flink_run).with(&Deployment::restore, RestoreSource::nothing), "impossible"},
      {Platform::standalone, Build(Kind::flink_run), "unknown"},
  }));
  DeployedUpgrade builder("2.2");
  builder.on(row.platform).from("1.20");
  builder.deployment(row.deployment);
  const RollbackReadiness rollback = builder.assess().rollback;
  CAPTURE(to_string(row.platform), rollback.sentence);
  CHECK(to_string(rollback.verdict) == row.verdict);
  CHECK(rollback.sentence.ends_with('.'));
  CHECK(!rollback.loses.empty());
  CHECK(rollback.commands.empty() == (row.verdict == "impossible"));
}

TEST_CASE("The way back names the application in its commands unless its name is not for a shell") {
  const auto commands_of = [](const std::string& name) {
    DeployedUpgrade builder("2.2");
    builder.on(Platform::msf).from("1.20");
    builder.deployment(Build(Kind::msf_application).named(name).with(&Deployment::snapshots_enabled, true));
    return builder.assess().rollback.commands;
  };
  CHECK(has(commands_of("orders"), "rollback-application --application-name orders "));
  CHECK(has(commands_of("$(rm -rf /)"), "rollback-application --application-name NAME "));
  CHECK(has(commands_of("-x"), "rollback-application --application-name NAME "));
}

TEST_CASE("The way back says what it does not know") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf);
  const RollbackReadiness without = builder.assess().rollback;
  CHECK(has(without.missing, "no deployment was given (--deployment)"));
  CHECK(has(without.missing, "the release that runs now is not known (--from)"));
  CHECK(has(without.missing, "whether automatic rollback is on"));
  CHECK(without.verdict == RollbackVerdict::unknown);
  CHECK(has(without.loses, "the release that runs now"));
}

TEST_CASE("A savepoint of the new release is lost across releases alone") {
  const auto loses = [](const char* from) {
    return UpgradeBuilder("2.2").on(Platform::kubernetes).from(from).savepoint().assess().rollback.loses;
  };
  CHECK(has(loses("1.20"), "A savepoint that Flink 2.2 writes cannot be read by Flink 1.20"));
  CHECK(has(loses("2.2"), "is of the same release"));
}

TEST_CASE("Committed transactions make the way back lossy") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::kubernetes).from("1.20").savepoint().application();
  CHECK(builder.assess().rollback.verdict == RollbackVerdict::by_hand);
  Upgrade& upgrade = builder.upgrade();
  upgrade.linked_classes.push_back({.index = 0, .access_flags = 1, .source_file = "Main.java"});
  upgrade.linked_classes.back().uses.push_back({.kind = SymbolUse::Kind::get_static,
                                                .owner = "org.apache.flink.connector.base.DeliveryGuarantee",
                                                .name = "EXACTLY_ONCE",
                                                .method = "main",
                                                .line = 12});
  const RollbackReadiness rollback = builder.assess().rollback;
  CHECK(rollback.verdict == RollbackVerdict::lossy);
  CHECK(has(rollback.loses, "com.example.Main.main (Main.java:12) asks for EXACTLY_ONCE"));
}
