#include "pom_cures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "connector_releases.h"

namespace preflight {
namespace {

constexpr const char* kFlinkGroup = "org.apache.flink";

/// What a library becomes, or why that cannot be told.
struct Replacement {
  Coordinates to;
  std::string none_because;
};

Replacement none(std::string because) {
  return {{}, std::move(because)};
}

/// The release to compile against: as it was given, or the first of the minor release, which is sure to exist.
std::string flink_version_text(const Upgrade& upgrade) {
  return upgrade.to.patch ? upgrade.to.text() : upgrade.to.minor_text() + ".0";
}

/// "1.15.*" stands for a connector that is released with Flink itself.
std::string version_text(const ConnectorRelease& release, const Upgrade& upgrade) {
  return release.version == upgrade.to.minor_text() + ".*" ? flink_version_text(upgrade) : release.version;
}

bool has_connector_name(const std::string& artifact) {
  return artifact.starts_with("flink-connector-") || artifact.starts_with("flink-sql-connector-");
}

Replacement without_release(const std::string& key, const Upgrade& upgrade) {
  return none(fmt::format("the table knows no release of {} for Flink {}", key, upgrade.to.minor_text()));
}

Replacement renamed(const RetiredArtifact& retired, const Upgrade& upgrade) {
  const std::string key = retired.new_group + ":" + retired.new_artifact;
  if (retired.kind != "renamed" && retired.kind != "merged")
    return none(retired.new_artifact.empty() ? "nothing takes its place"
                                             : fmt::format("{} has another API: the code changes with it", key));
  if (upgrade.table->find_retired_artifact(retired.new_group, retired.new_artifact, upgrade.to) != nullptr)
    return none(key + ", its new name, ended too");
  if (const Connector* connector = upgrade.table->find_connector(retired.new_group, retired.new_artifact)) {
    const ConnectorRelease* release = newest_release_for(*connector, upgrade.to);
    return release == nullptr ? without_release(key, upgrade)
                              : Replacement{{retired.new_group, retired.new_artifact, version_text(*release, upgrade)}};
  }
  if (has_connector_name(retired.new_artifact))
    return without_release(key, upgrade);
  return {{retired.new_group, retired.new_artifact, flink_version_text(upgrade)}};
}

Replacement successor_of(const Connector& connector, const Coordinates& library, const Upgrade& upgrade) {
  const Connector* successor = upgrade.table->find_connector(connector.successor_group, connector.successor_artifact);
  const ConnectorRelease* release = successor != nullptr ? newest_release_for(*successor, upgrade.to) : nullptr;
  if (release == nullptr)
    return without_release(library.group + ":" + library.artifact, upgrade);
  // The row names one successor for all of its artifacts; it is that of the first.
  if (connector.artifacts.front() != library.artifact)
    return none(fmt::format("what takes the place of {} in {} is not in the table", library.artifact,
                            connector.successor_group));
  return {{connector.successor_group, connector.successor_artifact, version_text(*release, upgrade)}};
}

Replacement replacement_of(const Coordinates& library, const Upgrade& upgrade) {
  const CompatibilityTable& table = *upgrade.table;
  if (const auto* retired = table.find_retired_artifact(library.group, library.artifact, upgrade.to))
    return renamed(*retired, upgrade);
  if (const Connector* connector = table.find_connector(library.group, library.artifact)) {
    const ConnectorRelease* release = newest_release_for(*connector, upgrade.to);
    if (release == nullptr)
      return successor_of(*connector, library, upgrade);
    const bool fits = connector_fit(*connector, library.version, upgrade.to) == ConnectorFit::fits;
    return {{library.group, library.artifact, fits ? library.version : version_text(*release, upgrade)}};
  }
  const auto version = FlinkVersion::parse(library.version);
  if (library.group != kFlinkGroup || !version || table.find_release(*version) == nullptr)
    return none(fmt::format("{} has a line of releases of its own", library.text()));
  return {{library.group, library.artifact, *version == upgrade.to ? library.version : flink_version_text(upgrade)}};
}

/// Whether two take their versions from one property. Of a place only the line is known, and a line can hold several.
bool same_property(const PomDependency& left, const PomDependency& right) {
  return left.version_property == right.version_property && left.version_decided.line == right.version_decided.line &&
         left.version_decided.path.lexically_normal() == right.version_decided.path.lexically_normal();
}

/// Why a place is not the team's to change; empty where it is.
std::string out_of_reach(const PomPlace& place, const PomModel& pom) {
  if (place.line == 0)
    return place.path.empty() ? "no pom decides its version"
                              : fmt::format("its version is decided by {}, in no pom", place.path.string());
  if (place.path == "-")
    return "the pom came from standard input";
  const std::string relative =
      pom.repository ? place.path.lexically_normal().lexically_relative(pom.repository->lexically_normal()).string()
                     : "";
  if (!relative.empty() && !relative.starts_with(".."))
    return fmt::format("{}:{} is not of this project", place.path.string(), place.line);
  return "";
}

/// A property that stands for the project's own version, or its parent's.
bool is_of_the_project(std::string_view property) {
  constexpr std::array<std::string_view, 2> kBare = {"version", "parent.version"};
  return property.starts_with("project.") || property.starts_with("pom.") ||
         std::ranges::find(kBare, property) != kBare.end();
}

/// Collects the edits of one cure, until a place turns up that cannot be edited.
class CureWriter {
 public:
  explicit CureWriter(const Upgrade& upgrade) : upgrade_(upgrade) {}

  void add(const PomDependency& dependency, const PomModel& pom) {
    const Replacement replacement = replacement_of(dependency.coordinates, upgrade_);
    if (!replacement.none_because.empty())
      return refuse(replacement.none_because);
    const Coordinates& to = replacement.to;
    rename(dependency.written, dependency.coordinates, to, pom);
    if (dependency.managed)
      rename(*dependency.managed, dependency.coordinates, to, pom);
    if (to.version != dependency.coordinates.version)
      set_version(dependency, to.version, pom);
  }

