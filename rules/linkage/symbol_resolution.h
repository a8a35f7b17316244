#pragma once

#include <optional>
#include <string_view>

#include "linkage/class_world.h"

namespace preflight {

// How the JVM finds what a symbol of a class file stands for (JVMS 5.4.3) and whether its user may use it (5.4.4).

/// The result of a look-up through a class and all that stands above it.
struct Resolution {
  enum class Outcome : std::uint8_t {
    found,
    missing,
    undetermined,  ///< Not found as far as the hierarchy is known, and there is more of it.
    not_loadable,  ///< A super type of the class is missing: that is the fault then.
    ambiguous,     ///< Of a selection: several interfaces have code for it, and none is more specific.
  };
  Outcome outcome = Outcome::missing;
  KnownMember member;  ///< Where found.
};

/// JVMS 5.4.3.2.
Resolution resolve_field(ClassWorld& world, const KnownClass& owner, std::string_view name,
                         std::string_view descriptor);
/// JVMS 5.4.3.3 for the methods of a class, 5.4.3.4 for those of an interface: which of them is decided by what `owner`
/// is. Signature-polymorphic methods are the JDK's alone, and no class of an application or of Flink can inherit them.
Resolution resolve_method(ClassWorld& world, const KnownClass& owner, std::string_view name,
                          std::string_view descriptor);

/// The method that a call on an object of class `of` runs (JVMS 5.4.6): found also where it is abstract; missing where
/// there is none at all, ambiguous where there are several.
Resolution select_method(ClassWorld& world, const KnownClass& of, std::string_view name, std::string_view descriptor);

/// Whether `below` is `above` or stands below it; nothing where its hierarchy leaves what is known.
std::optional<bool> is_same_or_below(ClassWorld& world, const KnownClass& below, const KnownClass& above);

/// Whether `user` may refer to the class as such (JVMS 5.4.4). A nested class that the source calls protected is public
/// to the JVM, a private one of its package.
bool may_access(const KnownClass& user, const KnownClass& wanted);
/// Whether `user` may use the member, which it names through the class `through`; nothing where that depends on a
/// hierarchy that is not known.
std::optional<bool> may_access(ClassWorld& world, const KnownClass& user, const KnownMember& wanted,
                               const KnownClass& through);

}  // namespace preflight
