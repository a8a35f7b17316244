#include <fmt/format.h>

#include "families/linkage_evidence.h"
#include "families/linkage_rules.h"

namespace preflight {
namespace {

RuleResult check_method_not_implemented(const Facts& facts) {
  RuleResult result;
  for (const OwnProblem& own : own_problems(facts, {LinkageFault::method_not_implemented})) {
    const LinkageProblem& problem = *own.problem;
    Finding finding = start_finding("method-not-implemented", Severity::blocker, own.sites, facts);
    finding.title =
        fmt::format("{} is not implemented by {}", symbol_of(problem), classes_text(own.sites, facts.upgrade));
    finding.message = "A call of the method, by Flink or by the class itself, fails with AbstractMethodError.";
    if (!problem.last_release.empty())
      finding.message += fmt::format(" On Flink {} the class is complete.", problem.last_release);
    finding.remedy = "Implement the method; compiling against the target release shows which are missing.";
    explain_by_table(problem, facts.upgrade, finding);
    finding.subject = member_subject(problem);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_override_never_called(const Facts& facts) {
  RuleResult result;
  for (const OwnProblem& own : own_problems(facts, {LinkageFault::override_never_called})) {
    const LinkageProblem& problem = *own.problem;
    const bool is_later = problem.last_release.empty();  // A method of that name and type may be the team's own.
    Finding finding =
        start_finding("override-never-called", is_later ? Severity::info : Severity::high, own.sites, facts);
    finding.title = fmt::format("{} is overridden by {}, but Flink {} never calls it", symbol_of(problem),
                                classes_text(own.sites, facts.upgrade), upgrade_minor(facts));
    finding.message = fmt::format(
        "The method{}. The class links and the job starts, but nothing runs the code: what it sets up is not there.{}",
        fate_of(problem, facts.upgrade), last_seen(problem));
    finding.remedy = in_its_place(problem, facts.upgrade);
    explain_by_table(problem, facts.upgrade, finding);
    finding.subject = member_subject(problem);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule method_not_implemented() {
  return {.id = "method-not-implemented",
          .severity = Severity::blocker,
          .title = "A class lacks a method that the target release wants implemented",
          .rationale =
              "A method that was added to an interface or became abstract has no code in a class that was compiled "
              "before: Flink's call fails with AbstractMethodError.",
          .remedy = "Implement the method, and compile against the target release.",
          .sources = {"rules/table/flink.api", "JVMS 5.4.6"},
          .fires =
              "A class of the job implements an interface of Flink, to which the target release adds a method without "
              "a default.",
          .does_not_fire = "The method that was added to the interface has a default.",
          .needs = {.application = true},
          .check = check_method_not_implemented};
}

Rule override_never_called() {
  return {
      .id = "override-never-called",
      .severity = Severity::high,
      .title = "A method is overridden that the target release no longer has",
      .rationale =
          "Nothing fails to link: the override is simply never called again. What open(Configuration) prepared, for "
          "example, stays unset.",
      .remedy = "Override the method that took its place.",
      .sources = {"rules/table/flink.api"},
      .fires =
          "A RichFunction overrides open(Configuration), and the target is Flink 2.2, which calls open(OpenContext) "
          "alone.",
      .does_not_fire =
          "It overrides open(OpenContext); or the target is Flink 1.20, which still calls open(Configuration).",
      .needs = {.application = true},
      .check = check_override_never_called};
}

}  // namespace preflight
