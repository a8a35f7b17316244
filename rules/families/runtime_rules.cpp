#include "families/runtime_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "upgrade_path.h"

namespace preflight {
namespace {

bool platform_has_list(const CompatibilityTable& table, Platform platform) {
  return std::ranges::any_of(table.runtimes,
                             [&](const PlatformRuntime& runtime) { return runtime.platform == platform; });
}

/// "1.15, 1.18, 1.19": what could be chosen instead.
std::string offered_versions(const Upgrade& upgrade) {
  std::string text;
  const auto add = [&](const FlinkVersion& version) { text += (text.empty() ? "" : ", ") + version.minor_text(); };
  if (platform_has_list(*upgrade.table, upgrade.platform)) {
    for (const PlatformRuntime& runtime : upgrade.table->runtimes)
      if (runtime.platform == upgrade.platform && runtime.supported)
        add(runtime.version);
  } else {
    for (const FlinkRelease& release : upgrade.table->releases)
      add(release.version);
  }
  return text;
}

Finding target_finding(const char* rule, Severity severity, const Upgrade& upgrade) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {.kind = Subject::Kind::runtime,
                     .name = fmt::format("{} {}", to_string(upgrade.platform), upgrade.to.minor_text())};
  return finding;
}

RuleResult check_target_runtime_unknown(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  Finding finding = target_finding("target-runtime-unknown", Severity::blocker, upgrade);
  if (platform_has_list(*upgrade.table, upgrade.platform)) {
    if (upgrade.table->find_runtime(upgrade.platform, upgrade.to) != nullptr)
      return {};
    finding.title = fmt::format("The managed service offers no runtime for Flink {}", upgrade.to.minor_text());
    finding.message = fmt::format(
        "Table version {} lists every runtime that the service's API accepts, and {} is not among them. An update call "
        "with it is refused.",
        upgrade.table->version, upgrade.target_text);
  } else {
    if (upgrade.table->find_release(upgrade.to) != nullptr)
      return {};
    finding.title = fmt::format("Flink {} is not a release that is known here", upgrade.to.minor_text());
    finding.message = fmt::format(
        "Table version {} has no row for it, so nothing can be said about what it reads, removes or needs. It is a "
        "misspelt version, or a release that is newer than the table.",
        upgrade.table->version);
  }
  finding.remedy = fmt::format("Choose one of {}.", offered_versions(upgrade));
  finding.sources = {"rules/table/runtimes.json", "rules/table/releases.json"};
  return {.findings = {finding}};
}

RuleResult check_target_runtime_out_of_support(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  const PlatformRuntime* runtime = upgrade.table->find_runtime(upgrade.platform, upgrade.to);
  if (runtime == nullptr || runtime->supported)
    return {};
  Finding finding = target_finding("target-runtime-out-of-support", Severity::high, upgrade);
  finding.title = fmt::format("The target runtime {} is out of support", runtime->name);
  finding.message = runtime->note.empty() ? "The service no longer supports it." : runtime->note;
  finding.remedy = fmt::format("Choose a supported runtime: {}.", offered_versions(upgrade));
  finding.sources = runtime->sources;
  return {.findings = {finding}};
}

Finding path_finding(const char* rule, Severity severity, const Upgrade& upgrade, const PathObstacle& obstacle) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.message =
      obstacle.why + " The running release is taken to be " + upgrade.from->text() + " (" + upgrade.from->how + ").";
  finding.remedy = obstacle.remedy;
  finding.sources = obstacle.sources;
  finding.subject = {.kind = Subject::Kind::runtime,
                     .name = obstacle.id.empty()
                                 ? fmt::format("{} → {}", upgrade.from->lowest.minor_text(), upgrade.to.minor_text())
                                 : obstacle.id};
  return finding;
}

RuleResult check_runtime_downgrade(const Facts& facts) {
  RuleResult result;
  for (const PathObstacle& obstacle : path_obstacles(facts.upgrade))
    if (obstacle.kind == PathObstacle::Kind::downgrade) {
      const bool refused = facts.upgrade.platform == Platform::msf;
      Finding finding =
          path_finding("runtime-downgrade", refused ? Severity::blocker : Severity::high, facts.upgrade, obstacle);
      if (refused)
        finding.message += " The managed service refuses an update to an older runtime that keeps state.";
      finding.title = fmt::format("Flink {} is older than the release that runs now ({})",
                                  facts.upgrade.to.minor_text(), facts.upgrade.from->text());
      result.findings.push_back(std::move(finding));
    }
  return result;
}

