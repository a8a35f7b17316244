#pragma once

#include <string>
#include <vector>

#include "maven/effective_model.h"
#include "maven/pom.h"

namespace preflight {

/// What the dependencies of a project bring in.
struct DependencyClosure {
  std::vector<Coordinates> relocated;  ///< By position among the project's dependencies; empty where one did not move.
  std::vector<PomDependency> transitive;
  std::vector<std::string> unknowns;  ///< Dependencies whose own ones could not be read, with coordinates.
};

/// Follows the dependencies of a project as Maven 3's resolver does with the session of MavenRepositorySystemUtils:
/// - of an artifact's versions the nearest wins, then the first declared; an artifact is told by group, artifact,
///   extension and classifier (a type test-jar is a jar of classifier tests);
/// - left out are test, provided and optional dependencies of dependencies, and what an exclusion on the way names;
/// - the project's dependencyManagement overrides version, scope, optional and exclusions from the second level on
///   (ClassicDependencyManager); a dependency's own management has been applied in its model already;
/// - the scope is the widest that any way gives it (JavaScopeSelector, JavaScopeDeriver);
/// - a relocated artifact is replaced by the one it names.
/// A version that another way forbids by a range is unknown: Maven would go on to try other versions. Bounded: throws
/// InputError (over_limit) beyond 50 000 declarations, and what EffectiveModels throws of that kind; every other error
/// in the pom of a dependency makes what lies below it unknown.
DependencyClosure close_dependencies(const EffectiveModel& project, EffectiveModels& models);

}  // namespace preflight
