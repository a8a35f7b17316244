#include "maven/profile_activation.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

/// Whether a plain build, without -D, satisfies the condition: the property must be absent, and Maven sets none of that
/// name.
bool holds_in_a_plain_build(const PropertyActivation& property) {
  return property.value.empty() ? property.name.starts_with("!") : property.value.starts_with("!");
}

std::string describe(const PropertyActivation& property) {
  if (!property.value.empty())
    return property.value.starts_with("!")
               ? fmt::format("property '{}' is not '{}'", property.name, property.value.substr(1))
               : fmt::format("property '{}' is '{}'", property.name, property.value);
  return property.name.starts_with("!") ? fmt::format("property '{}' is not set", property.name.substr(1))
                                        : fmt::format("property '{}' is set", property.name);
}

/// Environment variables are properties "env.X": whether one is absent is the machine's to say.
bool asks_the_machine(const ProfileActivation& activation) {
  const bool environment = activation.property && activation.property->name.find("env.") != std::string::npos;
  return activation.jdk || activation.os || activation.file || environment;
}

std::string conditions_of(const ProfileActivation& activation) {
  std::string text;
  const auto add = [&](const std::string& condition) { text += (text.empty() ? "" : " and ") + condition; };
  if (activation.property)
    add(describe(*activation.property));
  if (activation.jdk)
    add(fmt::format("the JDK is {}", *activation.jdk));
  if (activation.os)
    add("the operating system is the one named");
  if (activation.file)
    add("the file named exists or is missing");
  return text;
}

}  // namespace

std::vector<ProfileDecision> decide_profiles(const std::vector<PomProfile>& profiles) {
  std::vector<ProfileDecision> decisions;
  bool any_activated = false;
  for (const PomProfile& profile : profiles) {
    const ProfileActivation& activation = profile.activation;
    const bool active =
        activation.property && holds_in_a_plain_build(*activation.property) && !asks_the_machine(activation);
    decisions.push_back({&profile, active, conditions_of(activation)});
    any_activated = any_activated || active;
  }
  if (!any_activated) {
    for (ProfileDecision& decision : decisions)
      decision.active = decision.profile->activation.active_by_default;
  }
  return decisions;
}

bool touches_dependencies(const PomProfile& profile, const std::set<std::string>& used) {
  const PomSection& section = profile.section;
  return !section.dependencies.empty() || !section.managed.empty() ||
         std::any_of(section.properties.begin(), section.properties.end(),
                     [&](const auto& property) { return used.contains(property.first); });
}

std::string describe(const ProfileDecision& decision) {
  const PomPlace& place = decision.profile->place;
  return fmt::format("profile '{}' ({}:{}) counts as {}; a build activates it when {}", decision.profile->id,
                     place.path.string(), place.line, decision.active ? "active" : "not active", decision.depends_on);
}

}  // namespace preflight
