#include "families/deployment_setting_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "families/deployment_facts.h"
#include "subject_pattern.h"

namespace preflight {
namespace {

/// "snapshots=off", "runtime=ZEPPELIN-*", "kpus>64"
bool is_about(std::string_view pattern, const NamedSetting& setting) {
  const std::size_t sign = pattern.find_first_of("=>");
  if (sign == std::string_view::npos || pattern.substr(0, sign) != setting.name)
    return false;
  const std::string_view value = pattern.substr(sign + 1);
  if (pattern[sign] == '=')
    return matches_pattern(value, setting.value);
  int limit = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
  return error == std::errc{} && setting.number && *setting.number > limit;
}

bool is_about(const PlatformReference& row, const NamedSetting& setting) {
  return std::ranges::any_of(row.calls, [&](const std::string& pattern) { return is_about(pattern, setting); });
}

bool applies(const PlatformReference& row, const char* rule, const Upgrade& upgrade) {
  return row.rule == rule && (!row.platform || *row.platform == upgrade.platform) &&
         (!row.since || *row.since <= upgrade.to) && (!row.until || upgrade.to <= *row.until);
}

/// Of rows that speak of one setting the gravest counts: a quota can have a limit above the limit.
const PlatformReference* row_for(const NamedSetting& setting, const char* rule, const Upgrade& upgrade) {
  const PlatformReference* found = nullptr;
  for (const PlatformReference& row : upgrade.table->platform_references)
    if (applies(row, rule, upgrade) && is_about(row, setting) && (found == nullptr || row.severity > found->severity))
      found = &row;
  return found;
}

RuleResult check_settings(const char* rule, const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments)
    for (const NamedSetting& setting : settings_of(deployment))
      if (const PlatformReference* row = row_for(setting, rule, facts.upgrade); row != nullptr) {
        Finding finding = deployment_finding(rule, row->severity, deployment, setting.name, setting.place);
        finding.title = row->title;
        finding.message = row->why;
        if (setting.number)
          finding.message += fmt::format(" The deployment asks for {}.", *setting.number);
        finding.remedy = row->remedy;
        finding.sources = row->sources;
        result.findings.push_back(std::move(finding));
      }
  return result;
}

}  // namespace

Rule deployment_without_snapshots() {
  return {.id = "deployment-without-snapshots",
          .severity = Severity::high,
          .title = "The deployment takes no snapshots",
          .rationale =
              "An upgrade in place keeps the state by a snapshot; without one the new version starts empty, and there "
              "is nothing to go back to.",
          .remedy = "Switch snapshots on before the upgrade.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "describe-application of the managed service says SnapshotsEnabled: false.",
          .does_not_fire = "It says SnapshotsEnabled: true, or does not say.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("deployment-without-snapshots", facts); }};
}

Rule automatic_rollback_off() {
  return {.id = "automatic-rollback-off",
          .severity = Severity::medium,
          .title = "The platform does not go back by itself",
          .rationale = "An update that fails leaves the application stopped until somebody acts.",
          .remedy = "Switch the automatic rollback on.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "describe-application of the managed service says RollbackEnabled: false.",
          .does_not_fire = "It says RollbackEnabled: true; or the platform has no such setting.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("automatic-rollback-off", facts); }};
}

Rule checkpointing_off() {
  return {.id = "checkpointing-off",
          .severity = Severity::high,
          .title = "Checkpointing is switched off",
          .rationale = "Without checkpoints each failure empties the state, one while the new version starts included.",
          .remedy = "Switch checkpointing on.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "describe-application of the managed service says CheckpointingEnabled: false.",
          .does_not_fire = "It says CheckpointingEnabled: true, or does not say.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("checkpointing-off", facts); }};
}

Rule restore_drops_state() {
  return {
      .id = "restore-drops-state",
      .severity = Severity::high,
      .title = "The deployment starts without state",
      .rationale = "An upgrade in place is meant to keep the state; some settings leave it behind without an error.",
      .remedy = "Name the snapshot to start from.",
      .sources = {"rules/table/deployment_settings.json"},
      .fires = "The FlinkDeployment has upgradeMode: stateless.",
      .does_not_fire = "It has upgradeMode: savepoint.",
      .needs = {.deployment = true},
      .check = [](const Facts& facts) { return check_settings("restore-drops-state", facts); }};
}

Rule encryption_key_refused() {
  return {.id = "encryption-key-refused",
          .severity = Severity::blocker,
          .title = "The target runtime does not take the encryption key",
          .rationale = "Customer-managed keys came with a later runtime.",
          .remedy = "Choose a runtime that has them.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "--target 1.19 --platform msf, and the application has KeyType: CUSTOMER_MANAGED_KEY.",
          .does_not_fire = "--target 1.20 with the same key.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("encryption-key-refused", facts); }};
}

Rule quota_exceeded() {
  return {
      .id = "quota-exceeded",
      .severity = Severity::blocker,
      .title = "The deployment needs more than the platform gives",
      .rationale = "Beyond a quota an application does not start, or the request is refused.",
      .remedy = "Lower the parallelism, or have the quota raised.",
      .sources = {"rules/table/deployment_settings.json"},
      .fires = "--platform msf, Parallelism: 200 and ParallelismPerKPU: 1: that takes 200 KPUs, and an account has 64.",
      .does_not_fire = "Parallelism: 200 and ParallelismPerKPU: 4 takes 50 KPUs.",
      .needs = {.deployment = true},
      .check = [](const Facts& facts) { return check_settings("quota-exceeded", facts); }};
}

Rule claim_mode_legacy() {
  return {.id = "claim-mode-legacy",
          .severity = Severity::medium,
          .title = "The claim mode is LEGACY",
          .rationale = "Under it nobody owns the restored snapshot, and its removal was announced.",
          .remedy = "Use NO_CLAIM.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "flink run -claimMode LEGACY, and the target is Flink 2.2.",
          .does_not_fire = "flink run -claimMode NO_CLAIM.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("claim-mode-legacy", facts); }};
}

Rule submission_command_removed() {
  return {.id = "submission-command-removed",
          .severity = Severity::blocker,
          .title = "The command that submits the job is gone",
          .rationale = "A release removes ways of submitting jobs, and the script that uses one fails.",
          .remedy = "Use the command that took its place.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "A script says flink run-application -t yarn-application, and the target is Flink 2.2.",
          .does_not_fire = "The target is Flink 1.20; or the script says flink run -t yarn-application.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("submission-command-removed", facts); }};
}

Rule configuration_file_not_read() {
  return {.id = "configuration-file-not-read",
          .severity = Severity::blocker,
          .title = "The configuration file is one that the target does not read",
          .rationale = "Flink 2.0 reads config.yaml alone.",
          .remedy = "Convert the file with the tool of the new release.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "--deployment flink-conf.yaml --target 2.2.",
          .does_not_fire = "--deployment config.yaml --target 2.2; or flink-conf.yaml and --target 1.18.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("configuration-file-not-read", facts); }};
}

Rule runtime_not_upgradable() {
  return {.id = "runtime-not-upgradable",
          .severity = Severity::blocker,
          .title = "The application is of a kind that is not upgraded in place",
          .rationale = "Notebooks and SQL applications of the managed service have no update of their runtime.",
          .remedy = "Make the application anew on the new runtime.",
          .sources = {"rules/table/deployment_settings.json"},
          .fires = "describe-application says RuntimeEnvironment: ZEPPELIN-FLINK-3_0.",
          .does_not_fire = "It says RuntimeEnvironment: FLINK-1_20.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_settings("runtime-not-upgradable", facts); }};
}

}  // namespace preflight
