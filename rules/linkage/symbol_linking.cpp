#include "linkage/symbol_linking.h"

#include <fmt/format.h>

#include <algorithm>

#include "linkage/symbol_resolution.h"

namespace preflight {
namespace {

using Kind = LinkOutcome::Kind;
using Use = SymbolUse::Kind;

LinkOutcome class_fails(LinkageFault fault, const KnownClass& owner) {
  return {.kind = Kind::fails, .fault = fault, .of_the_class = true, .owner = &owner};
}

LinkOutcome member_fails(LinkageFault fault, const KnownClass& owner, std::optional<KnownMember> member = {}) {
  return {.kind = Kind::fails, .fault = fault, .owner = &owner, .member = member};
}

LinkOutcome undetermined(const KnownClass& owner, std::string reason) {
  return {.kind = Kind::undetermined, .owner = &owner, .reason = std::move(reason)};
}

bool is_field_use(Use kind) {
  return kind == Use::get_field || kind == Use::put_field || kind == Use::get_static || kind == Use::put_static;
}

bool is_class_use(Use kind) {
  return kind == Use::new_instance || kind == Use::class_reference || kind == Use::descriptor;
}

/// A class that is named by descriptors alone is not loaded for that; but code that looks at fields and methods by
/// reflection, as Flink does with functions and types, does load it.
LinkOutcome link_descriptor(const KnownClass& owner) {
  if (owner.loads())
    return {.kind = Kind::links, .owner = &owner};
  return undetermined(owner,
                      "the class is missing, but only descriptors name it: whether the JVM or a look at fields and "
                      "methods by reflection ever loads it is not known");
}

LinkOutcome link_class(const KnownClass& user, const SymbolUse& use, const KnownClass& owner) {
  if (!may_access(user, owner))
    return class_fails(LinkageFault::not_accessible, owner);
  if (use.kind == Use::new_instance && (owner.access_flags & (kAccAbstract | kAccInterface)) != 0)
    return class_fails(LinkageFault::became_abstract, owner);
  return {.kind = Kind::links, .owner = &owner};
}

/// A lambda has one method: the interface must not want another one, nor the same with other types (JVMS 5.4.6).
LinkOutcome link_lambda(ClassWorld& world, const SymbolUse& use, const KnownClass& owner) {
  const Hierarchy& hierarchy = world.hierarchy(owner);
  std::vector<const KnownClass*> interfaces = {&owner};
  interfaces.insert(interfaces.end(), hierarchy.superinterfaces.begin(), hierarchy.superinterfaces.end());
  const Resolution own = resolve_method(world, owner, use.name, use.descriptor);
  for (const KnownClass* at : interfaces)
    for (const KnownMember& method : declared_methods(*at)) {
      const bool same_name = method.name == use.name;
      if (!method.has(kAccAbstract) || (same_name && own.outcome == Resolution::Outcome::found))
        continue;
      const Resolution selected = select_method(world, owner, method.name, method.descriptor);
      const Resolution of_object =
          resolve_method(world, world.find("java.lang.Object"), method.name, method.descriptor);
      if (selected.outcome == Resolution::Outcome::found && selected.member.has(kAccAbstract) &&
          of_object.outcome != Resolution::Outcome::found)
        return member_fails(LinkageFault::method_not_implemented, owner, selected.member);
    }
  return {.kind = Kind::links, .owner = &owner};
}

/// What the instruction demands of the field or method that its symbol stands for.
std::optional<LinkageFault> instruction_fault(const KnownClass& user, Use kind, const KnownMember& member) {
  const bool wants_static = kind == Use::get_static || kind == Use::put_static || kind == Use::invoke_static;
  if (wants_static && !member.has(kAccStatic))
    return LinkageFault::became_instance;
  if (!wants_static && member.has(kAccStatic))
    return LinkageFault::became_static;
  if (kind == Use::invoke_special && member.has(kAccAbstract))
    return LinkageFault::method_not_implemented;
  const bool writes = kind == Use::put_field || kind == Use::put_static;
  if (writes && member.has(kAccFinal) && &user != member.declared_in)
    return LinkageFault::not_accessible;
  return std::nullopt;
}

LinkOutcome link_member(ClassWorld& world, const KnownClass& user, const SymbolUse& use, const KnownClass& owner) {
  const bool field = is_field_use(use.kind);
  if (!field && use.names_interface != owner.is_interface())
    return class_fails(owner.is_interface() ? LinkageFault::became_interface : LinkageFault::became_class, owner);
  const Resolution resolved = field ? resolve_field(world, owner, use.name, use.descriptor)
                                    : resolve_method(world, owner, use.name, use.descriptor);
  switch (resolved.outcome) {
    case Resolution::Outcome::missing:
      return member_fails(field ? LinkageFault::field_gone : LinkageFault::method_gone, owner);
    case Resolution::Outcome::undetermined:
      return undetermined(owner, "a super type is neither in the JAR nor in the index");
    case Resolution::Outcome::not_loadable:
      return {.kind = Kind::elsewhere, .owner = &owner};
    case Resolution::Outcome::ambiguous:
    case Resolution::Outcome::found:
      break;
  }
  const KnownMember& member = resolved.member;
  const auto accessible = may_access(world, user, member, owner);
  if (!accessible)
    return undetermined(owner, "access depends on a super type that is neither in the JAR nor in the index");
  if (!*accessible)
    return member_fails(LinkageFault::not_accessible, owner, member);
  if (const auto fault = instruction_fault(user, use.kind, member))
    return member_fails(*fault, owner, member);
  return {.kind = Kind::links, .owner = &owner, .member = member};
}

}  // namespace

bool stands_on_flink(ClassWorld& world, const KnownClass& of) {
  const Hierarchy& hierarchy = world.hierarchy(of);
  const auto is_flinks = [](const KnownClass* super) { return super->source == KnownClass::Source::runtime; };
  return hierarchy.extent == Hierarchy::Extent::broken || std::ranges::any_of(hierarchy.superclasses, is_flinks) ||
         std::ranges::any_of(hierarchy.superinterfaces, is_flinks);
}

LinkOutcome link(ClassWorld& world, const KnownClass& user, const SymbolUse& use) {
  const KnownClass& owner = world.find(use.owner);
  switch (owner.source) {
    case KnownClass::Source::unknown:
    case KnownClass::Source::java:
      return {.kind = Kind::elsewhere, .owner = &owner};
    case KnownClass::Source::gone:
    case KnownClass::Source::not_packed:
      if (use.kind == Use::descriptor)
        return link_descriptor(owner);
      return class_fails(
          owner.source == KnownClass::Source::gone ? LinkageFault::class_gone : LinkageFault::class_not_packed, owner);
    case KnownClass::Source::application:
      if (is_class_use(use.kind) || !stands_on_flink(world, owner))
        return {.kind = Kind::elsewhere, .owner = &owner};
      if (use.kind == Use::lambda)
        return link_lambda(world, use, owner);
      return link_member(world, user, use, owner);
    case KnownClass::Source::runtime:
      break;
  }
  if (use.kind == Use::descriptor)
    return link_descriptor(owner);
  const LinkOutcome as_class = link_class(user, use, owner);
  if (as_class.kind == Kind::fails || is_class_use(use.kind))
    return as_class;
  if (use.kind == Use::lambda)
    return link_lambda(world, use, owner);
  return link_member(world, user, use, owner);
}

}  // namespace preflight
