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

Build restore_of(const char* snapshot) {
  return Build(Kind::msf_update)
      .with(&Deployment::restore, RestoreSource::named_snapshot)
      .text(&Deployment::snapshot_name, snapshot);
}

Build snapshots() {
  return Build(Kind::msf_snapshots)
      .snapshot("monday", "READY", "2026-11-16T08:00:00Z", "FLINK-1_20")
      .snapshot("tuesday", "READY", "2026-11-17T08:00:00Z", "FLINK-1_20")
      .snapshot("wednesday", "CREATING", "2026-11-18T08:00:00Z", "FLINK-1_20")
      .snapshot("newer", "READY", "2026-11-15T08:00:00Z", "FLINK-2_3")
      .snapshot("ancient", "READY", "2020-11-15T08:00:00Z", "FLINK-1_6");
}

Build on_kubernetes(RestoreSource restore) {
  return Build(Kind::kubernetes_application).with(&Deployment::restore, restore);
}

}  // namespace

TEST_CASE("The snapshot that is named has to be there and READY and of a release that the target reads") {
  struct Case {
    const char* snapshot;
    std::vector<std::string> expected;
  };
  const auto row = GENERATE(
      values<Case>({{"tuesday", {}},
                    {"", {"blocker A snapshot is to be restored, and none is named"}},
                    {"sunday", {"high Snapshot \"sunday\" is not among those that are kept"}},
                    {"wednesday", {"blocker Snapshot \"wednesday\" is CREATING, and not READY"}},
                    {"newer", {"blocker Snapshot \"newer\" was written by Flink 2.3, which 2.2 does not take"}},
                    {"ancient", {"blocker Snapshot \"ancient\" was written by Flink 1.6, which 2.2 does not take"}}}));
  CAPTURE(row.snapshot);
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf).from("1.20");
  builder.deployment(restore_of(row.snapshot)).deployment(snapshots());
  CHECK(findings_of(builder.assess(), "snapshot-not-usable") == row.expected);
}

TEST_CASE("Without the list of snapshots nothing is known of the one that is named") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf).from("1.20");
  builder.deployment(restore_of("tuesday"));
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, "snapshot-not-usable").empty());
  CHECK(std::ranges::any_of(assessment.unknowns, [](const Unknown& unknown) {
    return unknown.what == "whether snapshot \"tuesday\" is READY, and which release wrote it";
  }));
}

TEST_CASE("A snapshot that is not the newest goes back in time") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf).from("1.20");
  builder.deployment(snapshots());
  SECTION("older") {
    builder.deployment(restore_of("monday"));
    CHECK(findings_of(builder.assess(), "older-snapshot-restored") ==
          std::vector<std::string>{"medium Snapshot \"monday\" is not the newest: \"tuesday\" is"});
  }
  SECTION("older; and the job commits transactions") {
    builder.deployment(restore_of("monday")).application();
    Upgrade& upgrade = builder.upgrade();
    upgrade.linked_classes.push_back({.index = 0, .access_flags = 1, .source_file = "Main.java"});
    upgrade.linked_classes.back().uses.push_back({.kind = SymbolUse::Kind::get_static,
                                                  .owner = "org.apache.flink.connector.base.DeliveryGuarantee",
                                                  .name = "EXACTLY_ONCE",
                                                  .method = "main",
                                                  .line = 12});
    CHECK(findings_of(builder.assess(), "older-snapshot-restored") ==
          std::vector<std::string>{"high Snapshot \"monday\" is not the newest: \"tuesday\" is"});
  }
  SECTION("the newest that is READY") {
    builder.deployment(restore_of("tuesday"));
    CHECK(findings_of(builder.assess(), "older-snapshot-restored").empty());
  }
}

