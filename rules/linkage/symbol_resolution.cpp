#include "linkage/symbol_resolution.h"

#include <algorithm>

namespace preflight {
namespace {

constexpr std::string_view kConstructor = "<init>";

Resolution found(const KnownMember& member) {
  return {Resolution::Outcome::found, member};
}

Resolution not_found(const Hierarchy& hierarchy) {
  switch (hierarchy.extent) {
    case Hierarchy::Extent::complete:
      return {Resolution::Outcome::missing, {}};
    case Hierarchy::Extent::leaves_known:
      return {Resolution::Outcome::undetermined, {}};
    case Hierarchy::Extent::broken:
      return {Resolution::Outcome::not_loadable, {}};
  }
  return {};
}

std::optional<KnownMember> method_of(const KnownClass& of, std::string_view name, std::string_view descriptor) {
  return declared_member(of, ApiMember::Kind::method, name, descriptor);
}

/// The most specific methods that superinterfaces declare (JVMS 5.4.3.3): those with code, and one without.
struct InterfaceMethods {
  std::vector<KnownMember> with_code;
  std::optional<KnownMember> without_code;

  std::optional<KnownMember> any() const { return with_code.empty() ? without_code : with_code.front(); }
};

InterfaceMethods interface_methods(ClassWorld& world, const Hierarchy& hierarchy, std::string_view name,
                                   std::string_view descriptor) {
  std::vector<KnownMember> candidates;
  for (const KnownClass* super : hierarchy.superinterfaces)
    if (const auto method = method_of(*super, name, descriptor))
      if (!method->has(kAccPrivate) && !method->has(kAccStatic))
        candidates.push_back(*method);
  const auto is_overridden = [&](const KnownMember& method) {
    return std::ranges::any_of(candidates, [&](const KnownMember& other) {
      const auto& above = world.hierarchy(*other.declared_in).superinterfaces;
      return std::ranges::find(above, method.declared_in) != above.end();
    });
  };
  InterfaceMethods result;
  for (const KnownMember& method : candidates) {
    if (is_overridden(method))
      continue;
    if (method.has(kAccAbstract))
      result.without_code = method;
    else
      result.with_code.push_back(method);
  }
  return result;
}

Resolution resolve_interface_method(ClassWorld& world, const KnownClass& owner, std::string_view name,
                                    std::string_view descriptor) {
  if (const auto own = method_of(owner, name, descriptor))
    return found(*own);
  const auto of_object = method_of(world.find("java.lang.Object"), name, descriptor);
  if (of_object && of_object->has(kAccPublic) && name != kConstructor)
    return found(*of_object);
  const Hierarchy& hierarchy = world.hierarchy(owner);
  if (const auto method = interface_methods(world, hierarchy, name, descriptor).any())
    return found(*method);
  return not_found(hierarchy);
}

bool package_sees(const KnownClass& from, const KnownMember& method) {
  return method.has(kAccPublic) || method.has(kAccProtected) || same_runtime_package(from, *method.declared_in);
}

}  // namespace

Resolution resolve_field(ClassWorld& world, const KnownClass& owner, std::string_view name,
                         std::string_view descriptor) {
  // Class by class: its own fields, those of its superinterfaces, then those of its super class.
  const Hierarchy& hierarchy = world.hierarchy(owner);
  std::vector<const KnownClass*> chain = {&owner};
  chain.insert(chain.end(), hierarchy.superclasses.begin(), hierarchy.superclasses.end());
  for (const KnownClass* at : chain) {
    if (const auto field = declared_member(*at, ApiMember::Kind::field, name, descriptor))
      return found(*field);
    for (const KnownClass* super : world.hierarchy(*at).superinterfaces)
      if (const auto field = declared_member(*super, ApiMember::Kind::field, name, descriptor))
        return found(*field);
  }
  return not_found(hierarchy);
}

Resolution resolve_method(ClassWorld& world, const KnownClass& owner, std::string_view name,
                          std::string_view descriptor) {
  if (owner.is_interface())
    return resolve_interface_method(world, owner, name, descriptor);
  if (const auto own = method_of(owner, name, descriptor))
    return found(*own);
  const Hierarchy& hierarchy = world.hierarchy(owner);
  if (name == kConstructor)  // A constructor is its own class's, or there is none (JVMS 6.5, invokespecial).
    return owner.of_index() || owner.linked != nullptr ? Resolution{} : not_found(hierarchy);
  for (const KnownClass* super : hierarchy.superclasses)
    if (const auto method = method_of(*super, name, descriptor))
      return found(*method);
  if (const auto method = interface_methods(world, hierarchy, name, descriptor).any())
    return found(*method);
  return not_found(hierarchy);
}

Resolution select_method(ClassWorld& world, const KnownClass& of, std::string_view name, std::string_view descriptor) {
  const Hierarchy& hierarchy = world.hierarchy(of);
  std::vector<const KnownClass*> chain = {&of};
  chain.insert(chain.end(), hierarchy.superclasses.begin(), hierarchy.superclasses.end());
  for (const KnownClass* at : chain)
    if (const auto method = method_of(*at, name, descriptor))
      if (!method->has(kAccStatic) && !method->has(kAccPrivate) && package_sees(of, *method))
        return found(*method);
  const InterfaceMethods inherited = interface_methods(world, hierarchy, name, descriptor);
  if (inherited.with_code.size() > 1)
    return {Resolution::Outcome::ambiguous, inherited.with_code.front()};
  if (const auto method = inherited.any())
    return found(*method);
  return not_found(hierarchy);
}

std::optional<bool> is_same_or_below(ClassWorld& world, const KnownClass& below, const KnownClass& above) {
  if (&below == &above)
    return true;
  const Hierarchy& hierarchy = world.hierarchy(below);
  const auto among = [&](const std::vector<const KnownClass*>& supers) {
    return std::ranges::find(supers, &above) != supers.end();
  };
  if (among(hierarchy.superclasses) || among(hierarchy.superinterfaces))
    return true;
  if (hierarchy.extent == Hierarchy::Extent::complete)
    return false;
  return std::nullopt;
}

bool may_access(const KnownClass& user, const KnownClass& wanted) {
  return (wanted.access_flags & (kAccPublic | kAccProtected)) != 0 || same_runtime_package(user, wanted);
}

std::optional<bool> may_access(ClassWorld& world, const KnownClass& user, const KnownMember& wanted,
                               const KnownClass& through) {
  const KnownClass& home = *wanted.declared_in;
  if (wanted.has(kAccPublic))
    return true;
  // Nest mates see each other's private members (JVMS 5.4.4), and stand in one package.
  if (same_runtime_package(user, home))
    return true;
  if (!wanted.has(kAccProtected))
    return false;
  const auto inherits = is_same_or_below(world, user, home);
  if (!inherits || !*inherits)
    return inherits;
  if (wanted.has(kAccStatic))
    return true;
  const auto below = is_same_or_below(world, through, user);
  const auto above = is_same_or_below(world, user, through);
  if ((below && *below) || (above && *above))
    return true;
  return below && above ? std::optional(false) : std::nullopt;
}

}  // namespace preflight
