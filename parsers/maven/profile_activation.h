#pragma once

#include <set>
#include <string>
#include <vector>

#include "maven/pom_document.h"

namespace preflight {

/// Whether a profile of one pom is part of the model that a plain `mvn package` builds, and what would change that.
struct ProfileDecision {
  const PomProfile* profile;
  bool active;
  std::string
      depends_on;  ///< What the building machine decides: "property 'x' is set"; empty where the pom alone decides.
};

/// Decides the profiles of one pom, in their order, as Maven's DefaultProfileSelector does without -P: a profile that
/// is active by default is so only while no other profile of the same pom is activated. A property that must be absent
/// (<name>!skip</name>) activates; jdk, os, file and a property that must be present do not, and are named.
std::vector<ProfileDecision> decide_profiles(const std::vector<PomProfile>& profiles);

/// Whether a profile could change dependencies: it declares or manages some, or sets one of the properties that are
/// `used`.
bool touches_dependencies(const PomProfile& profile, const std::set<std::string>& used);

/// The decision as an entry of PomModel::unknowns; only for one that depends on something.
std::string describe(const ProfileDecision& decision);

}  // namespace preflight
