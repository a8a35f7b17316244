#pragma once

#include <optional>
#include <string>

#include "linkage/class_world.h"
#include "linkage/linkage.h"

namespace preflight {

/// What becomes of one use of a symbol.
struct LinkOutcome {
  enum class Kind : std::uint8_t {
    links,
    fails,
    undetermined,
    elsewhere,  ///< Nothing to say here: the symbol is not Flink's, or its class fails for a reason of its own.
  };
  Kind kind = Kind::elsewhere;
  LinkageFault fault = LinkageFault::class_gone;
  bool of_the_class = false;          ///< The fault is that of the class, whatever the member.
  const KnownClass* owner = nullptr;  ///< The class that the symbol names.
  std::optional<KnownMember> member;  ///< What it stands for, as far as that was found.
  std::string reason;                 ///< Why undetermined.
};

/// Links one use of a symbol by the class `user`: resolution (JVMS 5.4.3), access (5.4.4), and what the instruction
/// itself demands of what was found (6.5).
LinkOutcome link(ClassWorld& world, const KnownClass& user, const SymbolUse& use);

/// Whether the class stands, or once stood, on one of Flink's: then what it inherits is Flink's too.
bool stands_on_flink(ClassWorld& world, const KnownClass& of);

}  // namespace preflight