  PomCure take() {
    if (!cure_.none_because.empty())
      cure_.edits.clear();
    return std::move(cure_);
  }

 private:
  void refuse(std::string because) {
    if (cure_.none_because.empty())
      cure_.none_because = std::move(because);
  }

  void edit(const PomValue& value, const std::string& element, const std::string& after, const PomModel& pom) {
    if (std::string because = out_of_reach(value.place, pom); !because.empty())
      return refuse(std::move(because));
    PomEdit edit{value.place.path.string(), value.place.line, element, value.text, after};
    if (std::ranges::find(cure_.edits, edit) == cure_.edits.end())
      cure_.edits.push_back(std::move(edit));
  }

  void rename(const DependencyElements& elements, const Coordinates& from, const Coordinates& to, const PomModel& pom) {
    if (from.group != to.group)
      edit(elements.group, "groupId", to.group, pom);
    if (from.artifact != to.artifact)
      edit(elements.artifact, "artifactId", to.artifact, pom);
  }

  void set_version(const PomDependency& dependency, const std::string& version, const PomModel& pom) {
    const PomValue source{dependency.version_text, dependency.version_decided};
    if (!dependency.version_range.empty())
      return refuse(fmt::format("its version is the range {}", dependency.version_range));
    if (dependency.coordinates.version.empty())
      return refuse("its version is not known: " + dependency.unknown);
    if (source.place.line > 0 && source.text.find("${") != std::string::npos)
      return refuse(fmt::format("its version is put together as {}", source.text));
    if (dependency.version_property.empty())
      return edit(source, "version", version, pom);
    if (is_of_the_project(dependency.version_property))
      return refuse(fmt::format("its version is ${{{}}}, that of the project", dependency.version_property));
    switch (share_of(dependency, version)) {
      case Share::property:
        return edit(source, dependency.version_property, version, pom);
      case Share::own:
        return set_own_version(dependency, version, pom);
      case Share::none:
        return;
    }
  }

  enum class Share {
    property,  ///< The property changes.
    own,       ///< The property is Flink's; the library needs a version of its own.
    none,
  };

  /// What becomes of a property from which a library takes its version.
  Share share_of(const PomDependency& dependency, const std::string& version) {
    const std::string flink = flink_version_text(upgrade_);
    const PomDependency* other = nullptr;
    bool is_flinks = version == flink;
    for (const PomModel& pom : upgrade_.poms)
      for (const PomDependency& user : pom.dependencies) {
        if (!same_property(user, dependency))
          continue;
        const std::optional<std::string> wanted = wanted_of(user);
        if (!wanted) {
          refuse(fmt::format("${{{}}} is the version of {}:{} too, which has none for Flink {}",
                             dependency.version_property, user.coordinates.group, user.coordinates.artifact,
                             upgrade_.to.minor_text()));
          return Share::none;
        }
        is_flinks = is_flinks || *wanted == flink;
        if (*wanted != version)
          other = &user;
      }
    if (other == nullptr || version == flink)
      return Share::property;
    if (is_flinks)
      return Share::own;
    refuse(fmt::format("${{{}}} is the version of {}:{} too, which needs another", dependency.version_property,
                       other->coordinates.group, other->coordinates.artifact));
    return Share::none;
  }

  /// The version that a user of a property is to have. What ended without a successor does not hold back the others:
  /// it has a finding of its own, and goes.
  std::optional<std::string> wanted_of(const PomDependency& user) const {
    const Replacement replacement = replacement_of(user.coordinates, upgrade_);
    if (replacement.none_because.empty())
      return replacement.to.version;
    const bool ended = upgrade_.table->find_retired_artifact(user.coordinates.group, user.coordinates.artifact,
                                                             upgrade_.to) != nullptr;
    const auto release = FlinkVersion::parse(user.coordinates.version);
    if (ended && release && upgrade_.table->find_release(*release) != nullptr)
      return flink_version_text(upgrade_);
    return std::nullopt;
  }

  void set_own_version(const PomDependency& dependency, const std::string& version, const PomModel& pom) {
    const PomValue& own = dependency.written.version.text.empty() && dependency.managed ? dependency.managed->version
                                                                                        : dependency.written.version;
    if (own.text != fmt::format("${{{}}}", dependency.version_property))
      return refuse(fmt::format("its version comes from ${{{}}}, which Flink's own artifacts have too",
                                dependency.version_property));
    edit(own, "version", version, pom);
  }

  const Upgrade& upgrade_;
  PomCure cure_;
};

}  // namespace

PomCure pom_cure(const Upgrade& upgrade, const Coordinates& library) {
  CureWriter writer(upgrade);
  bool declared = false;
  for (const PomModel& pom : upgrade.poms)
    for (const PomDependency& dependency : pom.dependencies)
      if (dependency.coordinates.group == library.group && dependency.coordinates.artifact == library.artifact) {
        declared = true;
        writer.add(dependency, pom);
      }
  PomCure cure = writer.take();
  if (!declared)
    cure.none_because = "no pom declares it";
  return cure;
}

void add_cure(Finding& finding, const PomCure& cure) {
  if (!cure.none_because.empty()) {
    finding.edits.clear();
    if (finding.no_edits_because.empty())
      finding.no_edits_because = cure.none_because;
  }
  if (!finding.no_edits_because.empty())
    return;
  for (const PomEdit& edit : cure.edits)
    if (std::ranges::find(finding.edits, edit) == finding.edits.end())
      finding.edits.push_back(edit);
}

}  // namespace preflight