TEST_CASE("Times in different forms are compared, and what is none is left out") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf);
  builder
      .deployment(Build(Kind::msf_snapshots)
                      .snapshot("seconds", "READY", "1763366400.5", "FLINK-1_20")
                      .snapshot("text", "READY", "2026-11-17T08:00:00+01:00", "FLINK-1_20")
                      .snapshot("nonsense", "READY", "yesterday", "FLINK-1_20"))
      .deployment(restore_of("seconds"));
  CHECK(findings_of(builder.assess(), "older-snapshot-restored") ==
        std::vector<std::string>{"medium Snapshot \"seconds\" is not the newest: \"text\" is"});
}

TEST_CASE("upgradeMode last-state and what it does not do") {
  struct Case {
    const char* rule;
    const char* from;
    Deployment deployment;
    std::vector<std::string> expected;
  };
  const auto last_state = [] { return on_kubernetes(RestoreSource::latest_checkpoint); };
  const auto row = GENERATE_COPY(values<Case>({
      {"last-state-across-releases",
       "1.20",
       last_state(),
       {"high upgradeMode last-state is used from Flink 1.20 to 2.2"}},
      {"last-state-across-releases", "2.2", last_state(), {}},
      {"last-state-across-releases", "1.20", on_kubernetes(RestoreSource::savepoint), {}},
      {"last-state-ignores-flag",
       "2.2",
       last_state().with(&Deployment::allow_non_restored_state, true),
       {"medium allowNonRestoredState does nothing with upgradeMode last-state"}},
      {"last-state-ignores-flag", "2.2", last_state().with(&Deployment::allow_non_restored_state, false), {}},
      {"unaligned-checkpoint-restored",
       "1.20",
       last_state().key("execution.checkpointing.unaligned.enabled", "true"),
       {"high The new version starts from a checkpoint that may be unaligned"}},
      {"unaligned-checkpoint-restored",
       "1.20",
       last_state().key("execution.checkpointing.unaligned", "true"),
       {"high The new version starts from a checkpoint that may be unaligned"}},
      {"unaligned-checkpoint-restored", "1.20", last_state().key("execution.checkpointing.unaligned", "false"), {}},
      {"unaligned-checkpoint-restored", "2.2", last_state().key("execution.checkpointing.unaligned", "true"), {}},
      {"restore-source-not-configured",
       "1.20",
       on_kubernetes(RestoreSource::savepoint),
       {"medium The upgradeMode needs a folder for savepoints, and the deployment sets none"}},
      {"restore-source-not-configured",
       "1.20",
       on_kubernetes(RestoreSource::savepoint).key("state.savepoints.dir", "s3://b"),
       {}},
      {"restore-source-not-configured",
       "1.20",
       last_state().key("state.checkpoints.dir", "s3://b").key("high-availability", "kubernetes"),
       {}},
  }));
  CAPTURE(row.rule, row.from);
  DeployedUpgrade builder("2.2");
  builder.on(Platform::kubernetes).from(row.from);
  builder.deployment(row.deployment);
  CHECK(findings_of(builder.assess(), row.rule) == row.expected);
}

TEST_CASE("State in the form of one backend is not read by another") {
  struct Case {
    const char* form;
    StateBackend backend;
    std::vector<std::string> expected;
  };
  const auto row = GENERATE(
      values<Case>({{"rocksdb-incremental",
                     StateBackend::hashmap,
                     {"blocker The state is in the form of RocksDB, and the job starts with another state backend"}},
                    {"hashmap-native",
                     StateBackend::rocksdb,
                     {"blocker The state is in the form of HashMap, and the job starts with another state backend"}},
                    {"rocksdb-incremental", StateBackend::rocksdb, {}},
                    {"canonical", StateBackend::hashmap, {}},
                    {"rocksdb-incremental", StateBackend::unknown, {}}}));
  CAPTURE(row.form);
  UpgradeBuilder builder("2.2");
  builder.savepoint();
  builder.upgrade().savepoint->backends = {row.form};
  builder.upgrade().start.backend = row.backend;
  CHECK(findings_of(builder.assess(), "state-backend-changed") == row.expected);
}
