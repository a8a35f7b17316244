#include "families/known_bug_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "connector_version.h"
#include "declared_artifacts.h"

namespace preflight {
namespace {

constexpr const char* kRuntime = "flink";

bool is_of_flink(const KnownBug& bug) {
  return bug.artifacts == std::vector<std::string>{kRuntime};
}

Finding bug_finding(const KnownBug& bug, const std::string& who) {
  Finding finding;
  finding.rule = "known-bug-met";
  finding.severity = bug.severity;
  finding.title = fmt::format("{}: {}", who, bug.title);
  finding.message =
      fmt::format("{} {} has the defect {}; {}.", bug.why, who, bug.id,
                  bug.fixed_in.empty() ? "no release with the cure is known" : "the cure is in " + bug.fixed_in);
  finding.remedy = bug.remedy;
  finding.sources = bug.sources;
  return finding;
}

Finding runtime_finding(const KnownBug& bug, const FlinkVersion& release) {
  Finding finding = bug_finding(bug, "Flink " + release.text());
  finding.subject = {.kind = Subject::Kind::runtime, .name = fmt::format("Flink {} {}", release.text(), bug.id)};
  return finding;
}

/// Whether a defect spans every patch of a minor that there is: then the minor alone tells.
bool covers_minor(const KnownBug& bug, const FlinkVersion& release) {
  const std::string minor = release.minor_text() + ".";
  return is_release_within(minor + "0", bug.from, bug.until) && is_release_within(minor + "999", bug.from, bug.until);
}

/// The release that a defect of the runtime is looked for in; nullopt where it is not known to one minor.
std::optional<FlinkVersion> release_for(const KnownBug& bug, const Upgrade& upgrade) {
  if (!bug.of_the_writer)
    return upgrade.to;
  return upgrade.from && upgrade.from->exact() ? std::optional(upgrade.from->lowest) : std::nullopt;
}

/// Defects of some patches of `release`, whose own patch is not known: one finding for all, as it may have none of
/// them.
Finding patch_finding(const FlinkVersion& release, const std::vector<const KnownBug*>& bugs) {
  Finding finding;
  finding.rule = "known-bug-met";
  finding.severity = Severity::info;
  finding.title = fmt::format("Some patches of Flink {} have defects that a restore meets", release.minor_text());
  finding.message =
      "The release is given without its patch. Those below are in some patches of it and cured in later ones.";
  finding.remedy = fmt::format("Say the patch (such as {}.1), or take the newest one.", release.minor_text());
  finding.subject = {.kind = Subject::Kind::runtime, .name = fmt::format("Flink {}, patch", release.minor_text())};
  for (const KnownBug* bug : bugs) {
    finding.evidence.push_back(fmt::format("{} ({} to {}): {}", bug->id, bug->from, bug->until, bug->title));
    finding.sources.insert(finding.sources.end(), bug->sources.begin(), bug->sources.end());
  }
  return finding;
}

void meet_runtime(const Upgrade& upgrade, RuleResult& result) {
  std::vector<const KnownBug*> of_some_patch_to, of_some_patch_from;
  for (const KnownBug& bug : upgrade.table->known_bugs) {
    const auto release = is_of_flink(bug) ? release_for(bug, upgrade) : std::nullopt;
    if (!release)
      continue;
    if (release->patch ? is_release_within(release->text(), bug.from, bug.until) : covers_minor(bug, *release))
      result.findings.push_back(runtime_finding(bug, *release));
    else if (!release->patch && (is_release_within(bug.from, release->minor_text(), release->minor_text() + ".999") ||
                                 is_release_within(bug.until, release->minor_text(), release->minor_text() + ".999")))
      (bug.of_the_writer ? of_some_patch_from : of_some_patch_to).push_back(&bug);
  }
  const bool restores = upgrade.savepoint || upgrade.running_application;
  if (restores && !of_some_patch_to.empty())
    result.findings.push_back(patch_finding(upgrade.to, of_some_patch_to));
  if (restores && !of_some_patch_from.empty())
    result.findings.push_back(patch_finding(upgrade.from->lowest, of_some_patch_from));
}

bool is_about(const KnownBug& bug, const Coordinates& library) {
  return std::ranges::any_of(
      bug.artifacts, [&](const std::string& pattern) { return is_artifact(pattern, library.group, library.artifact); });
}

void meet_libraries(const Upgrade& upgrade, RuleResult& result) {
  for (const DeclaredArtifact& library : declared_artifacts(upgrade)) {
    const auto is_met = [&](const KnownBug& bug) { return is_about(bug, library.coordinates); };
    if (library.coordinates.version.empty()) {
      if (std::ranges::any_of(upgrade.table->known_bugs, is_met))
        result.unknowns.push_back({library.key(), library.unknown});
      continue;
    }
    for (const KnownBug& bug : upgrade.table->known_bugs) {
      if (!is_met(bug) || !is_release_within(library.coordinates.version, bug.from, bug.until))
        continue;
      Finding finding = bug_finding(bug, library.coordinates.text());
      finding.subject = {.kind = Subject::Kind::dependency,
                         .name = fmt::format("{} {}", library.key(), bug.id),
                         .coordinates = library.coordinates.text()};
      finding.location = library.location;
      result.findings.push_back(std::move(finding));
    }
  }
}

RuleResult check_known_bug_met(const Facts& facts) {
  RuleResult result;
  meet_runtime(facts.upgrade, result);
  meet_libraries(facts.upgrade, result);
  return result;
}

}  // namespace

Rule known_bug_met() {
  return {.id = "known-bug-met",
          .severity = Severity::high,
          .title = "A release with a known defect takes part in the upgrade",
          .rationale =
              "Some patches of Flink and of its connectors restore state wrongly, lose data or stop without a word. "
              "Their trackers name the releases.",
          .remedy = "Use a release that has the cure, or avoid what the defect is about.",
          .sources = {"rules/table/known_bugs.json"},
          .fires = "The target is Flink 1.18.1, which restores compressed operator state wrongly (FLINK-34063).",
          .does_not_fire = "The target is Flink 1.18.2, which has the cure.",
          .needs = {},
          .check = check_known_bug_met};
}

}  // namespace preflight
