#include "declared_artifacts.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace preflight {
namespace {

/// What decided the version; of a library that is brought in, the dependency that does so, which the team can change.
Location location_of(const PomDependency& dependency) {
  const bool in_a_pom = dependency.version_decided.line > 0;
  const PomPlace& place = !dependency.through.empty() ? dependency.brought_in
                          : in_a_pom                  ? dependency.version_decided
                                                      : dependency.declared;
  return {.path = place.path.string(), .line = place.line};
}

std::string through_text(const PomDependency& dependency) {
  std::string text;
  for (const Coordinates& artifact : dependency.through)
    text += (text.empty() ? "" : ", ") + artifact.text();
  return text;
}

bool comes_with_flink(const PomDependency& dependency) {
  return std::ranges::any_of(dependency.through,
                             [](const Coordinates& artifact) { return artifact.group == "org.apache.flink"; });
}

void add(const PomDependency& dependency, std::map<std::string, DeclaredArtifact>& by_key) {
  if (dependency.scope == "test" || dependency.scope == "import" || comes_with_flink(dependency))
    return;
  DeclaredArtifact artifact{
      .coordinates = dependency.coordinates,
      .version_property = dependency.through.empty() ? dependency.version_property : "",  // Else it is another's.
      .scope = dependency.scope,
      .unknown = dependency.unknown,
      .through = through_text(dependency),
      .location = location_of(dependency)};
  by_key.try_emplace(artifact.key(), artifact);
}

/// Whether a library of a build takes part at run time; where nothing tells, it does.
bool is_of_run_time(const DeclaredBuild& build, const BuildDependency& dependency) {
  if (build.kind == BuildKind::cyclonedx_sbom)
    return dependency.scope != "excluded";
  if (build.kind != BuildKind::gradle_lockfile && build.kind != BuildKind::gradle_script)
    return true;
  // A lock file names all configurations that have the library, "compileClasspath,testRuntimeClasspath".
  bool named = false;
  std::size_t start = 0;
  while (start < dependency.scope.size()) {
    const std::size_t end = std::min(dependency.scope.find(',', start), dependency.scope.size());
    const std::string_view configuration = std::string_view(dependency.scope).substr(start, end - start);
    if (!configuration.starts_with("test") && !configuration.ends_with("nnotationProcessor"))
      return true;
    named = true;
    start = end + 1;
  }
  return !named;
}

/// Packages of Python have no group: they are no libraries of the JVM.
void add(const DeclaredBuild& build, std::map<std::string, DeclaredArtifact>& by_key) {
  for (const BuildDependency& dependency : build.dependencies) {
    if (dependency.coordinates.group.empty() || !is_of_run_time(build, dependency))
      continue;
    DeclaredArtifact artifact{.coordinates = dependency.coordinates,
                              .scope = dependency.scope.empty() ? to_string(build.kind) : dependency.scope,
                              .unknown = dependency.unknown,
                              .location = {.path = build.path.string(), .line = dependency.line}};
    DeclaredArtifact& known = by_key.try_emplace(artifact.key(), artifact).first->second;
    if (known.coordinates.version.empty())  // A script leaves to a lock file or a catalog what it does not say.
      known = artifact;
  }
}

}  // namespace

std::vector<DeclaredArtifact> declared_artifacts(const Upgrade& upgrade) {
  std::map<std::string, DeclaredArtifact> by_key;
  for (const PomModel& pom : upgrade.poms)
    for (const PomDependency& dependency : pom.dependencies)
      add(dependency, by_key);
  // What a pom declares itself is judged there, whatever brings it in elsewhere.
  for (const PomModel& pom : upgrade.poms)
    if (pom.transitive)
      for (const PomDependency& dependency : *pom.transitive)
        add(dependency, by_key);
  for (const DeclaredBuild& build : upgrade.builds)
    add(build, by_key);
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
