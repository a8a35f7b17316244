#include "linkage/marks.h"

#include "linkage/index_releases.h"
#include "linkage/problem_list.h"

namespace preflight {
namespace {

struct Mark {
  ApiStability stability = ApiStability::unmarked;
  bool deprecated = false;

  bool matters() const { return deprecated || stability == ApiStability::internal; }
};

/// What Flink says of a class; a nested class without a word of its own has that of the class around it.
Mark mark_of(ClassWorld& world, const KnownClass& of) {
  Mark mark;
  std::string name = of.name;
  while (true) {
    const KnownClass& at = world.find(name);
    if (at.form == nullptr)
      return mark;
    mark.deprecated = mark.deprecated || at.form->deprecated;
    if (mark.stability == ApiStability::unmarked)
      mark.stability = at.form->stability;
    const std::size_t nested = name.rfind('$');
    if (nested == std::string::npos)
      return mark;
    name.resize(nested);
  }
}

}  // namespace

void Marks::note(ClassWorld& target, const KnownClass& user, const SymbolUse& use, const LinkOutcome& outcome,
                 const CallSite& site) {
  const bool named_only = use.kind == SymbolUse::Kind::descriptor;
  const KnownClass& home = outcome.member ? *outcome.member->declared_in : *outcome.owner;
  if (named_only || home.source != KnownClass::Source::runtime)
    return;
  Mark mark = mark_of(target, home);
  std::string name;
  std::string descriptor;
  if (!mark.matters() && outcome.member && outcome.member->api != nullptr) {
    mark = {outcome.member->api->stability, outcome.member->api->deprecated};
    name = outcome.member->name;
    descriptor = outcome.member->descriptor;
  }
  if (!mark.matters())
    return;
  const auto [entry, is_new] = drafts_.try_emplace({home.name, name, descriptor});
  Draft& draft = entry->second;
  if (is_new) {
    draft.marked = {.owner = home.name,
                    .name = name,
                    .descriptor = descriptor,
                    .stability = mark.stability,
                    .deprecated = mark.deprecated};
    draft.user = user.name;
    draft.use = use;
  }
  add_site(draft.marked.sites, site);
}

std::vector<MarkedUse> Marks::take(const ApiIndex& api) {
  std::vector<MarkedUse> result;
  for (auto& [key, draft] : drafts_) {
    const auto gone = history_.first_after([&](ClassWorld& world) {
      if (draft.marked.name.empty())
        return !world.find(draft.marked.owner).loads();
      return link(world, world.find(draft.user), draft.use).kind != LinkOutcome::Kind::links;
    });
    if (gone)
      draft.marked.gone_in = release_text(api, *gone);
    result.push_back(std::move(draft.marked));
  }
  return result;
}

}  // namespace preflight
