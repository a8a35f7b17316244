#include "families/linkage_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "classfile/names.h"
#include "families/linkage_evidence.h"
#include "linkage/error_handlers.h"
#include "linkage/symbol_text.h"

namespace preflight {
namespace {

using Fault = LinkageFault;

/// a.b.Outer for a.b.Outer$Inner.
std::string outermost(const std::string& binary_name) {
  return binary_name.substr(0, binary_name.find('$'));
}

/// A missing class and its nested classes, which are one loss to whoever has to replace it.
struct MissingClass {
  const LinkageProblem* problem = nullptr;
  std::set<std::string> names;
  std::vector<CallSite> sites;
};

Finding removed_class_finding(const std::string& name, const MissingClass& missing, const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  Finding finding = start_finding("removed-class-referenced", Severity::blocker, missing.sites, facts);
  const LinkageProblem& problem = *missing.problem;
  const RemovedClass* row = upgrade.table->find_removed_class(problem.owner, upgrade.to);
  finding.title = row != nullptr && row->removed_in <= upgrade.to
                      ? fmt::format("{} is gone since Flink {}", name, row->removed_in.minor_text())
                      : name + fate_of(problem, upgrade);
  const std::size_t users = count_classes(missing.sites);
  finding.message = fmt::format("{}{} of the JAR {} to it and will fail with NoClassDefFoundError.{}",
                                row != nullptr ? row->why + " " : "",
                                users == 1 ? std::string("One class") : fmt::format("{} classes", users),
                                users == 1 ? "refers" : "refer", last_seen(problem));
  std::vector<std::string> nested;
  for (const std::string& part : missing.names)
    if (part != name)
      nested.push_back(part);
  if (!nested.empty())
    finding.message += fmt::format(" Also referred to: {}.", fmt::join(nested, ", "));
  if (row != nullptr && !row->moved_to.empty())
    finding.message += fmt::format(" Flink {} has it as {}.", upgrade.to.minor_text(), row->moved_to);
  finding.remedy =
      row != nullptr ? "Instead of the removed class, use: " + row->replacement : in_its_place(problem, upgrade);
  if (row != nullptr)
    finding.sources.insert(finding.sources.end(), row->sources.begin(), row->sources.end());
  finding.subject = class_subject(name);
  return finding;
}

/// What could not be linked for want of knowledge; one rule says it for all of them.
std::vector<Unknown> linkage_unknowns(const Facts& facts) {
  std::vector<Unknown> unknowns;
  const Upgrade& upgrade = facts.upgrade;
  if (!upgrade.api)
    return {{"the classes, methods and fields of Flink that the JAR uses", "no index of Flink's API was read"}};
  if (facts.linkage.checked_against.empty())
    return {{"the classes, methods and fields of Flink that the JAR uses",
             fmt::format("the index of Flink's API has no release of {}", upgrade.to.minor_text())}};
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const UndeterminedUse& use : facts.linkage.undetermined)
    by_reason[use.reason].push_back(use.symbol);
  for (const auto& [reason, symbols] : by_reason)
    unknowns.push_back({symbols.size() == 1
                            ? fmt::format("whether {} links", symbols.front())
                            : fmt::format("whether {} and {} more link", symbols.front(), symbols.size() - 1),
                        reason});
  std::size_t unread = 0;
  std::set<std::uint32_t> read;
  for (const LinkedClass& linked : upgrade.linked_classes)
    read.insert(linked.index);
  for (std::uint32_t i = 0; i < facts.origins.of.size(); ++i)
    if (facts.origins.of[i] == ClassOrigin::application && !read.contains(i))
      ++unread;
  if (unread > 0)
    unknowns.push_back({fmt::format("what {} of the application's classes use", unread),
                        "they could not be read a second time (standard input cannot)"});
  return unknowns;
}

RuleResult check_removed_class_referenced(const Facts& facts) {
  std::map<std::string, MissingClass> missing;
  for (const OwnProblem& own : own_problems(facts, {Fault::class_gone})) {
    const LinkageProblem& problem = *own.problem;
    const std::vector<CallSite>& sites = own.sites;

    MissingClass& entry = missing[outermost(problem.owner)];
    if (entry.problem == nullptr || problem.owner == outermost(problem.owner))
      entry.problem = &problem;
    entry.names.insert(problem.owner);
    entry.sites.insert(entry.sites.end(), sites.begin(), sites.end());
  }
  RuleResult result;
  for (const auto& [name, entry] : missing)
    result.findings.push_back(removed_class_finding(name, entry, facts));
  result.unknowns = linkage_unknowns(facts);
  return result;
}

RuleResult check_class_not_on_class_path(const Facts& facts) {
  RuleResult result;
  const bool managed = facts.upgrade.platform == Platform::msf;
  for (const OwnProblem& own : own_problems(facts, {Fault::class_not_packed})) {
    const LinkageProblem& problem = *own.problem;
    const std::vector<CallSite>& sites = own.sites;

    Finding finding =
        start_finding("class-not-on-class-path", managed ? Severity::high : Severity::medium, sites, facts);
    finding.title =
        fmt::format("{} is in {}, which neither Flink's class path nor the JAR has", problem.owner, problem.module);
    finding.message = fmt::format(
        "Flink {} does not load {} by itself: code that reaches the class fails with NoClassDefFoundError.{}",
        upgrade_minor(facts), problem.module,
        managed ? " The managed service lets nothing be added to its class path." : " Unless it was put into lib/.");
    finding.remedy = fmt::format("Pack org.apache.flink:{} for Flink {} into the JAR (scope compile).", problem.module,
                                 upgrade_minor(facts));
    finding.sources.emplace_back("rules/table/distribution.json");
    finding.subject = class_subject(problem.owner);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

/// missing-method-referenced and missing-field-referenced.
RuleResult check_missing_member(const Facts& facts, const char* rule, Fault fault) {
  RuleResult result;
  for (const OwnProblem& own : own_problems(facts, {fault})) {
    const LinkageProblem& problem = *own.problem;
    const std::vector<CallSite>& sites = own.sites;

    Finding finding = start_finding(rule, Severity::blocker, sites, facts);
    finding.title = symbol_of(problem) + fate_of(problem, facts.upgrade);
    finding.message = fmt::format("Reaching {} fails with {}.{}", places_text(sites, facts.upgrade),
                                  simple_name(error_of(fault)), last_seen(problem));
    finding.remedy = in_its_place(problem, facts.upgrade);
    explain_by_table(problem, facts.upgrade, finding);
    finding.subject = member_subject(problem);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_missing_method_referenced(const Facts& facts) {
  return check_missing_member(facts, "missing-method-referenced", Fault::method_gone);
}

RuleResult check_missing_field_referenced(const Facts& facts) {
  return check_missing_member(facts, "missing-field-referenced", Fault::field_gone);
}

const char* what_changed(Fault fault) {
  switch (fault) {
    case Fault::not_accessible:
      return "is no longer accessible to applications";
    case Fault::became_static:
      return "became static";
    case Fault::became_instance:
      return "is static no more";
    case Fault::became_interface:
      return "became an interface";
    case Fault::became_class:
      return "is an interface no more";
    case Fault::became_abstract:
      return "became abstract";
    case Fault::extends_final_class:
      return "became final, and is extended";
    case Fault::overrides_final_method:
      return "became final, and is overridden";
    default:
      return "changed";
  }
}

RuleResult check_incompatible_class_change(const Facts& facts) {
  RuleResult result;
  for (const OwnProblem& own :
       own_problems(facts, {Fault::not_accessible, Fault::became_static, Fault::became_instance,
                            Fault::became_interface, Fault::became_class, Fault::became_abstract,
                            Fault::extends_final_class, Fault::overrides_final_method})) {
    const LinkageProblem& problem = *own.problem;
    const std::vector<CallSite>& sites = own.sites;

    Finding finding = start_finding("incompatible-class-change", Severity::blocker, sites, facts);
    finding.title = fmt::format("{} {}", symbol_of(problem), what_changed(problem.fault));
    finding.message = fmt::format("The code of {} was compiled for what it was before, and fails with {}.{}",
                                  places_text(sites, facts.upgrade), simple_name(error_of(problem.fault)),
                                  problem.last_release.empty()
                                      ? ""
                                      : fmt::format(" {} is the last release where it links.", problem.last_release));
    finding.remedy = "Compile against the target release, and change what no longer compiles.";
    finding.subject = problem.name.empty() ? class_subject(problem.owner) : member_subject(problem);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule removed_class_referenced() {
  return {.id = "removed-class-referenced",
          .severity = Severity::blocker,
          .title = "A class that the target release no longer has is referenced",
          .rationale =
              "Code that was compiled against an older Flink fails with NoClassDefFoundError as soon as it "
              "reaches the missing class, often only when the job starts to run.",
          .remedy = "Replace the class as the finding says, and compile against the target release.",
          .sources = {"rules/table/flink.api", "rules/table/removed_classes.json"},
          .fires = "The job implements SourceFunction, and the target is Flink 2.2.",
          .does_not_fire = "The same job, and the target is Flink 1.20, which still has the class.",
          .needs = {.application = true},
          .check = check_removed_class_referenced};
}

Rule class_not_on_class_path() {
  return {.id = "class-not-on-class-path",
          .severity = Severity::high,
          .title = "A class of Flink is used that neither its distribution nor the JAR has",
          .rationale =
              "Flink releases more artifacts than its distribution loads: connectors, formats and libraries have to be "
              "packed. A class that nobody packed fails with NoClassDefFoundError.",
          .remedy = "Pack the artifact for the target release.",
          .sources = {"rules/table/flink.api", "rules/table/distribution.json"},
          .fires = "The job uses SavepointReader of flink-state-processor-api, which is not packed into the JAR.",
          .does_not_fire =
              "flink-state-processor-api is packed; or the job uses flink-cep, which Flink 1.15 and later load "
              "themselves.",
          .needs = {.application = true},
          .check = check_class_not_on_class_path};
}

Rule missing_method_referenced() {
  return {.id = "missing-method-referenced",
          .severity = Severity::blocker,
          .title = "A method or constructor that the target release no longer has is called",
          .rationale =
              "The JVM looks a method up by its name, parameter types and return type. Where one of them changed, the "
              "call fails with NoSuchMethodError, though the source may still compile.",
          .remedy = "Call what the finding names instead, or compile against the target release.",
          .sources = {"rules/table/flink.api", "JVMS 5.4.3.3", "JVMS 5.4.3.4"},
          .fires = "The job calls DataStream.addSink(SinkFunction), and the target is Flink 2.2.",
          .does_not_fire =
              "The job calls DataStream.sinkTo with the Sink of sink2, which 2.2 has with the same parameters and "
              "return type.",
          .needs = {.application = true},
          .check = check_missing_method_referenced};
}

Rule missing_field_referenced() {
  return {.id = "missing-field-referenced",
          .severity = Severity::blocker,
          .title = "A field that the target release no longer has is used",
          .rationale = "A field is looked up by its name and type; one that is gone fails with NoSuchFieldError.",
          .remedy = "Use what the finding names instead, or compile against the target release.",
          .sources = {"rules/table/flink.api", "JVMS 5.4.3.2"},
          .fires = "A class of the job reads a constant of Flink that the target no longer declares.",
          .does_not_fire = "A class of the job has the value of a constant compiled in, and so does not refer to it.",
          .needs = {.application = true},
          .check = check_missing_field_referenced};
}

Rule incompatible_class_change() {
  return {
      .id = "incompatible-class-change",
      .severity = Severity::blocker,
      .title = "A class, method or field is used as what it no longer is",
      .rationale =
          "Class files say whether they call a static method or not, a class or an interface, and what they extend. "
          "Where that changed, or where the symbol is public no more, the JVM refuses to link.",
      .remedy = "Compile against the target release.",
      .sources = {"rules/table/flink.api", "JVMS 5.3.5", "JVMS 5.4.4"},
      .fires = "A class of the job extends a class of Flink that is final in the target release.",
      .does_not_fire =
          "A class of the job extends a class of Flink that got a concrete method of a name that the job does not use.",
      .needs = {.application = true},
      .check = check_incompatible_class_change};
}

}  // namespace preflight
