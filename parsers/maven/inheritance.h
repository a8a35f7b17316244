#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "maven/pom_document.h"

namespace preflight {

/// What bears on dependencies in one pom, its active profiles and its parents. It points into their documents: large
/// parents are shared by hundreds of artifacts of a repository.
struct MergedSection {
  std::map<std::string_view, const PomValue*> properties;
  std::vector<const DeclaredDependency*> dependencies;
  std::vector<const DeclaredDependency*> managed;  ///< BOM imports included.
};

/// The section of one pom alone. Of dependencies that it declares twice only the last counts, at the place of the first
/// (DefaultModelNormalizer).
MergedSection normalized(const PomSection& section);

/// Adds the properties, dependencies and managed dependencies of an active profile to its project; the profile wins.
void inject_profile(MergedSection& project, const PomSection& profile);

/// Adds what a project inherits from its parent; the project wins.
void inherit(MergedSection& project, const MergedSection& parent);

}  // namespace preflight
