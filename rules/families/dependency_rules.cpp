#include "families/dependency_rules.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "connector_releases.h"
#include "declared_artifacts.h"
#include "pom_cures.h"

namespace preflight {
namespace {

constexpr const char* kFlinkGroup = "org.apache.flink";

/// What kind of row the table has for an artifact decides which rule speaks of it, so that none is reported twice.
struct Classified {
  DeclaredArtifact artifact;
  const RetiredArtifact* retired = nullptr;
  const Connector* connector = nullptr;
};

std::vector<Classified> classified_artifacts(const Upgrade& upgrade) {
  std::vector<Classified> result;
  for (DeclaredArtifact& artifact : declared_artifacts(upgrade)) {
    Classified classified{.artifact = std::move(artifact)};
    const Coordinates& coordinates = classified.artifact.coordinates;
    classified.retired = upgrade.table->find_retired_artifact(coordinates.group, coordinates.artifact, upgrade.to);
    if (classified.retired == nullptr)
      classified.connector = upgrade.table->find_connector(coordinates.group, coordinates.artifact);
    result.push_back(std::move(classified));
  }
  return result;
}

/// How a library comes in that no pom declares.
std::string through_text(const DeclaredArtifact& artifact) {
  return fmt::format("{} comes in through {}", artifact.coordinates.text(), artifact.through);
}

/// What else there is to do where the version stands in somebody else's pom.
std::string how_to_override(const DeclaredArtifact& artifact) {
  return artifact.through.empty()
             ? ""
             : fmt::format(
                   " No pom of yours declares it: set its version in <dependencyManagement>, or move to a "
                   "release of {} that brings in another.",
                   artifact.through.substr(0, artifact.through.find(',')));
}

Finding dependency_finding(const char* rule, Severity severity, const DeclaredArtifact& artifact) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {
      .kind = Subject::Kind::dependency, .name = artifact.key(), .coordinates = artifact.coordinates.text()};
  finding.location = artifact.location;
  if (!artifact.through.empty())
    finding.evidence.push_back(through_text(artifact));
  if (!artifact.bundled_version.empty())
    finding.evidence.push_back(fmt::format("the JAR bundles {}:{}", artifact.key(), artifact.bundled_version));
  return finding;
}

/// An artifact whose version is Flink's own: in Flink's group, no connector with a line of releases of its own, and a
/// version that names a Flink release.
std::optional<FlinkVersion> flink_version_of(const Classified& classified, const CompatibilityTable& table) {
  const Coordinates& coordinates = classified.artifact.coordinates;
  if (coordinates.group != kFlinkGroup || classified.retired != nullptr || classified.connector != nullptr)
    return std::nullopt;
  const auto version = FlinkVersion::parse(coordinates.version);
  return version && table.find_release(*version) != nullptr ? version : std::nullopt;
}

RuleResult check_flink_dependency_version_mismatch(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  RuleResult result;
  // Artifacts that share one property or one declared version are one thing to change.
  std::map<std::tuple<std::string, std::string, std::string>, Finding> by_cause;
  for (const Classified& classified : classified_artifacts(upgrade)) {
    const DeclaredArtifact& artifact = classified.artifact;
    if (artifact.coordinates.group == kFlinkGroup && artifact.coordinates.version.empty())
      result.unknowns.push_back({artifact.key(), artifact.unknown});
    const auto version = flink_version_of(classified, *upgrade.table);
    if (!version || *version == upgrade.to)
      continue;
    const auto cause = std::tuple(artifact.version_property, artifact.coordinates.version, artifact.through);
    auto [entry, is_new] =
        by_cause.try_emplace(cause, dependency_finding("flink-dependency-version-mismatch", Severity::high, artifact));
    Finding& finding = entry->second;
    if (is_new) {
      finding.evidence.clear();
      finding.subject.name =
          artifact.version_property.empty() ? artifact.key() : fmt::format("${{{}}}", artifact.version_property);
      finding.title = artifact.version_property.empty()
                          ? fmt::format("{} is {}, the target is Flink {}", artifact.key(),
                                        artifact.coordinates.version, upgrade.to.minor_text())
                          : fmt::format("{} is {}, the target is Flink {}", artifact.version_property,
                                        artifact.coordinates.version, upgrade.to.minor_text());
      finding.message =
          "Flink keeps neither binary nor source compatibility of everything between minor releases: code compiled "
          "against one release may fail to link, or behave differently, on another.";
      finding.remedy = fmt::format("Set {} to a {} release, compile, and run the tests again.",
                                   artifact.version_property.empty() ? "the version" : artifact.version_property,
                                   upgrade.to.minor_text()) +
                       how_to_override(artifact);
      finding.sources = {
          "Flink documentation: Upgrading Applications and Flink Versions, API compatibility guarantees"};
    }
    const std::string through = artifact.through.empty() ? "" : ", through " + artifact.through;
    finding.evidence.push_back(fmt::format(
        "{}{}", artifact.coordinates.text(),
        artifact.scope.empty() ? " (bundled in the JAR)" : fmt::format(" ({}{})", artifact.scope, through)));
    add_cure(finding, pom_cure(upgrade, artifact.coordinates));
  }
  for (auto& [cause, finding] : by_cause)
    result.findings.push_back(std::move(finding));
  return result;
}

/// True when no row of the connector speaks of this release or a later one of the same major: then the table is perhaps
/// merely older than the target.
bool table_may_be_behind(const Upgrade& upgrade) {
  return upgrade.table->find_release(upgrade.to) == nullptr;
}

/// A connector by its name, of which no row tells. What others share (-base) changes with them.
bool is_connector_without_row(const Classified& classified, const CompatibilityTable& table) {
  const std::string& name = classified.artifact.coordinates.artifact;
  return classified.retired == nullptr && classified.connector == nullptr && name.starts_with("flink-") &&
         name.find("connector") != std::string::npos && !name.ends_with("-base") && !name.ends_with("-test-utils") &&
         !classified.artifact.coordinates.version.empty() && !flink_version_of(classified, table);
}

std::string successor_text(const Connector& connector, const CompatibilityTable& table, const FlinkVersion& target) {
  const Connector* successor = table.find_connector(connector.successor_group, connector.successor_artifact);
  const ConnectorRelease* release = successor != nullptr ? newest_release_for(*successor, target) : nullptr;
  return fmt::format("{}:{}{}", connector.successor_group, connector.successor_artifact,
                     release != nullptr ? ":" + release->version : "");
}

RuleResult check_connector_without_release(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  RuleResult result;
  for (const Classified& classified : classified_artifacts(upgrade)) {
    const Connector* connector = classified.connector;
    if (is_connector_without_row(classified, *upgrade.table))
      result.unknowns.push_back({classified.artifact.coordinates.text(),
                                 fmt::format("the table does not know this connector, nor which of its releases is for "
                                             "Flink {}",
                                             upgrade.to.minor_text())});
    if (connector == nullptr || newest_release_for(*connector, upgrade.to) != nullptr)
      continue;
    if (table_may_be_behind(upgrade)) {
      result.unknowns.push_back({classified.artifact.key(),
                                 fmt::format("the table does not know Flink {}, nor releases of the connector for it",
                                             upgrade.to.minor_text())});
      continue;
    }
    const bool other_major = built_for_other_major(*connector, classified.artifact.coordinates.version, upgrade.to);
    Finding finding = dependency_finding("connector-without-release",
                                         other_major ? Severity::blocker : Severity::medium, classified.artifact);
    finding.title =
        fmt::format("The {} connector has no release for Flink {}", connector->name, upgrade.to.minor_text());
    finding.message = fmt::format(
        "{} is {}; the newest release is {}. {}", classified.artifact.coordinates.text(),
        classified.artifact.through.empty() ? "declared" : "brought in through " + classified.artifact.through,
        newest_release_text(*connector),
        other_major
            ? "It was built for another major release of Flink, whose classes and methods the target no longer has."
            : "It may work on the target all the same; nobody has built or tested it there.");
    if (connector->successor_artifact.empty())
      finding.remedy = other_major ? fmt::format("Wait for a release for Flink {}, or move to another connector first.",
                                                 upgrade.to.minor_text())
                                   : "Test the connector on the target before the upgrade.";
    else
      finding.remedy = fmt::format("Use {} instead. {}", successor_text(*connector, *upgrade.table, upgrade.to),
                                   connector->successor_why);
    finding.remedy += how_to_override(classified.artifact);
    finding.sources = connector->sources;
    add_cure(finding, pom_cure(upgrade, classified.artifact.coordinates));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_connector_version_mismatch(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  RuleResult result;
  for (const Classified& classified : classified_artifacts(upgrade)) {
    const Connector* connector = classified.connector;
    const DeclaredArtifact& artifact = classified.artifact;
    const ConnectorRelease* release = connector != nullptr ? newest_release_for(*connector, upgrade.to) : nullptr;
    if (release == nullptr)
      continue;
    if (artifact.coordinates.version.empty()) {
      result.unknowns.push_back({artifact.key(), artifact.unknown});
      continue;
    }
    const ConnectorFit fit = connector_fit(*connector, artifact.coordinates.version, upgrade.to);
    if (fit == ConnectorFit::unknown)
      result.unknowns.push_back(
          {artifact.coordinates.text(), "neither the table nor its version says which Flink release it was built for"});
    if (fit != ConnectorFit::built_for_other)
      continue;
    const bool other_major = built_for_other_major(*connector, artifact.coordinates.version, upgrade.to);
    Finding finding =
        dependency_finding("connector-version-mismatch", other_major ? Severity::blocker : Severity::high, artifact);
    finding.title = fmt::format("{} is not built for Flink {}", artifact.coordinates.text(), upgrade.to.minor_text());
    finding.message =
        fmt::format("The release of the {} connector for Flink {} is {}.{}", connector->name, upgrade.to.minor_text(),
                    release->version, release->note.empty() ? "" : " (" + release->note + ")");
    finding.remedy = fmt::format("Use {}:{}.", artifact.key(), release->version) + how_to_override(artifact);
    finding.sources = connector->sources;
    add_cure(finding, pom_cure(upgrade, artifact.coordinates));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_artifact_retired(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  RuleResult result;
  for (const Classified& classified : classified_artifacts(upgrade)) {
    const RetiredArtifact* retired = classified.retired;
    if (retired == nullptr)
      continue;
    const bool same_thing = retired->kind == "renamed" || retired->kind == "merged";
    Finding finding =
        dependency_finding("artifact-retired", same_thing ? Severity::high : Severity::blocker, classified.artifact);
    finding.title =
        fmt::format("{} ended before Flink {}", classified.artifact.key(), retired->removed_in.minor_text());
    finding.message = retired->why;
    const std::string replacement = fmt::format("{}:{}", retired->new_group, retired->new_artifact);
    const Connector* connector = upgrade.table->find_connector(retired->new_group, retired->new_artifact);
    const ConnectorRelease* release = connector != nullptr ? newest_release_for(*connector, upgrade.to) : nullptr;
    if (retired->new_artifact.empty())
      finding.remedy = retired->remedy;
    else
      finding.remedy = fmt::format("Use {}{} instead.{}", replacement, release != nullptr ? ":" + release->version : "",
                                   retired->remedy.empty() ? "" : " " + retired->remedy);
    finding.remedy += how_to_override(classified.artifact);
    finding.sources = retired->sources;
    add_cure(finding, pom_cure(upgrade, classified.artifact.coordinates));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule flink_dependency_version_mismatch() {
  return {.id = "flink-dependency-version-mismatch",
          .severity = Severity::high,
          .title = "A Flink dependency's version differs from the target",
          .rationale = "An application must be compiled against the Flink release that runs it.",
          .remedy = "Set the version of all Flink dependencies to the target release.",
          .sources = {"Flink documentation: Upgrading Applications and Flink Versions, API compatibility guarantees"},
          .fires = "The pom sets flink.version to 1.20.5, and the target is Flink 2.2.",
          .does_not_fire = "flink.version is 2.2.0, and a connector with releases of its own has another version.",
          .needs = {.dependencies = true},
          .check = check_flink_dependency_version_mismatch};
}

Rule connector_without_release() {
  return {.id = "connector-without-release",
          .severity = Severity::blocker,
          .title = "A connector has no release for the target",
          .rationale = "Connectors are released apart from Flink and for some Flink releases only.",
          .remedy = "Wait for a release, or move to another connector before the upgrade.",
          .sources = {"rules/table/connectors.json"},
          .fires =
              "The pom declares flink-connector-rabbitmq 3.0.1-1.17, and the target is Flink 2.2, for which there is "
              "none.",
          .does_not_fire = "The pom declares flink-connector-kafka, which has a release for 2.2.",
          .needs = {.dependencies = true},
          .check = check_connector_without_release};
}

Rule connector_version_mismatch() {
  return {.id = "connector-version-mismatch",
          .severity = Severity::blocker,
          .title = "A connector's version was built for another Flink release",
          .rationale = "A connector calls Flink's internal and evolving APIs and breaks with them.",
          .remedy = "Use the connector's release for the target.",
          .sources = {"rules/table/connectors.json"},
          .fires = "The pom declares flink-connector-kafka 3.3.0-1.20, and the target is Flink 2.2.",
          .does_not_fire =
              "The pom declares flink-connector-kafka 4.0.1-2.0, and the target is Flink 2.2, where that release runs "
              "too.",
          .needs = {.dependencies = true},
          .check = check_connector_version_mismatch};
}

Rule artifact_retired() {
  return {.id = "artifact-retired",
          .severity = Severity::blocker,
          .title = "An artifact was renamed or removed",
          .rationale = "Its coordinates have no version for the target: the build either fails or keeps an old one.",
          .remedy = "Use the coordinates that the finding names.",
          .sources = {"rules/table/artifacts.json"},
          .fires = "The pom declares flink-streaming-scala_2.12, and the target is Flink 2.2.",
          .does_not_fire = "The pom declares flink-streaming-java.",
          .needs = {.dependencies = true},
          .check = check_artifact_retired};
}

}  // namespace preflight
