#include "maven/profile_activation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "maven/activation_conditions.h"

namespace preflight {
namespace {

std::string describe(const PropertyActivation& property) {
  if (!property.value.empty())
    return property.value.starts_with("!")
               ? fmt::format("property '{}' is not '{}'", property.name, property.value.substr(1))
               : fmt::format("property '{}' is '{}'", property.name, property.value);
  return property.name.starts_with("!") ? fmt::format("property '{}' is not set", property.name.substr(1))
                                        : fmt::format("property '{}' is set", property.name);
}

bool is_given(const PropertyActivation& property, const ActivationContext& context) {
  const std::string name = property.name.substr(property.name.starts_with("!") ? 1 : 0);
  return context.user && context.user->contains(name);
}

/// The conditions of an activation taken together: whether all hold, and those that another build may see otherwise.
class Conditions {
 public:
  Conditions(const ProfileActivation& activation, const ActivationContext& context) {
    if (activation.property)
      add(property_condition(*activation.property, context), describe(*activation.property),
          is_given(*activation.property, context));
    if (activation.jdk)
      add(jdk_condition(*activation.jdk, context), fmt::format("the JDK is {}", *activation.jdk), true);
    if (activation.os)
      add(os_condition(*activation.os, context), "the operating system is the one named", true);
    if (activation.file)
      add(file_condition(*activation.file, context), "the file named exists or is missing", true);
  }

  bool all_hold() const { return any_ && all_hold_; }
  /// Nothing that depends on the build matters where another condition fails in any.
  std::string open() const { return fails_for_good_ ? "" : open_; }

 private:
  /// `settled`: what is known of it is so in every build.
  void add(Condition condition, const std::string& text, bool settled) {
    any_ = true;
    all_hold_ = all_hold_ && condition == Condition::holds;
    if (settled && condition == Condition::fails)
      fails_for_good_ = true;
    if (!settled || condition == Condition::unknown)
      open_ += (open_.empty() ? "" : " and ") + text;
  }

  bool any_ = false;
  bool all_hold_ = true;
  bool fails_for_good_ = false;
  std::string open_;
};

ProfileDecision decide(const PomProfile& profile, const ActivationContext& context) {
  if (context.chosen && context.chosen->contains(profile.id))
    return {&profile, true, ""};
  const Conditions conditions(profile.activation, context);
  return {&profile, conditions.all_hold(), conditions.open()};
}

}  // namespace

std::vector<ProfileDecision> decide_profiles(const std::vector<PomProfile>& profiles,
                                             const ActivationContext& context) {
  std::vector<ProfileDecision> decisions;
  std::vector<ProfileDecision> defaults;
  for (const PomProfile& profile : profiles) {
    if (context.unchosen && context.unchosen->contains(profile.id)) {
      decisions.push_back({&profile, false, ""});
      continue;
    }
    ProfileDecision decision = decide(profile, context);
    if (!decision.active && profile.activation.active_by_default)
      defaults.push_back(std::move(decision));
    else
      decisions.push_back(std::move(decision));
  }
  const bool any_active =
      std::any_of(decisions.begin(), decisions.end(), [](const ProfileDecision& decision) { return decision.active; });
  for (ProfileDecision& decision : defaults) {
    decision.active = !any_active;
    decisions.push_back(std::move(decision));
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
