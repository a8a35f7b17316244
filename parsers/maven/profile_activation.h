#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "maven/interpolation.h"
#include "maven/pom_document.h"

namespace preflight {

/// What decides profiles: the command line and the machine, as far as they are known.
struct ActivationContext {
  const GivenValues* user = nullptr;     ///< -D
  const GivenValues* machine = nullptr;  ///< env.X
  std::filesystem::path folder;          ///< ${basedir}; empty where there is none (standard input, a repository).
  const std::set<std::string>* chosen = nullptr;    ///< -P a; null for poms that -P does not reach.
  const std::set<std::string>* unchosen = nullptr;  ///< -P !a
};

/// Whether a profile of one pom is part of the model that the build makes, and what would change that.
struct ProfileDecision {
  const PomProfile* profile;
  bool active;
  /// What another build may decide otherwise: "property 'x' is set"; empty where the pom and the command line decide.
  std::string depends_on;
};

/// Decides the profiles of one pom as Maven's DefaultProfileSelector does: one that -P names is active or not; another
/// is where all its conditions hold; one that is active by default is so only while no other profile of the same pom is
/// active, and is then injected last. A property counts as absent unless it is given, and the decision is named. A JDK
/// counts where every JDK from 8 on decides alike, or where -D java.version is given; an operating system where
/// -D os.name is. What cannot be told counts as not holding, and is named.
std::vector<ProfileDecision> decide_profiles(const std::vector<PomProfile>& profiles, const ActivationContext& context);

/// Whether a profile could change dependencies: it declares or manages some, or sets one of the properties that are
/// `used`.
bool touches_dependencies(const PomProfile& profile, const std::set<std::string>& used);

/// The decision as an entry of PomModel::unknowns; only for one that depends on something.
std::string describe(const ProfileDecision& decision);

}  // namespace preflight
