#include "linkage/class_checks.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "linkage/symbol_resolution.h"

namespace preflight {
namespace {

using Source = KnownClass::Source;

bool is_inherited(const KnownMember& method) {
  return !method.has(kAccStatic) && !method.has(kAccPrivate) && !method.name.starts_with('<');
}

/// Whether a class with another class loader can override the method.
bool is_open(const KnownMember& method) {
  return is_inherited(method) && (method.has(kAccPublic) || method.has(kAccProtected));
}

void check_super_type(ClassWorld& world, const KnownClass& of, std::string_view name, bool as_interface,
                      std::vector<ClassFault>& faults) {
  const KnownClass& super = world.find(name);
  const auto add = [&](LinkageFault fault) { faults.push_back({.fault = fault, .owner = &super}); };
  if (super.source == Source::gone)
    add(LinkageFault::class_gone);
  else if (super.source == Source::not_packed)
    add(LinkageFault::class_not_packed);
  if (super.source != Source::runtime)
    return;
  if (!may_access(of, super))
    add(LinkageFault::not_accessible);
  if (super.is_interface() != as_interface)
    add(as_interface ? LinkageFault::became_class : LinkageFault::became_interface);
  else if ((super.access_flags & kAccFinal) != 0)
    add(LinkageFault::extends_final_class);
}

std::vector<const KnownClass*> supers_of(const Hierarchy& hierarchy) {
  std::vector<const KnownClass*> all = hierarchy.superclasses;
  all.insert(all.end(), hierarchy.superinterfaces.begin(), hierarchy.superinterfaces.end());
  return all;
}

/// The method of Flink that the class's own method overrides, in this world.
const KnownClass* overridden(ClassWorld& world, const KnownClass& of, const KnownMember& method) {
  for (const KnownClass* super : supers_of(world.hierarchy(of)))
    if (super->source == Source::runtime || super->source == Source::java)
      if (const auto above = declared_member(*super, ApiMember::Kind::method, method.name, method.descriptor))
        if (is_open(*above))
          return super;
  return nullptr;
}

/// The method's name is that of another one which the class, or a super class of the application's own, overrides.
bool overrides_a_namesake(ClassWorld& world, const KnownClass& of, const KnownMember& method) {
  std::vector<const KnownClass*> own = {&of};
  for (const KnownClass* super : world.hierarchy(of).superclasses)
    if (super->source == Source::application)
      own.push_back(super);
  return std::ranges::any_of(own, [&](const KnownClass* at) {
    return std::ranges::any_of(declared_methods(*at), [&](const KnownMember& other) {
      return other.name == method.name && other.descriptor != method.descriptor && is_inherited(other) &&
             overridden(world, of, other) != nullptr;
    });
  });
}

/// A super type of the application's own declares the method, and not because Flink did.
bool declared_by_the_application(ClassWorld& before, const KnownClass& of, const KnownMember& method) {
  return std::ranges::any_of(supers_of(before.hierarchy(of)), [&](const KnownClass* super) {
    if (super->source != Source::application)
      return false;
    const auto above = declared_member(*super, ApiMember::Kind::method, method.name, method.descriptor);
    return above && overridden(before, *super, *above) == nullptr;
  });
}

/// Every class of the index that stood above the class in any release.
std::vector<const ApiClass*> ancestors_ever(ClassWorld& world, const KnownClass& of) {
  std::vector<const ApiClass*> result;
  std::vector<std::string_view> open;
  std::unordered_set<std::string_view> seen;
  const auto reach = [&](std::string_view super, const std::vector<std::string_view>& interfaces) {
    if (!super.empty() && seen.insert(super).second)
      open.push_back(super);
    for (const std::string_view name : interfaces)
      if (seen.insert(name).second)
        open.push_back(name);
  };
  reach(of.super_class, of.interfaces);
  while (!open.empty()) {
    const KnownClass& at = world.find(open.back());
    open.pop_back();
    if (at.source == Source::application)
      reach(at.super_class, at.interfaces);
    if (at.api == nullptr || at.source == Source::java)
      continue;
    result.push_back(at.api);
    for (const ApiClassForm& form : at.api->forms)
      reach(form.super_class, form.interfaces);
  }
  return result;
}

bool was_declared(const std::vector<const ApiClass*>& ancestors, const KnownMember& method, const ApiSpan& before) {
  return std::ranges::any_of(ancestors, [&](const ApiClass* ancestor) {
    return std::ranges::any_of(ancestor->members, [&](const ApiMember& member) {
      return member.kind == ApiMember::Kind::method && member.span.first <= before.last &&
             before.first <= member.span.last && member.name == method.name && member.descriptor == method.descriptor;
    });
  });
}

/// Methods without an implementation, or with several at once, in what is known of the hierarchy.
std::vector<ClassFault> without_implementation(ClassWorld& world, const KnownClass& of) {
  std::vector<ClassFault> faults;
  if ((of.access_flags & (kAccAbstract | kAccInterface)) != 0)
    return faults;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const KnownClass* super : supers_of(world.hierarchy(of))) {
    if (super->source != Source::runtime)
      continue;
    for (const KnownMember& method : declared_methods(*super)) {
      const bool may_lack = method.has(kAccAbstract) || super->is_interface();
      if (!may_lack || !is_open(method) || !seen.emplace(method.name, method.descriptor).second)
        continue;
      const Resolution selected = select_method(world, of, method.name, method.descriptor);
      if (selected.outcome != Resolution::Outcome::found || selected.member.has(kAccAbstract))
        faults.push_back({.fault = LinkageFault::method_not_implemented, .owner = super, .member = method});
    }
  }
  return faults;
}

}  // namespace

