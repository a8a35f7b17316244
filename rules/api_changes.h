#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "api/api_index.h"
#include "savepoint_changes.h"

namespace preflight {

/// A field or method that is different in the later release. The views are the index's.
struct ApiMemberChange {
  ChangeKind change = ChangeKind::changed;
  const ApiMember* before = nullptr;  ///< nullptr for an added one
  const ApiMember* after = nullptr;   ///< nullptr for a removed one
  /// Of a removed one the class that has it still, so that calls go there; of an added one the class that had it.
  std::string inherited_from;
  std::vector<ValueChange> values;

  const ApiMember& member() const { return after != nullptr ? *after : *before; }
};

struct ApiClassChange {
  ChangeKind change = ChangeKind::changed;
  std::string name;
  std::string module;
  bool deprecated = false;               ///< Of a removed class: it was deprecated before.
  std::vector<ValueChange> values;       ///< Of a changed class.
  std::vector<ApiMemberChange> members;  ///< Of a changed class: fields before methods, by name.
};

struct ApiChanges {
  std::string line, before, after;
  std::vector<ApiClassChange> classes;  ///< By name.
  std::size_t unchanged_classes = 0;
};

struct ApiChangeScope {
  std::string package;       ///< This package and those below it; empty for all.
  bool public_only = false;  ///< Public and protected classes and members.
};

/// What `after` declares differently from `before`, two ordinals of one line.
ApiChanges compare_api(const ApiIndex& index, std::uint16_t before, std::uint16_t after, const ApiChangeScope& scope);

/// The keywords of a class's or member's flags, as in source: "public static final".
std::string modifiers_of(const ApiClassForm& form);
std::string modifiers_of(const ApiMember& member);

}  // namespace preflight