RuleResult check_upgrade_path_refused(const Facts& facts) {
  RuleResult result;
  for (const PathObstacle& obstacle : path_obstacles(facts.upgrade))
    if (obstacle.certain_failure()) {
      Finding finding = path_finding("upgrade-path-refused", Severity::blocker, facts.upgrade, obstacle);
      finding.title = fmt::format("State of Flink {} cannot be taken to {} in one step", facts.upgrade.from->text(),
                                  facts.upgrade.to.minor_text());
      result.findings.push_back(std::move(finding));
    }
  return result;
}

RuleResult check_upgrade_path_unpromised(const Facts& facts) {
  RuleResult result;
  for (const PathObstacle& obstacle : path_obstacles(facts.upgrade))
    if (obstacle.kind == PathObstacle::Kind::unpromised) {
      Finding finding = path_finding("upgrade-path-unpromised", Severity::medium, facts.upgrade, obstacle);
      finding.title = fmt::format("Nobody promises that state of Flink {} restores on {}", facts.upgrade.from->text(),
                                  facts.upgrade.to.minor_text());
      result.findings.push_back(std::move(finding));
    }
  return result;
}

}  // namespace

Rule target_runtime_unknown() {
  return {.id = "target-runtime-unknown",
          .severity = Severity::blocker,
          .title = "The target runtime does not exist",
          .rationale =
              "A managed service offers some Flink releases only, and a release that the table does not know "
              "cannot be judged.",
          .remedy = "Choose a release that the platform offers.",
          .sources = {"rules/table/runtimes.json", "rules/table/releases.json"},
          .fires = "--target 1.16 --platform msf: the managed service offers no such runtime.",
          .does_not_fire = "--target 2.2 --platform msf: the runtime FLINK-2_2 is there.",
          .needs = {},
          .check = check_target_runtime_unknown};
}

Rule target_runtime_out_of_support() {
  return {.id = "target-runtime-out-of-support",
          .severity = Severity::high,
          .title = "The target runtime is out of support",
          .rationale =
              "An application moved to a runtime that the service has ended must soon move again, and may be "
              "refused.",
          .remedy = "Choose a supported runtime.",
          .sources = {"rules/table/runtimes.json"},
          .fires = "--target 1.13 --platform msf: FLINK-1_13 is still listed, but the service has ended its support.",
          .does_not_fire =
              "--target 1.20 --platform msf; and any release on Kubernetes, where no service ends its support.",
          .needs = {},
          .check = check_target_runtime_out_of_support};
}

Rule runtime_downgrade() {
  return {.id = "runtime-downgrade",
          .severity = Severity::blocker,
          .title = "The target release is older than the running one",
          .rationale = "Flink promises to read state of older releases, never of newer ones.",
          .remedy = "Start the older release from a savepoint that it wrote itself, or without state.",
          .sources = {"Flink documentation: Upgrading Applications and Flink Versions, compatibility table"},
          .fires = "--from 2.2 --target 1.20.",
          .does_not_fire = "--from 1.20 --target 2.2, and --from 1.20 --target 1.20.",
          .needs = {.source_release = true},
          .check = check_runtime_downgrade};
}

Rule upgrade_path_refused() {
  return {.id = "upgrade-path-refused",
          .severity = Severity::blocker,
          .title = "The target cannot take over state of the running release in one step",
          .rationale =
              "Each Flink release reads the state of some older releases only, and a managed service refuses "
              "further pairs.",
          .remedy =
              "Go through an intermediate release that reads the one and is read by the other, taking a savepoint "
              "there.",
          .sources = {"rules/table/hops.json"},
          .fires = "--from 1.7 --target 1.20: Flink 1.17 and later do not read savepoints of releases before 1.8.",
          .does_not_fire = "--from 1.18 --target 1.20.",
          .needs = {.source_release = true},
          .check = check_upgrade_path_refused};
}

Rule upgrade_path_unpromised() {
  return {.id = "upgrade-path-unpromised",
          .severity = Severity::medium,
          .title = "State compatibility between the two releases is not promised",
          .rationale = "Between major releases Flink reads the old formats where it can and guarantees nothing.",
          .remedy = "Restore a copy of the savepoint on the target before the upgrade, and keep the old savepoint.",
          .sources = {"rules/table/hops.json"},
          .fires = "--from 1.20 --target 2.2: it crosses a major release.",
          .does_not_fire = "--from 1.18 --target 1.20: both are of Flink 1.",
          .needs = {.source_release = true},
          .check = check_upgrade_path_unpromised};
}

}  // namespace preflight
