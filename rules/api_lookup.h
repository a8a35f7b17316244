#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api_history.h"

namespace preflight {

/// A field or method and when it was there.
struct ApiMemberHistory {
  const ApiMember* member = nullptr;  ///< As it was last.
  std::vector<ApiPeriod> periods;
};

/// What a name stands for. Exactly one of `declared` and `candidates` says something; neither where nothing has the
/// name.
struct ApiLookup {
  const ApiClass* declared = nullptr;     ///< The class, or the one that declares the member. The index's.
  std::string asked_in;                   ///< The class that was named, where a super class declares the member.
  std::string member;                     ///< Empty where the name is a class's.
  std::vector<ApiPeriod> periods;         ///< Of the class.
  std::vector<ApiMemberHistory> members;  ///< Those of that name, or all that are not synthetic; fields before methods.
  std::vector<std::string> candidates;    ///< Classes that the simple name may mean, sorted.
  std::vector<std::string> near;          ///< Names that look like it, nearest first.
};

/// `name` is CLASS, CLASS.member or CLASS#member; CLASS is a binary name, a source name (a.b.Outer.Inner) or a simple
/// one (Outer.Inner, Inner).
ApiLookup look_up(const ApiIndex& index, std::string_view name);

}  // namespace preflight