std::vector<ClassFault> super_type_faults(ClassWorld& world, const KnownClass& of) {
  std::vector<ClassFault> faults;
  if (!of.super_class.empty() && !of.is_interface())
    check_super_type(world, of, of.super_class, false, faults);
  for (const std::string_view name : of.interfaces)
    check_super_type(world, of, name, true, faults);
  return faults;
}

std::vector<ClassFault> final_method_faults(ClassWorld& world, const KnownClass& of) {
  std::vector<ClassFault> faults;
  for (const KnownMember& method : declared_methods(of)) {
    if (!is_inherited(method))
      continue;
    for (const KnownClass* super : world.hierarchy(of).superclasses) {
      if (super->source != Source::runtime)
        continue;
      const auto above = declared_member(*super, ApiMember::Kind::method, method.name, method.descriptor);
      if (above && is_open(*above) && above->has(kAccFinal))
        faults.push_back({.fault = LinkageFault::overrides_final_method, .owner = super, .member = above});
    }
  }
  return faults;
}

std::vector<ClassFault> unimplemented_methods(ClassWorld& world, const KnownClass& of) {
  if (world.hierarchy(of).extent != Hierarchy::Extent::complete)
    return {};
  return without_implementation(world, of);
}

bool is_implementation_open(ClassWorld& world, const KnownClass& of) {
  return world.hierarchy(of).extent == Hierarchy::Extent::leaves_known && !without_implementation(world, of).empty();
}

std::vector<ClassFault> dead_overrides(const ApiIndex& api, ClassWorld& target, WorldHistory& history,
                                       const KnownClass& of, const ApiSpan& calling) {
  std::vector<ClassFault> faults;
  if (target.hierarchy(of).extent != Hierarchy::Extent::complete)
    return faults;
  const std::vector<const ApiClass*> ancestors = ancestors_ever(target, of);
  if (ancestors.empty())
    return faults;
  for (const KnownMember& method : declared_methods(of)) {
    if (!is_inherited(method) || !was_declared(ancestors, method, calling) ||
        overridden(target, of, method) != nullptr || overrides_a_namesake(target, of, method))
      continue;
    const auto called_by = [&](ClassWorld& world) { return overridden(world, world.find(of.name), method); };
    const auto calls = [&](ClassWorld& world) {
      return calling.contains(world.ordinal()) && called_by(world) != nullptr;
    };
    auto release = history.last_before(calls);
    const bool is_later = !release && (release = history.first_after(calls)).has_value();
    if (!release || declared_by_the_application(history.at(*release), history.at(*release).find(of.name), method))
      continue;
    ClassFault fault{.fault = LinkageFault::override_never_called, .member = method};
    if (is_later) {
      fault.first_release = api.releases()[*release].version;
    } else {
      release = history.last_before([&](ClassWorld& world) { return called_by(world) != nullptr; });
      fault.last_release = api.releases()[*release].version;
      fault.gone_since = api.releases()[*release + 1U].version;
    }
    fault.owner = called_by(history.at(*release));
    faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace preflight
