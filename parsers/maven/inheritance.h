#pragma once

#include <string>
#include <vector>

#include "maven/pom_document.h"

namespace preflight {

/// What identifies a dependency within one model (org.apache.maven.model.Dependency#getManagementKey).
std::string management_key(const DeclaredDependency& dependency);
std::string management_key(const PomDependency& dependency);

/// Adds the properties, dependencies and managed dependencies of an active profile to its project; the profile wins.
void inject_profile(PomSection& project, const PomSection& profile);

/// Adds what a project inherits from its parent; the project wins.
void inherit(PomSection& project, const PomSection& parent);

/// Of dependencies that one pom declares twice only the last counts, at the place of the first
/// (DefaultModelNormalizer).
void drop_duplicates(std::vector<DeclaredDependency>& dependencies);

}  // namespace preflight
