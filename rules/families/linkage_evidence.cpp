#include "families/linkage_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "linkage/symbol_text.h"

namespace preflight {
namespace {

std::string site_text(const CallSite& site, const Upgrade& upgrade) {
  std::string text(upgrade.application->classes[site.class_index].name);
  if (!site.method.empty())
    text += "." + site.method;
  if (!site.source_file.empty() && site.line != 0)
    text += fmt::format(" ({}:{})", site.source_file, site.line);
  else if (!site.source_file.empty())
    text += fmt::format(" ({})", site.source_file);
  return text;
}

/// "2.0" for 2.0.0: what a release dropped or brought is named by its minor, unless a patch release did it.
std::string short_release(const std::string& release) {
  return release.ends_with(".0") && std::ranges::count(release, '.') == 2 ? release.substr(0, release.size() - 2)
                                                                          : release;
}

}  // namespace

std::vector<std::string> site_texts(const std::vector<CallSite>& sites, const Upgrade& upgrade) {
  std::vector<std::string> texts;
  for (const CallSite& site : sites)
    if (std::string text = site_text(site, upgrade); std::ranges::find(texts, text) == texts.end())
      texts.push_back(std::move(text));
  return texts;
}

std::string places_text(const std::vector<CallSite>& sites, const Upgrade& upgrade) {
  const std::vector<std::string> texts = site_texts(sites, upgrade);
  if (texts.size() == 1)
    return texts.front();
  return fmt::format("{} and {} more {}", texts.front(), texts.size() - 1, texts.size() == 2 ? "place" : "places");
}

std::string classes_text(const std::vector<CallSite>& sites, const Upgrade& upgrade) {
  const std::size_t count = count_classes(sites);
  const std::string_view first = upgrade.application->classes[sites.front().class_index].name;
  return count == 1 ? std::string(first)
                    : fmt::format("{} and {} more {}", first, count - 1, count == 2 ? "class" : "classes");
}

std::size_t count_classes(const std::vector<CallSite>& sites) {
  std::set<std::uint32_t> classes;
  for (const CallSite& site : sites)
    classes.insert(site.class_index);
  return classes.size();
}

std::vector<CallSite> sites_of(const std::vector<CallSite>& sites, ClassOrigin origin, const ClassOrigins& origins) {
  std::vector<CallSite> result;
  std::ranges::copy_if(sites, std::back_inserter(result),
                       [&](const CallSite& site) { return origins.of[site.class_index] == origin; });
  return result;
}

std::string upgrade_minor(const Facts& facts) {
  return facts.upgrade.to.minor_text();
}

std::string fate_of(const LinkageProblem& problem, const Upgrade& upgrade) {
  if (!problem.gone_since.empty())
    return fmt::format(" is gone since Flink {}", short_release(problem.gone_since));
  if (!problem.first_release.empty())
    return fmt::format(" is only there from Flink {} on", short_release(problem.first_release));
  return fmt::format(" is not in Flink {}", upgrade.to.minor_text());
}

std::string last_seen(const LinkageProblem& problem) {
  if (problem.last_release.empty())
    return "";
  return fmt::format(" {} is the last release that has it{}.", problem.last_release,
                     problem.module.empty() ? "" : " (" + problem.module + ")");
}

std::string in_its_place(const LinkageProblem& problem, const Upgrade& upgrade) {
  return problem.alternatives.empty()
             ? fmt::format("Find what Flink {} has in its place, and compile against that release.",
                           upgrade.to.minor_text())
             : fmt::format("Flink {} has: {}.", upgrade.to.minor_text(), fmt::join(problem.alternatives, "; "));
}

Finding start_finding(const char* rule, Severity severity, const std::vector<CallSite>& sites, const Facts& facts) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.evidence = site_texts(sites, facts.upgrade);
  finding.sources = {"rules/table/flink.api"};
  const ApplicationJar& application = *facts.upgrade.application;
  finding.location = {.path = application.path.string(),
                      .entry = std::string(application.classes[sites.front().class_index].entry)};
  return finding;
}

Subject class_subject(const std::string& name) {
  return {.kind = Subject::Kind::class_, .name = name, .class_name = name};
}

Subject member_subject(const LinkageProblem& problem) {
  return {.kind = problem.descriptor.starts_with('(') ? Subject::Kind::method : Subject::Kind::field,
          .name = symbol_text(problem.declared_in, problem.name, problem.descriptor, true),
          .class_name = problem.declared_in};
}

std::string symbol_of(const LinkageProblem& problem) {
  return symbol_text(problem.declared_in, problem.name, problem.descriptor);
}

void explain_by_table(const LinkageProblem& problem, const Upgrade& upgrade, Finding& finding) {
  const RemovedMember* row = upgrade.table->find_removed_member(problem.declared_in, problem.name,
                                                                parameters_text(problem.descriptor), upgrade.to);
  if (row == nullptr)
    return;
  finding.message = row->why + " " + finding.message;
  finding.remedy = row->replacement;
  finding.sources.insert(finding.sources.end(), row->sources.begin(), row->sources.end());
}

std::vector<OwnProblem> own_problems(const Facts& facts, std::initializer_list<LinkageFault> faults) {
  std::vector<OwnProblem> result;
  for (const LinkageProblem& problem : facts.linkage.problems)
    if (std::ranges::find(faults, problem.fault) != faults.end())
      if (auto sites = sites_of(problem.sites, ClassOrigin::application, facts.origins); !sites.empty())
        result.push_back({&problem, std::move(sites)});
  return result;
}

}  // namespace preflight
