#include "families/deployment_snapshot_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "calendar_day.h"
#include "families/deployment_facts.h"

namespace preflight {
namespace {

constexpr const char* kSnapshots = "AWS API: Managed Service for Apache Flink, version 2018-05-23, SnapshotDetails";
constexpr const char* kRetention = "Amazon Kinesis Data Streams developer guide: Changing the data retention period";

/// A snapshot with the file that tells of it.
struct Kept {
  const Deployment* of;
  const KeptSnapshot* snapshot;
};

std::vector<Kept> kept_snapshots(const Upgrade& upgrade) {
  std::vector<Kept> kept;
  for (const Deployment& deployment : upgrade.deployments)
    for (const KeptSnapshot& snapshot : deployment.snapshots)
      kept.push_back({&deployment, &snapshot});
  return kept;
}

/// On the platforms of these files a snapshot has a name; elsewhere a path.
bool names_snapshots(DeploymentKind kind) {
  using enum DeploymentKind;
  return kind == msf_application || kind == msf_update || kind == terraform_json || kind == terraform_hcl ||
         kind == terraform_variables || kind == cloudformation;
}

bool restores_by_name(const Deployment& deployment) {
  return names_snapshots(deployment.kind) && deployment.restore &&
         deployment.restore->value == RestoreSource::named_snapshot;
}

Finding snapshot_finding(Severity severity, const Deployment& deployment, const DeploymentPlace& place) {
  Finding finding = deployment_finding("snapshot-not-usable", severity, deployment, "snapshot", place);
  finding.sources = {kSnapshots};
  return finding;
}

/// The hop that refuses state of `release`, and not already that of what runs now.
const Hop* refusing_hop(const Upgrade& upgrade, const FlinkVersion& release) {
  const auto found = std::ranges::find_if(upgrade.table->hops, [&](const Hop& hop) {
    return hop.outcome == Hop::Outcome::refused && (!hop.platform || *hop.platform == upgrade.platform) &&
           hop.from_min <= release && release <= hop.from_max && hop.to_min <= upgrade.to && upgrade.to <= hop.to_max &&
           !(upgrade.from && hop.from_min <= upgrade.from->lowest && upgrade.from->highest <= hop.from_max);
  });
  return found == upgrade.table->hops.end() ? nullptr : &*found;
}

void check_release_of(const Upgrade& upgrade, const Kept& kept, RuleResult& result) {
  const auto release = kept.snapshot->runtime ? FlinkVersion::parse(kept.snapshot->runtime->value) : std::nullopt;
  if (!release)
    return;
  const Hop* hop = refusing_hop(upgrade, *release);
  if (*release <= upgrade.to && hop == nullptr)
    return;
  Finding finding = snapshot_finding(Severity::blocker, *kept.of, kept.snapshot->runtime->place);
  finding.title = fmt::format("Snapshot \"{}\" was written by Flink {}, which {} does not take", kept.snapshot->name,
                              release->minor_text(), upgrade.to.minor_text());
  finding.message = hop != nullptr ? hop->why : "Flink reads the state of older releases, never that of newer ones.";
  finding.remedy = hop != nullptr ? hop->remedy : "Name a snapshot that the target's release or an older one wrote.";
  result.findings.push_back(std::move(finding));
}

void check_named(const Upgrade& upgrade, const Deployment& deployment, const std::vector<Kept>& all,
                 RuleResult& result) {
  if (!deployment.snapshot_name || deployment.snapshot_name->value.empty()) {
    Finding finding = snapshot_finding(Severity::blocker, deployment, deployment.restore->place);
    finding.title = "A snapshot is to be restored, and none is named";
    finding.message = "RESTORE_FROM_CUSTOM_SNAPSHOT without a SnapshotName is refused.";
    finding.remedy = "Give the name of the snapshot, or use RESTORE_FROM_LATEST_SNAPSHOT.";
    result.findings.push_back(std::move(finding));
    return;
  }
  const Setting<std::string>& wanted = *deployment.snapshot_name;
  const auto found = std::ranges::find(all, wanted.value, [](const Kept& kept) { return kept.snapshot->name; });
  if (all.empty()) {
    result.unknowns.push_back(
        {fmt::format("whether snapshot \"{}\" is READY, and which release wrote it", wanted.value),
         "no list of the snapshots was given (--deployment with list-application-snapshots)"});
  } else if (found == all.end()) {
    Finding finding = snapshot_finding(Severity::high, deployment, wanted.place);
    finding.title = fmt::format("Snapshot \"{}\" is not among those that are kept", wanted.value);
    finding.message = "The list of snapshots that was given does not have it; a start from it is refused.";
    finding.remedy = "Take the snapshot, or name one of the list.";
    for (const Kept& kept : all)
      finding.evidence.push_back(fmt::format("kept: \"{}\"", kept.snapshot->name));
    result.findings.push_back(std::move(finding));
  } else if (!found->snapshot->status.empty() && found->snapshot->status != "READY") {
    Finding finding = snapshot_finding(Severity::blocker, deployment, wanted.place);
    finding.title = fmt::format("Snapshot \"{}\" is {}, and not READY", wanted.value, found->snapshot->status);
    finding.message = "The service starts from a snapshot that is READY alone.";
    finding.remedy = "Wait until it is READY; where it FAILED, take another.";
    result.findings.push_back(std::move(finding));
  } else {
    check_release_of(upgrade, *found, result);
  }
}

RuleResult check_snapshot_not_usable(const Facts& facts) {
  RuleResult result;
  const std::vector<Kept> all = kept_snapshots(facts.upgrade);
  for (const Deployment& deployment : facts.upgrade.deployments)
    if (restores_by_name(deployment))
      check_named(facts.upgrade, deployment, all, result);
  return result;
}

/// When a snapshot was taken; nullopt where its file does not tell, or in a way that leaves the zone open.
std::optional<std::chrono::sys_seconds> taken_at(const KeptSnapshot& snapshot) {
  return snapshot.created ? timestamp(*snapshot.created) : std::nullopt;
}

/// Whether `one` was surely taken before `other`.
bool is_older(const KeptSnapshot& one, const KeptSnapshot& other) {
  const auto first = taken_at(one);
  const auto second = taken_at(other);
  return first && second && *first < *second;
}

/// The newest that is READY; nullptr where there is none.
const Kept* newest_of(const std::vector<Kept>& all) {
  const Kept* newest = nullptr;
  for (const Kept& kept : all)
    if (kept.snapshot->status == "READY" && taken_at(*kept.snapshot) &&
        (newest == nullptr || is_older(*newest->snapshot, *kept.snapshot)))
      newest = &kept;
  return newest;
}

RuleResult check_older_snapshot_restored(const Facts& facts) {
  RuleResult result;
  const std::vector<Kept> all = kept_snapshots(facts.upgrade);
  for (const Deployment& deployment : facts.upgrade.deployments) {
    if (!restores_by_name(deployment) || !deployment.snapshot_name)
      continue;
    const auto used =
        std::ranges::find(all, deployment.snapshot_name->value, [](const Kept& kept) { return kept.snapshot->name; });
    const Kept* newer = newest_of(all);
    if (used == all.end() || newer == nullptr || !is_older(*used->snapshot, *newer->snapshot))
      continue;
    const std::vector<std::string> transactions = exactly_once_uses(facts);
    Finding finding =
        deployment_finding("older-snapshot-restored", transactions.empty() ? Severity::medium : Severity::high,
                           deployment, "snapshot", deployment.snapshot_name->place);
    finding.title =
        fmt::format("Snapshot \"{}\" is not the newest: \"{}\" is", used->snapshot->name, newer->snapshot->name);
    finding.message =
        "The sources are read again from where they were when it was taken; what a source no longer keeps is lost.";
    if (!transactions.empty())
      finding.message +=
          " The job has sinks with exactly-once delivery: what they committed since then is written a second time.";
    finding.evidence.insert(finding.evidence.end(), transactions.begin(), transactions.end());
    finding.remedy = "Start from the newest snapshot, unless going back is what is meant.";
    finding.sources = {kSnapshots, "Flink documentation: Fault Tolerance Guarantees of Data Sources and Sinks"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

/// "2 days", "36 hours"
std::string duration_text(std::chrono::seconds duration) {
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(duration).count();
  constexpr int kDay = 24;
  const bool days = hours > kDay && hours % kDay == 0;
  return fmt::format("{} {}", days ? hours / kDay : hours, days ? "days" : "hours");
}

Finding retention_finding(const Deployment& deployment, const DeploymentPlace& place, const KeptSnapshot& snapshot,
                          std::chrono::seconds retention) {
  Finding finding = deployment_finding("snapshot-older-than-retention", Severity::high, deployment, "snapshot", place);
  finding.title = fmt::format("Snapshot \"{}\" is older than the {} that the sources keep", snapshot.name,
                              duration_text(retention));
  finding.message =
      "The positions that it holds are gone from the sources: they go on at the oldest record that is left, or at the "
      "newest, or fail, as each is set; what lies between is never processed.";
  finding.remedy = "Start from a snapshot that is younger, or have the sources keep more before going back that far.";
  finding.evidence.push_back(fmt::format("\"{}\" was taken at {}", snapshot.name, *snapshot.created));
  finding.sources = {kSnapshots, kRetention};
  return finding;
}

/// The snapshot that a deployment starts from, where it is one of those that are kept already: the one that it names,
/// or, of an application that does not run, the newest. One that runs takes another first.
const Kept* starts_from(const Deployment& deployment, const std::vector<Kept>& all) {
  if (restores_by_name(deployment)) {
    const std::string name = deployment.snapshot_name ? deployment.snapshot_name->value : "";
    const auto named_one = std::ranges::find(all, name, [](const Kept& kept) { return kept.snapshot->name; });
    return named_one == all.end() ? nullptr : &*named_one;
  }
  const bool stopped = deployment.status && deployment.status->value == "READY";
  const bool newest = deployment.restore && deployment.restore->value == RestoreSource::latest_snapshot;
  return stopped && newest ? newest_of(all) : nullptr;
}

RuleResult check_snapshot_older_than_retention(const Facts& facts) {
  RuleResult result;
  const Upgrade& upgrade = facts.upgrade;
  const std::vector<Kept> all = kept_snapshots(upgrade);
  for (const Deployment& deployment : upgrade.deployments) {
    const Kept* used = starts_from(deployment, all);
    if (used == nullptr && !restores_by_name(deployment))
      continue;
    const auto taken = used == nullptr ? std::nullopt : taken_at(*used->snapshot);
    if (!taken)
      result.unknowns.push_back({"whether the sources still have what came after the snapshot to start from",
                                 "no list of the snapshots that was given tells when it was taken (--deployment with "
                                 "list-application-snapshots)"});
    else if (*taken + *upgrade.source_retention < upgrade.now)
      result.findings.push_back(retention_finding(
          deployment, deployment.snapshot_name ? deployment.snapshot_name->place : deployment.restore->place,
          *used->snapshot, *upgrade.source_retention));
  }
  return result;
}

}  // namespace

Rule snapshot_not_usable() {
  return {.id = "snapshot-not-usable",
          .severity = Severity::blocker,
          .title = "The snapshot to start from cannot be used",
          .rationale =
              "A start from a snapshot that is not there, not READY, or of a release that the target does not read, is "
              "refused.",
          .remedy = "Name a snapshot that is READY, and that the target reads.",
          .sources = {kSnapshots},
          .fires =
              "update-application asks for RESTORE_FROM_CUSTOM_SNAPSHOT of \"before-2-2\", and "
              "list-application-snapshots says that it is CREATING.",
          .does_not_fire = "The list says that it is READY, and its RuntimeEnvironment is FLINK-1_20.",
          .needs = {.deployment = true},
          .check = check_snapshot_not_usable};
}

Rule older_snapshot_restored() {
  return {
      .id = "older-snapshot-restored",
      .severity = Severity::high,
      .title = "The deployment starts from a snapshot that is not the newest",
      .rationale = "Everything since that snapshot is processed again; sinks that commit transactions write it twice.",
      .remedy = "Start from the newest snapshot, unless going back is what is meant.",
      .sources = {"Flink documentation: Fault Tolerance Guarantees of Data Sources and Sinks"},
      .fires =
          "update-application names the snapshot \"monday\", and list-application-snapshots has \"tuesday\", "
          "which is READY too.",
      .does_not_fire = "It names \"tuesday\", the newest.",
      .needs = {.deployment = true},
      .check = check_older_snapshot_restored};
}

Rule snapshot_older_than_retention() {
  return {
      .id = "snapshot-older-than-retention",
      .severity = Severity::high,
      .title = "The snapshot is older than what the sources keep",
      .rationale =
          "A snapshot holds positions in the sources. Where those no longer have what came after it, records are "
          "skipped, and the job says nothing or fails, as the source is set.",
      .remedy = "Start from a younger snapshot, or have the sources keep more.",
      .sources = {kSnapshots, kRetention},
      .fires =
          "--source-retention 24h, and update-application names a snapshot that list-application-snapshots says was "
          "taken three days ago.",
      .does_not_fire = "It was taken an hour ago.",
      .needs = {.deployment = true, .source_retention = true},
      .check = check_snapshot_older_than_retention};
}

}  // namespace preflight
