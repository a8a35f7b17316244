#include "families/connector_state_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "connector_version.h"
#include "declared_artifacts.h"

namespace preflight {
namespace {

using Outcome = ConnectorStateFormat::Outcome;

bool is_one_of(const std::vector<std::string>& patterns, const Coordinates& library) {
  return std::ranges::any_of(
      patterns, [&](const std::string& pattern) { return is_artifact(pattern, library.group, library.artifact); });
}

const std::vector<std::string>& readers_of(const ConnectorStateFormat& row) {
  return row.read_artifacts.empty() ? row.artifacts : row.read_artifacts;
}

bool writes(const ConnectorStateFormat& row, const Coordinates& library) {
  return is_one_of(row.artifacts, library) && is_release_within(library.version, row.written_from, row.written_until);
}

bool reads(const ConnectorStateFormat& row, const Coordinates& library) {
  return is_one_of(readers_of(row), library) && is_release_within(library.version, row.read_from, row.read_until);
}

/// What the state that is restored says of a row.
enum class Seen { own_states, may_be, not_there };

Seen seen_in(const Savepoint& before, const ConnectorStateFormat& row) {
  if (row.states.empty())
    return Seen::may_be;
  bool all_known = true;
  for (const OperatorState& operator_state : before.operators) {
    all_known = all_known && operator_state.unread.empty();
    for (const State& state : operator_state.states)
      if (std::ranges::find(row.states, state.name) != row.states.end())
        return row.states_are_its_own ? Seen::own_states : Seen::may_be;
  }
  return all_known ? Seen::not_there : Seen::may_be;
}

/// A library that the application that runs now packs.
struct RunningLibrary {
  Coordinates coordinates;
  std::string entry;
};

std::optional<RunningLibrary> running_library(const Upgrade& upgrade, const auto& is_meant) {
  if (upgrade.running_application)
    for (const BundledLibrary& library : upgrade.running_application->libraries)
      if (!library.coordinates.version.empty() && is_meant(library.coordinates))
        return RunningLibrary{library.coordinates, library.entry};
  return std::nullopt;
}

Finding finding_about(const DeclaredArtifact& library, const std::string& about) {
  Finding finding;
  finding.rule = "connector-state-format-changed";
  finding.subject = {.kind = Subject::Kind::dependency,
                     .name = fmt::format("{} {}", library.key(), about),
                     .coordinates = library.coordinates.text()};
  finding.location = library.location;
  return finding;
}

std::string evidence_of(const RunningLibrary& running) {
  return fmt::format("the running JAR bundles {} ({})", running.coordinates.text(), running.entry);
}

/// The row is met: the new application has what reads the state, and the running one what wrote it.
Finding row_finding(const ConnectorStateFormat& row, const DeclaredArtifact& library) {
  Finding finding = finding_about(library, row.id);
  finding.severity = row.severity;
  finding.title = row.title;
  finding.message = fmt::format("The new application has {}. {}", library.coordinates.text(), row.why);
  finding.remedy = row.remedy;
  finding.sources = row.sources;
  return finding;
}

/// The other way round: what is new is older than what wrote the state.
Finding downgrade_finding(const ConnectorStateFormat& row, const DeclaredArtifact& library,
                          const RunningLibrary& running) {
  Finding finding = finding_about(library, row.id);
  finding.severity = Severity::blocker;
  finding.title =
      fmt::format("{} cannot read the state that {} wrote", library.coordinates.text(), running.coordinates.version);
  finding.message = fmt::format("{}. {}", row.title, row.why);
  finding.remedy =
      "Use no older release of the connector than the one that runs now, or restore a savepoint that an "
      "older one wrote.";
  finding.evidence = {evidence_of(running)};
  finding.sources = row.sources;
  return finding;
}

/// How the rows of one library were met.
struct Met {
  std::vector<Finding> findings;
  std::vector<const ConnectorStateFormat*> possible;  ///< Nothing says which release wrote the state.
};

bool is_cured(const ConnectorStateFormat& row, const std::vector<DeclaredArtifact>& libraries) {
  return std::ranges::any_of(
      libraries, [&](const DeclaredArtifact& library) { return is_one_of(row.cured_by, library.coordinates); });
}

void meet(const Facts& facts, const ConnectorStateFormat& row, const DeclaredArtifact& library, Met& met) {
  const Upgrade& upgrade = facts.upgrade;
  if (row.outcome == Outcome::migrates && row.read_artifacts.empty() && writes(row, library.coordinates)) {
    const auto newer = running_library(upgrade, [&](const Coordinates& old) { return reads(row, old); });
    if (newer && seen_in(facts.restore.before, row) != Seen::not_there)
      met.findings.push_back(downgrade_finding(row, library, *newer));
  }
  if (!reads(row, library.coordinates))
    return;
  const Seen seen = seen_in(facts.restore.before, row);
  if (seen == Seen::not_there)
    return;
  const auto writer = running_library(upgrade, [&](const Coordinates& old) { return writes(row, old); });
  const auto of_the_family =
      running_library(upgrade, [&](const Coordinates& old) { return is_one_of(row.artifacts, old); });
  if (writer && !(row.states_are_its_own && seen == Seen::may_be)) {
    met.findings.push_back(row_finding(row, library));
    met.findings.back().evidence = {evidence_of(*writer)};
  } else if (!writer && of_the_family) {
    return;  // Its release is known, and the row is not about it.
  } else if (seen == Seen::own_states) {
    met.findings.push_back(row_finding(row, library));
    met.findings.back().evidence = {fmt::format("the savepoint has the state {}", row.states.front())};
  } else if (row.outcome != Outcome::migrates && !upgrade.running_application) {
    met.possible.push_back(&row);
  }
}

std::string span_text(const ConnectorStateFormat& row) {
  const std::string first = row.written_from.empty() ? "its first release" : row.written_from;
  return fmt::format("{} to {}", first, row.written_until.empty() ? "its last" : row.written_until);
}

/// Nothing says which release wrote the savepoint, and there are some whose state the new one does not take.
Finding possible_finding(const DeclaredArtifact& library, const std::vector<const ConnectorStateFormat*>& rows) {
  Finding finding = finding_about(library, "written by another release");
  finding.severity = Severity::low;
  finding.title = fmt::format("{} does not take the state of every older release", library.coordinates.text());
  finding.message =
      "Which release of the connector wrote the savepoint is not known. If it is one of those below, and the job uses "
      "what is named there, its state is not restored.";
  finding.remedy = "Give the JAR that runs now (--running-app), or compare its version of the connector with these.";
  for (const ConnectorStateFormat* row : rows) {
    finding.evidence.push_back(fmt::format("state of {} {}: {}", row->artifacts.front(), span_text(*row), row->title));
    finding.sources.insert(finding.sources.end(), row->sources.begin(), row->sources.end());
  }
  return finding;
}

bool has_rows(const CompatibilityTable& table, const Coordinates& library) {
  return std::ranges::any_of(table.connector_state_formats,
                             [&](const ConnectorStateFormat& row) { return is_one_of(readers_of(row), library); });
}

RuleResult check_connector_state_format_changed(const Facts& facts) {
  RuleResult result;
  const std::vector<DeclaredArtifact> libraries = declared_artifacts(facts.upgrade);
  for (const DeclaredArtifact& library : libraries) {
    if (!has_rows(*facts.upgrade.table, library.coordinates))
      continue;
    if (library.coordinates.version.empty()) {
      result.unknowns.push_back({library.key(), library.unknown});
      continue;
    }
    Met met;
    for (const ConnectorStateFormat& row : facts.upgrade.table->connector_state_formats)
      if (!is_cured(row, libraries))
        meet(facts, row, library, met);
    std::ranges::move(met.findings, std::back_inserter(result.findings));
    if (!met.possible.empty())
      result.findings.push_back(possible_finding(library, met.possible));
  }
  return result;
}

}  // namespace

Rule connector_state_format_changed() {
  return {.id = "connector-state-format-changed",
          .severity = Severity::blocker,
          .title = "A connector's release reads or writes its own state in another form",
          .rationale =
              "Sources and sinks keep splits, offsets and transactions in state of a form of their own, which their "
              "releases change, some of them in a patch. Flink does not know that form and cannot migrate it.",
          .remedy = "Do what the finding says before the savepoint is taken, or use a release that reads the old form.",
          .sources = {"rules/table/connector_state_formats.json"},
          .fires = "The running JAR bundles flink-connector-mysql-cdc 2.2.0, and the new one 2.4.2.",
          .does_not_fire = "The running JAR bundles flink-connector-mysql-cdc 2.4.1, and the new one 2.4.2.",
          .needs = {.dependencies = true, .savepoint = true},
          .check = check_connector_state_format_changed};
}

}  // namespace preflight
