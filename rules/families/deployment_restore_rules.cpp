#include "families/deployment_restore_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "families/deployment_facts.h"

namespace preflight {
namespace {

constexpr const char* kOperator =
    "Flink Kubernetes Operator documentation: job management, stateful and stateless application upgrades";
constexpr const char* kCheckpoints = "Flink documentation: Checkpoints vs. Savepoints";

bool from_last_checkpoint(const Deployment& deployment) {
  return deployment.restore && deployment.restore->value == RestoreSource::latest_checkpoint;
}

bool crosses_releases(const Upgrade& upgrade) {
  return upgrade.from && (upgrade.from->highest < upgrade.to || upgrade.to < upgrade.from->lowest);
}

RuleResult check_last_state_across_releases(const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    if (!from_last_checkpoint(deployment) || !crosses_releases(facts.upgrade))
      continue;
    Finding finding = deployment_finding("last-state-across-releases", Severity::high, deployment, "restore",
                                         deployment.restore->place);
    finding.title = fmt::format("upgradeMode last-state is used from Flink {} to {}", facts.upgrade.from->text(),
                                facts.upgrade.to.minor_text());
    finding.message =
        "It starts from the last checkpoint, which the running release made for itself. The metadata that the "
        "operator finds it by belongs to that release too: jobs that changed flinkVersion so have lost their state.";
    finding.remedy = "Use upgradeMode savepoint for this upgrade, and last-state again afterwards.";
    finding.sources = {kOperator, "FLINK-30527", kCheckpoints};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_last_state_ignores_flag(const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    const auto& flag = deployment.allow_non_restored_state;
    if (!from_last_checkpoint(deployment) || !flag || !flag->value)
      continue;
    Finding finding = deployment_finding("last-state-ignores-flag", Severity::medium, deployment,
                                         "allow-non-restored-state", flag->place);
    finding.title = "allowNonRestoredState does nothing with upgradeMode last-state";
    finding.message =
        "The job then recovers from its own high-availability metadata, as after a failure, and the flag is about "
        "savepoints: state without an operator ends the start.";
    finding.remedy = "Use upgradeMode savepoint where an operator was removed on purpose; otherwise drop the flag.";
    finding.sources = {"FLINK-30638", kOperator};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

bool graph_changes(const Facts& facts) {
  return std::ranges::any_of(facts.restore.operators, [](const OperatorPrediction& prediction) {
    return prediction.match == OperatorMatch::added || prediction.match == OperatorMatch::absent;
  });
}

RuleResult check_unaligned_checkpoint_restored(const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    const ConfigurationSetting* unaligned =
        configured(deployment, *facts.upgrade.table, "execution.checkpointing.unaligned.enabled");
    if (!from_last_checkpoint(deployment) || unaligned == nullptr || unaligned->value != "true" ||
        !(crosses_releases(facts.upgrade) || graph_changes(facts)))
      continue;
    Finding finding =
        deployment_finding("unaligned-checkpoint-restored", Severity::high, deployment, "unaligned", unaligned->place);
    finding.title = "The new version starts from a checkpoint that may be unaligned";
    finding.message =
        "An unaligned checkpoint holds records that were on their way between operators, in the form of the release "
        "that wrote it and of the job graph as it was. Neither another release nor a changed graph can take them.";
    finding.remedy = "Start from a savepoint, which is always aligned.";
    finding.sources = {kCheckpoints, "Flink documentation: Checkpointing under backpressure, limitations"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

/// What the operator needs for an upgradeMode, by the keys of Flink's configuration one of which has to be set.
struct Needed {
  RestoreSource restore;
  const char* what;
  std::vector<const char*> one_of;
};

RuleResult check_restore_source_not_configured(const Facts& facts) {
  static const std::vector<Needed> needs = {
      {RestoreSource::savepoint,
       "a folder for savepoints",
       {"execution.checkpointing.savepoint-dir", "execution.checkpointing.dir"}},
      {RestoreSource::latest_checkpoint, "a folder for checkpoints", {"execution.checkpointing.dir"}},
      {RestoreSource::latest_checkpoint, "high availability", {"high-availability.type"}}};
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments)
    for (const Needed& need : needs) {
      const bool has = std::ranges::any_of(
          need.one_of, [&](const char* key) { return configured(deployment, *facts.upgrade.table, key) != nullptr; });
      if (deployment.kind != DeploymentKind::kubernetes_application || !deployment.restore ||
          deployment.restore->value != need.restore || has)
        continue;
      Finding finding = deployment_finding("restore-source-not-configured", Severity::medium, deployment,
                                           need.one_of.front(), deployment.restore->place);
      finding.title = fmt::format("The upgradeMode needs {}, and the deployment sets none", need.what);
      finding.message =
          "Unless the operator's own default configuration sets it for all its jobs, the operator refuses the "
          "resource, or cannot take the state along.";
      finding.remedy = fmt::format("Set {} in flinkConfiguration.", need.one_of.front());
      finding.sources = {kOperator};
      result.findings.push_back(std::move(finding));
    }
  return result;
}

/// The forms of state that one backend alone reads.
struct NativeForm {
  std::string_view form;  ///< Of Savepoint::backends.
  StateBackend reader;
  const char* backend;
};
constexpr std::array<NativeForm, 2> kNativeForms{
    {{"hashmap-native", StateBackend::hashmap, "HashMap"}, {"rocksdb-incremental", StateBackend::rocksdb, "RocksDB"}}};

RuleResult check_state_backend_changed(const Facts& facts) {
  RuleResult result;
  const Upgrade& upgrade = facts.upgrade;
  if (!upgrade.savepoint || upgrade.start.backend == StateBackend::unknown)
    return result;
  for (const NativeForm& native : kNativeForms) {
    if (native.reader == upgrade.start.backend ||
        std::ranges::find(upgrade.savepoint->backends, native.form) == upgrade.savepoint->backends.end())
      continue;
    Finding finding;
    finding.rule = "state-backend-changed";
    finding.severity = Severity::blocker;
    finding.subject = {.kind = Subject::Kind::configuration, .name = "state.backend.type"};
    finding.location = {.path = upgrade.savepoint->metadata_path.string()};
    finding.title =
        fmt::format("The state is in the form of {}, and the job starts with another state backend", native.backend);
    finding.message =
        "Checkpoints and savepoints in native format are what the backend itself has; only a savepoint in canonical "
        "format can be read by another one.";
    finding.remedy = fmt::format(
        "Start with the state backend {}, or take a savepoint in canonical format (flink stop --type canonical).",
        native.backend);
    finding.evidence.push_back(fmt::format("the savepoint has keyed state as {}", native.form));
    finding.sources = {kCheckpoints, "FLIP-203"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule last_state_across_releases() {
  return {.id = "last-state-across-releases",
          .severity = Severity::high,
          .title = "upgradeMode last-state is used across releases of Flink",
          .rationale = "A checkpoint and the metadata by which it is found belong to the release that wrote them.",
          .remedy = "Use upgradeMode savepoint for the upgrade.",
          .sources = {kOperator, "FLINK-30527"},
          .fires = "--from 1.20 --target 2.2, and the FlinkDeployment has upgradeMode: last-state.",
          .does_not_fire = "--from 1.20 --target 1.20 with upgradeMode: last-state; or upgradeMode: savepoint.",
          .needs = {.source_release = true, .deployment = true},
          .check = check_last_state_across_releases};
}

Rule last_state_ignores_flag() {
  return {.id = "last-state-ignores-flag",
          .severity = Severity::medium,
          .title = "allowNonRestoredState has no effect in this upgradeMode",
          .rationale = "The flag is about savepoints, and last-state restores as after a failure.",
          .remedy = "Use upgradeMode savepoint, or drop the flag.",
          .sources = {"FLINK-30638"},
          .fires = "The FlinkDeployment has upgradeMode: last-state and allowNonRestoredState: true.",
          .does_not_fire = "It has upgradeMode: savepoint and allowNonRestoredState: true.",
          .needs = {.deployment = true},
          .check = check_last_state_ignores_flag};
}

Rule unaligned_checkpoint_restored() {
  return {.id = "unaligned-checkpoint-restored",
          .severity = Severity::high,
          .title = "An unaligned checkpoint may be what the new version starts from",
          .rationale = "It holds records between operators, which neither another release nor another graph can take.",
          .remedy = "Start from a savepoint.",
          .sources = {kCheckpoints},
          .fires =
              "--from 1.20 --target 2.2; the FlinkDeployment has upgradeMode: last-state and "
              "execution.checkpointing.unaligned.enabled: true.",
          .does_not_fire = "The same with upgradeMode: savepoint: a savepoint is always aligned.",
          .needs = {.deployment = true},
          .check = check_unaligned_checkpoint_restored};
}

Rule restore_source_not_configured() {
  return {.id = "restore-source-not-configured",
          .severity = Severity::medium,
          .title = "What the upgradeMode needs is not configured",
          .rationale = "A savepoint needs a folder, and last-state needs checkpoints and high availability.",
          .remedy = "Set the keys in flinkConfiguration, or see that the operator's defaults set them.",
          .sources = {kOperator},
          .fires = "The FlinkDeployment has upgradeMode: savepoint, and no execution.checkpointing.savepoint-dir.",
          .does_not_fire = "It sets state.savepoints.dir, the older name of that key.",
          .needs = {.deployment = true},
          .check = check_restore_source_not_configured};
}

Rule state_backend_changed() {
  return {.id = "state-backend-changed",
          .severity = Severity::blocker,
          .title = "The state is in the form of another state backend",
          .rationale = "Only a savepoint in canonical format can be read by another state backend than wrote it.",
          .remedy = "Take a savepoint in canonical format, or keep the backend.",
          .sources = {kCheckpoints},
          .fires = "The savepoint is in RocksDB's native format, and config.yaml has state.backend.type: hashmap.",
          .does_not_fire = "The savepoint is in canonical format; or which backend the job starts with is not known.",
          .needs = {.savepoint = true},
          .check = check_state_backend_changed};
}

}  // namespace preflight
