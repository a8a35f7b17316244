#include "linkage/linkage.h"

#include <algorithm>
#include <map>

#include "linkage/class_checks.h"
#include "linkage/error_handlers.h"
#include "linkage/index_releases.h"
#include "linkage/marks.h"
#include "linkage/problem_list.h"
#include "linkage/symbol_linking.h"
#include "linkage/symbol_text.h"

namespace preflight {
namespace {

using Source = KnownClass::Source;

class LinkageCheck {
 public:
  LinkageCheck(const LinkageInputs& inputs, std::uint16_t ordinal)
      : inputs_(inputs),
        world_inputs_(inputs.application, inputs.classes, inputs.api, inputs.table, inputs.java),
        target_(world_inputs_, ordinal, ClassWorld::Purpose::target),
        history_(world_inputs_, ordinal),
        marks_(history_) {
    calling_ = releases_of(inputs.api, inputs.from);
    result_.checked_against = inputs.api.releases()[ordinal].version;
  }

  Linkage run() {
    for (const LinkedClass& linked : inputs_.classes) {
      const KnownClass& user = target_.find(inputs_.application.classes[linked.index].name);
      if (user.linked == &linked)  // Otherwise the JVM loads another class of that name.
        check_class(user, linked);
    }
    std::vector<LinkageProblem> unexplained;
    result_.problems = problems_.settle(world_inputs_, target_, history_, unexplained);
    for (const LinkageProblem& problem : unexplained)
      if (is_used_by_own(problem))
        undetermined_.try_emplace(symbol_text(problem.owner, problem.name, problem.descriptor),
                                  "no release of Flink that the index knows has it in this form");
    result_.marked = marks_.take(inputs_.api);
    for (const auto& [symbol, reason] : undetermined_)
      result_.undetermined.push_back({symbol, reason});
    return std::move(result_);
  }

 private:
  void check_class(const KnownClass& user, const LinkedClass& linked) {
    const std::uint64_t uses_before = result_.uses;
    const ErrorHandlers handlers(linked);
    bool fails = false;
    for (const SymbolUse& use : linked.uses)
      fails = check_use(user, linked, use, handlers) || fails;
    if (fails)
      check_descriptors(user, linked);
    if (result_.uses > uses_before)
      ++result_.classes;
    check_as_heir(user, linked);
  }

  /// True where the use fails.
  bool check_use(const KnownClass& user, const LinkedClass& linked, const SymbolUse& use,
                 const ErrorHandlers& handlers) {
    if (use.owner.starts_with("java."))  // None of Flink's, and no JVM loads one from an application.
      return false;
    const LinkOutcome outcome = link(target_, user, use);
    const auto site = [&] { return site_of(linked, use); };
    switch (outcome.kind) {
      case LinkOutcome::Kind::links:
        ++result_.uses;
        if (is_own(linked))
          marks_.note(target_, user, use, outcome, site());
        return false;
      case LinkOutcome::Kind::fails:
        ++result_.uses;
        if (handlers.expect(use.method, outcome.fault))
          return false;
        problems_.add(user, use, outcome, site());
        return true;
      case LinkOutcome::Kind::undetermined:
        note_undetermined(linked, symbol_text(use.owner, use.name, use.descriptor), outcome.reason);
        return false;
      case LinkOutcome::Kind::elsewhere:
        if (outcome.owner->source == Source::unknown && use.owner.starts_with("org.apache.flink.") &&
            use.kind != SymbolUse::Kind::descriptor)
          note_undetermined(linked, std::string(use.owner),
                            "neither the JAR nor any release that the index knows has the class");
        return false;
    }
    return false;
  }

  /// In a class that fails anyway, the missing classes that only descriptors name are part of the same work.
  void check_descriptors(const KnownClass& user, const LinkedClass& linked) {
    for (SymbolUse use : linked.uses) {
      if (use.kind != SymbolUse::Kind::descriptor)
        continue;
      use.kind = SymbolUse::Kind::class_reference;
      const LinkOutcome outcome = link(target_, user, use);
      if (outcome.kind == LinkOutcome::Kind::fails && outcome.fault == LinkageFault::class_gone)
        problems_.add(user, use, outcome, site_of(linked, use));
    }
  }

  /// What its super types demand of the class.
  void check_as_heir(const KnownClass& user, const LinkedClass& linked) {
    add_all(super_type_faults, user, linked);
    if (target_.hierarchy(user).extent == Hierarchy::Extent::broken)
      return;
    add_all(final_method_faults, user, linked);
    const auto unimplemented = add_all(unimplemented_methods, user, linked);
    if (is_implementation_open(target_, user))
      note_undetermined(linked, user.name,
                        "whether it implements all abstract methods depends on a super type that is neither in the "
                        "JAR nor in the index");
    if (!calling_)
      return;
    for (const ClassFault& fault : dead_overrides(inputs_.api, target_, history_, user, *calling_)) {
      // Said once, where the class has the method as it was, and lacks it as it is.
      const bool is_implementation = std::ranges::any_of(
          unimplemented, [&](const ClassFault& missing) { return missing.member->name == fault.member->name; });
      if (!is_implementation)
        problems_.add(fault, site_of(linked, fault));
    }
  }

  std::vector<ClassFault> add_all(ProblemList::ClassCheck check, const KnownClass& user, const LinkedClass& linked) {
    std::vector<ClassFault> faults = check(target_, user);
    for (const ClassFault& fault : faults)
      problems_.add(user, fault, check, site_of(linked, fault));
    return faults;
  }

  static CallSite site_of(const LinkedClass& linked, const SymbolUse& use) {
    return {linked.index, std::string(use.method), std::string(linked.source_file), use.line};
  }

  static CallSite site_of(const LinkedClass& linked, const ClassFault& fault) {
    const bool of_a_method =
        fault.fault == LinkageFault::overrides_final_method || fault.fault == LinkageFault::override_never_called;
    return {linked.index, of_a_method ? std::string(fault.member->name) : "", std::string(linked.source_file), 0};
  }

  bool is_own(const LinkedClass& linked) const { return inputs_.origins.of[linked.index] == ClassOrigin::application; }

  void note_undetermined(const LinkedClass& linked, const std::string& symbol, const std::string& reason) {
    if (is_own(linked))
      undetermined_.try_emplace(symbol, reason);
  }

  bool is_used_by_own(const LinkageProblem& problem) const {
    return std::ranges::any_of(problem.sites, [&](const CallSite& site) {
      return inputs_.origins.of[site.class_index] == ClassOrigin::application;
    });
  }

  const LinkageInputs& inputs_;
  WorldInputs world_inputs_;
  ClassWorld target_;
  WorldHistory history_;
  Marks marks_;
  std::optional<ApiSpan> calling_;
  ProblemList problems_;
  std::map<std::string, std::string> undetermined_;
  Linkage result_;
};

}  // namespace

Linkage check_linkage(const LinkageInputs& inputs) {
  const auto ordinal = flink_ordinal(inputs.api, inputs.target);
  return ordinal ? LinkageCheck(inputs, *ordinal).run() : Linkage{};
}

}  // namespace preflight
