#include "linkage/problem_list.h"

#include <algorithm>

#include "linkage/index_releases.h"
#include "linkage/replacements.h"

namespace preflight {
namespace {

using Source = KnownClass::Source;
using Fault = LinkageFault;

/// Classes that name a member differently, each by the class it knows it from, miss one and the same.
void merge(std::vector<LinkageProblem>& problems) {
  const auto key = [](const LinkageProblem& problem) {
    return std::tie(problem.declared_in, problem.name, problem.descriptor, problem.fault);
  };
  std::ranges::stable_sort(problems, {}, key);
  std::vector<LinkageProblem> merged;
  for (LinkageProblem& problem : problems) {
    if (merged.empty() || key(merged.back()) != key(problem)) {
      merged.push_back(std::move(problem));
      continue;
    }
    for (CallSite& site : problem.sites)
      add_site(merged.back().sites, std::move(site));
  }
  for (LinkageProblem& problem : merged)
    std::ranges::stable_sort(problem.sites, {}, &CallSite::class_index);
  std::ranges::stable_sort(merged, {}, [](const LinkageProblem& problem) {
    return std::tie(problem.owner, problem.name, problem.descriptor, problem.fault);
  });
  problems = std::move(merged);
}

}  // namespace

void add_site(std::vector<CallSite>& sites, CallSite site) {
  const auto same = [&](const CallSite& other) {
    return other.class_index == site.class_index && other.line == site.line && other.method == site.method;
  };
  if (std::ranges::none_of(sites, same))
    sites.push_back(std::move(site));
}

bool ProblemList::Draft::links_in(ClassWorld& world) const {
  const KnownClass& then = world.find(user);
  if (use)
    return link(world, then, *use).kind == LinkOutcome::Kind::links;
  if (world.hierarchy(then).extent == Hierarchy::Extent::broken)
    return false;
  const Key key{problem.owner, problem.name, problem.descriptor, problem.fault};
  return std::ranges::none_of(check(world, then), [&](const ClassFault& fault) { return key_of(fault) == key; });
}

ProblemList::Key ProblemList::key_of(const ClassFault& fault) {
  return {fault.owner->name, fault.member ? std::string(fault.member->name) : "",
          fault.member ? std::string(fault.member->descriptor) : "", fault.fault};
}

ProblemList::Draft& ProblemList::draft_of(const Key& key, const KnownClass& owner) {
  const auto [entry, is_new] = drafts_.try_emplace(key);
  Draft& draft = entry->second;
  if (is_new) {
    draft.owner = &owner;
    LinkageProblem& problem = draft.problem;
    std::tie(problem.owner, problem.name, problem.descriptor, problem.fault) = key;
    problem.declared_in = problem.owner;
  }
  return draft;
}

void ProblemList::add(const KnownClass& user, const SymbolUse& use, const LinkOutcome& outcome, CallSite site) {
  Key key{std::string(use.owner), std::string(use.name), std::string(use.descriptor), outcome.fault};
  if (outcome.of_the_class)
    key = {std::string(use.owner), "", "", outcome.fault};
  else if (use.kind == SymbolUse::Kind::lambda)  // The method that it lacks is not the one that it has.
    key = {std::string(use.owner), std::string(outcome.member->name), std::string(outcome.member->descriptor),
           outcome.fault};
  Draft& draft = draft_of(key, *outcome.owner);
  if (outcome.member)
    draft.problem.declared_in = outcome.member->declared_in->name;
  add_site(draft.problem.sites, std::move(site));
  if (draft.user.empty()) {
    draft.user = user.name;
    draft.use = use;
  }
}

void ProblemList::add(const KnownClass& of, const ClassFault& fault, ClassCheck check, CallSite site) {
  Draft& draft = draft_of(key_of(fault), *fault.owner);
  add_site(draft.problem.sites, std::move(site));
  if (draft.user.empty()) {
    draft.user = of.name;
    draft.check = check;
  }
}

void ProblemList::add(const ClassFault& fault, CallSite site) {
  Draft& draft = draft_of(key_of(fault), *fault.owner);
  add_site(draft.problem.sites, std::move(site));
  draft.problem.last_release = fault.last_release;
  draft.problem.gone_since = fault.gone_since;
  draft.problem.first_release = fault.first_release;
  if (const ApiClassForm* form = fault.owner->form)
    draft.problem.module = form->module;
}

bool ProblemList::explain(Draft& draft, const ApiIndex& api, WorldHistory& history) {
  LinkageProblem& problem = draft.problem;
  const auto links = [&](ClassWorld& world) { return draft.links_in(world); };
  auto release = history.last_before(links);
  if (release) {
    problem.last_release = release_text(api, *release);
    problem.gone_since = release_text(api, static_cast<std::uint16_t>(*release + 1));
  } else {
    release = history.first_after(links);
    if (release)
      problem.first_release = release_text(api, *release);
  }
  if (release) {
    ClassWorld& then = history.at(*release);
    if (draft.use && draft.use->name == problem.name)
      if (const LinkOutcome outcome = link(then, then.find(draft.user), *draft.use); outcome.member)
        problem.declared_in = outcome.member->declared_in->name;
    if (const ApiClassForm* form = then.find(problem.declared_in).form)
      problem.module = form->module;
    return true;
  }
  if (problem.fault != LinkageFault::class_gone)
    return false;
  if (draft.owner->api == nullptr)  // The compatibility table alone knows it.
    return true;
  const ApiClassForm& last = draft.owner->api->forms.back();  // Of a connector that is released apart from Flink.
  problem.last_release = release_text(api, last.span.last);
  problem.module = last.module;
  return true;
}

bool ProblemList::is_certain(const Draft& draft, const WorldInputs& inputs) {
  const Fault fault = draft.problem.fault;
  if (draft.owner->source == Source::application)
    return false;
  if (fault != Fault::method_gone && fault != Fault::field_gone)
    return true;
  return inputs.jar_class(draft.problem.owner) != nullptr;
}

std::vector<LinkageProblem> ProblemList::settle(const WorldInputs& inputs, ClassWorld& target, WorldHistory& history,
                                                std::vector<LinkageProblem>& unexplained) {
  const ApiIndex& api = *inputs.api;
  std::vector<LinkageProblem> problems;
  for (auto& [key, draft] : drafts_) {
    LinkageProblem& problem = draft.problem;
    if (problem.fault == LinkageFault::class_not_packed) {
      problem.module = draft.owner->form->module;
    } else if (problem.last_release.empty() && draft.problem.first_release.empty() && !explain(draft, api, history) &&
               !is_certain(draft, inputs)) {
      if (draft.owner->source != Source::application)
        unexplained.push_back(std::move(problem));
      continue;
    }
    problems.push_back(std::move(problem));
  }
  merge(problems);
  for (LinkageProblem& problem : problems)
    problem.alternatives = replacements(target, api, problem);
  return problems;
}

}  // namespace preflight
