#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linkage/class_world.h"
#include "linkage/linkage.h"
#include "linkage/world_history.h"

namespace preflight {

// What is wrong with a class of the application as such: what the JVM checks when it loads and prepares it, or finds
// when Flink calls it.

struct ClassFault {
  LinkageFault fault = LinkageFault::class_gone;
  const KnownClass* owner = nullptr;  ///< The class of Flink that is concerned.
  std::optional<KnownMember> member;  ///< As Flink declares it; of override_never_called as the application does.
  /// Of override_never_called, whose check looks for them: the last release that has it, and the next one.
  std::string last_release = {};
  std::string gone_since = {};
  std::string first_release = {};  ///< Where only releases after the target call it.
};

/// Super types that are missing, final, out of reach, or interfaces where a class is wanted and the reverse (JVMS
/// 5.3.5).
std::vector<ClassFault> super_type_faults(ClassWorld& world, const KnownClass& of);

/// Final methods that the class declares anew (JVMS 4.10, 5.4.5).
std::vector<ClassFault> final_method_faults(ClassWorld& world, const KnownClass& of);

/// Methods of Flink that a class which is not abstract itself neither implements nor inherits, or inherits from two
/// interfaces at once (JVMS 5.4.6).
/// None where the hierarchy leaves what is known: is_implementation_open then says whether there may be any.
std::vector<ClassFault> unimplemented_methods(ClassWorld& world, const KnownClass& of);
bool is_implementation_open(ClassWorld& world, const KnownClass& of);

/// Methods that override Flink's in a release of `calling`, and nothing of Flink's in the target: what calls them is
/// gone or, in a release after the target, not there yet. Left out where the class overrides a method of the same name
/// that the target has, as code for several releases does, and where a super type of the application's own declares the
/// method apart from Flink.
std::vector<ClassFault> dead_overrides(const ApiIndex& api, ClassWorld& target, WorldHistory& history,
                                       const KnownClass& of, const ApiSpan& calling);

}  // namespace preflight
