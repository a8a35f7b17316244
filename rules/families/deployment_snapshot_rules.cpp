#include "families/deployment_snapshot_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "families/deployment_facts.h"

namespace preflight {
namespace {

constexpr const char* kSnapshots = "AWS API: Managed Service for Apache Flink, version 2018-05-23, SnapshotDetails";

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

/// Seconds since 1970 of a file of the service's client; an ISO 8601 time is compared as the text that it is.
std::optional<double> seconds_of(const std::string& text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(seconds) : std::nullopt;
}

/// Whether `one` was surely made before `other`: times in different forms are not compared.
bool is_older(const std::string& one, const std::string& other) {
  const auto first = seconds_of(one);
  const auto second = seconds_of(other);
  if (first && second)
    return *first < *second;
  constexpr std::size_t kDateAndTime = 19;  // 2026-11-20T10:15:00
  return !first && !second && one.size() > kDateAndTime && other.size() > kDateAndTime && one[10] == 'T' &&
         other[10] == 'T' &&
         one.substr(kDateAndTime).ends_with(other.substr(other.find_first_of("Z+-", kDateAndTime))) && one < other;
}

const Kept* newer_than(const std::vector<Kept>& all, const KeptSnapshot& named_one) {
  const Kept* newest = nullptr;
  for (const Kept& kept : all)
    if (kept.snapshot->status == "READY" && kept.snapshot->created && named_one.created &&
        is_older(*named_one.created, *kept.snapshot->created) &&
        (newest == nullptr || is_older(*newest->snapshot->created, *kept.snapshot->created)))
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
    const Kept* newer = used == all.end() ? nullptr : newer_than(all, *used->snapshot);
    if (newer == nullptr)
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

}  // namespace preflight
