#include "linkage/replacements.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "classfile/names.h"
#include "linkage/class_world.h"
#include "linkage/index_releases.h"
#include "linkage/symbol_text.h"

namespace preflight {
namespace {

constexpr std::size_t kMostReplacements = 6;

std::string of_member(const KnownMember& member) {
  return member.name == "<init>" ? symbol_text(simple_name(member.declared_in->name), member.name, member.descriptor)
                                 : fmt::format("{}{}", member.name, parameters_text(member.descriptor));
}

void add_members(const KnownClass& of, const LinkageProblem& problem, std::set<std::string>& found) {
  if (!of.of_index() || of.api == nullptr)
    return;
  const bool method = problem.descriptor.starts_with('(');
  for (const ApiMember& member : of.api->members) {
    if (!member.span.contains(of.ordinal) || member.name != problem.name ||
        (member.kind == ApiMember::Kind::method) != method || (member.access_flags & kAccSynthetic) != 0 ||
        (member.access_flags & (kAccPublic | kAccProtected)) == 0)
      continue;
    const KnownMember known{&of, member.name, member.descriptor, member.access_flags, &member};
    const bool same_parameters = parameters_text(member.descriptor) == parameters_text(problem.descriptor);
    found.insert(same_parameters ? fmt::format("{} of type {}", of_member(known), result_text(member.descriptor))
                                 : of_member(known));
  }
}

std::vector<std::string> first_few(const std::set<std::string>& found) {
  std::vector<std::string> result;
  for (const std::string& text : found)
    if (result.size() < kMostReplacements)
      result.push_back(text);
  return result;
}

std::vector<std::string> members_in_place(ClassWorld& target, const LinkageProblem& problem) {
  std::set<std::string> found;
  const KnownClass& home = target.find(problem.declared_in);
  add_members(home, problem, found);
  if (problem.name != "<init>") {
    const Hierarchy& hierarchy = target.hierarchy(home);
    for (const auto* supers : {&hierarchy.superclasses, &hierarchy.superinterfaces})
      for (const KnownClass* super : *supers)
        add_members(*super, problem, found);
  }
  return first_few(found);
}

/// "org.apache.flink.streaming": where a class that moved is looked for, so that not all of the index has to be read.
std::string_view neighbourhood(std::string_view package) {
  std::size_t end = 0;
  for (int parts = 0; parts < 4 && end != std::string_view::npos; ++parts)
    end = package.find('.', end + 1);
  return package.substr(0, end);
}

std::vector<std::string> classes_in_place(ClassWorld& target, const ApiIndex& api, const LinkageProblem& problem) {
  std::set<std::string> found;
  const std::string_view name = simple_name(problem.owner);
  const std::string_view package =
      std::string_view(problem.owner).substr(0, problem.owner.size() - std::min(problem.owner.size(), name.size() + 1));
  const std::string_view near = neighbourhood(package);
  const std::vector<std::string_view> packages = api.packages();
  // Sorted: those that begin with the same parts stand together.
  for (auto candidate = std::ranges::lower_bound(packages, near);
       candidate != packages.end() && candidate->starts_with(near); ++candidate) {
    if (*candidate == package || neighbourhood(*candidate) != near)
      continue;
    const std::string moved = fmt::format("{}.{}", *candidate, name);
    if (api.has_class(moved) && target.find(moved).source == KnownClass::Source::runtime)
      found.insert(moved);
  }
  return first_few(found);
}

}  // namespace

std::vector<std::string> replacements(ClassWorld& target, const ApiIndex& api, const LinkageProblem& problem) {
  switch (problem.fault) {
    case LinkageFault::class_gone:
      return classes_in_place(target, api, problem);
    case LinkageFault::method_gone:
    case LinkageFault::field_gone:
    case LinkageFault::override_never_called:
      return members_in_place(target, problem);
    default:
      return {};
  }
}

}  // namespace preflight
