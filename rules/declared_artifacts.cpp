#include "declared_artifacts.h"

#include <map>

namespace preflight {
namespace {

Location location_of(const PomDependency& dependency) {
  const PomPlace& place = dependency.version_decided.line > 0 ? dependency.version_decided : dependency.declared;
  return {.path = place.path.string(), .line = place.line};
}

}  // namespace

std::vector<DeclaredArtifact> declared_artifacts(const Upgrade& upgrade) {
  std::map<std::string, DeclaredArtifact> by_key;
  for (const PomModel& pom : upgrade.poms)
    for (const PomDependency& dependency : pom.dependencies) {
      if (dependency.scope == "test" || dependency.scope == "import")
        continue;
      DeclaredArtifact artifact{.coordinates = dependency.coordinates,
                                .version_property = dependency.version_property,
                                .scope = dependency.scope,
                                .unknown = dependency.unknown,
                                .location = location_of(dependency)};
      by_key.try_emplace(artifact.key(), artifact);
    }
  if (upgrade.application)
    for (const BundledLibrary& library : upgrade.application->libraries) {
      DeclaredArtifact bundled{.coordinates = library.coordinates,
                               .bundled_version = library.coordinates.version,
                               .location = {.path = upgrade.application->path.string(), .entry = library.entry}};
      DeclaredArtifact& artifact = by_key.try_emplace(bundled.key(), bundled).first->second;
      artifact.bundled_version = bundled.bundled_version;
      if (artifact.coordinates.version.empty()) {
        artifact.coordinates.version = bundled.bundled_version;
        artifact.unknown.clear();
      }
    }
  std::vector<DeclaredArtifact> artifacts;
  for (auto& [key, artifact] : by_key)
    artifacts.push_back(std::move(artifact));
  return artifacts;
}

}  // namespace preflight
