#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "classfile/names.h"
#include "connector_releases.h"
#include "families/linkage_evidence.h"
#include "families/linkage_rules.h"
#include "linkage/error_handlers.h"
#include "linkage/symbol_text.h"

namespace preflight {
namespace {

/// A packed library with what of it does not link.
struct BrokenLibrary {
  ClassOrigin origin = ClassOrigin::library;
  std::vector<std::string> symbols;
  std::uint32_t first_class = 0;
};

/// The artifact of Flink that the index has the class in, of its newest release; one released apart before Flink's own.
std::optional<std::string> flink_artifact(const ApiIndex& api, std::string_view class_name) {
  const ApiClass* known = api.find_class(class_name);
  if (known == nullptr || known->forms.empty())
    return std::nullopt;
  const auto apart = std::ranges::find_if(
      known->forms, [&](const ApiClassForm& form) { return api.releases()[form.span.first].line != "flink"; });
  const ApiClassForm& form = apart != known->forms.end() ? *apart : known->forms.back();
  return fmt::format("org.apache.flink:{}", form.module);
}

std::string library_name(std::uint32_t class_index, const Facts& facts) {
  const std::string_view name = facts.upgrade.application->classes[class_index].name;
  if (facts.origins.of[class_index] == ClassOrigin::flink && facts.upgrade.api)
    if (auto artifact = flink_artifact(*facts.upgrade.api, name))
      return *artifact;
  const std::uint32_t library = facts.origins.library_of[class_index];
  if (library != ClassOrigins::kNoLibrary)
    return facts.origins.libraries[library];
  return fmt::format("package {}", package_of(name));
}

std::string problem_text(const LinkageProblem& problem, std::uint32_t class_index, const Facts& facts) {
  const std::string_view error = simple_name(error_of(problem.fault));
  return fmt::format("{}: {}, used by {}", error.empty() ? "never called" : error,
                     symbol_text(problem.declared_in, problem.name, problem.descriptor),
                     facts.upgrade.application->classes[class_index].name);
}

std::map<std::string, BrokenLibrary> broken_libraries(const Facts& facts) {
  std::map<std::string, BrokenLibrary> broken;
  for (const LinkageProblem& problem : facts.linkage.problems) {
    if (problem.fault == LinkageFault::class_not_packed)  // An optional part of the library, as far as anyone can tell.
      continue;
    for (const CallSite& site : problem.sites) {
      const ClassOrigin origin = facts.origins.of[site.class_index];
      if (origin == ClassOrigin::application)
        continue;
      const auto [entry, is_new] = broken.try_emplace(library_name(site.class_index, facts));
      BrokenLibrary& library = entry->second;
      if (is_new)
        library.first_class = site.class_index;
      library.origin = origin;
      std::string text = problem_text(problem, site.class_index, facts);
      const std::string symbol = text.substr(0, text.find(", used by "));
      if (std::ranges::none_of(library.symbols, [&](const std::string& other) { return other.starts_with(symbol); }))
        library.symbols.push_back(std::move(text));
    }
  }
  return broken;
}

/// What the JAR's metadata says of the library, where its name is coordinates.
const BundledLibrary* packed_as(const std::string& name, const ApplicationJar& application) {
  const auto found = std::ranges::find_if(application.libraries, [&](const BundledLibrary& library) {
    return library.coordinates.group + ":" + library.coordinates.artifact == name;
  });
  return found == application.libraries.end() ? nullptr : &*found;
}

/// What to do about a connector or another artifact of Flink: take the one that was built for the target.
std::string remedy_of(const std::string& name, const BundledLibrary* packed, const Upgrade& upgrade) {
  const std::string minor = upgrade.to.minor_text();
  if (packed != nullptr)
    if (const Connector* connector =
            upgrade.table->find_connector(packed->coordinates.group, packed->coordinates.artifact))
      if (const ConnectorRelease* release = newest_release_for(*connector, upgrade.to))
        return fmt::format("Take {}:{}, which is built for Flink {}.", name, release->version, minor);
  return fmt::format("Take the release of it that is built for Flink {}; where there is none, leave it out.", minor);
}

RuleResult check_bundled_code_does_not_link(const Facts& facts) {
  RuleResult result;
  const ApplicationJar& application = *facts.upgrade.application;
  for (auto& [name, library] : broken_libraries(facts)) {
    const bool of_flink = library.origin == ClassOrigin::flink;
    const BundledLibrary* packed = packed_as(name, application);
    const std::string what = packed != nullptr ? packed->coordinates.text() : name;
    Finding finding;
    finding.rule = "bundled-code-does-not-link";
    finding.severity = of_flink ? Severity::high : Severity::medium;
    finding.title = fmt::format("{} was built for another Flink than {}", what, facts.upgrade.to.minor_text());
    finding.message = fmt::format(
        "{} of what it uses of Flink {} not link against Flink {}. {}", library.symbols.size(),
        library.symbols.size() == 1 ? "does" : "do", facts.linkage.checked_against,
        of_flink ? "Code that reaches one of these fails."
                 : "Libraries often have parts for Flink that a job never reaches; code that does reach one fails.");
    finding.remedy = remedy_of(name, packed, facts.upgrade);
    finding.evidence = std::move(library.symbols);
    finding.sources = {"rules/table/flink.api"};
    finding.subject = {.kind = Subject::Kind::dependency, .name = name};
    if (packed != nullptr)
      finding.subject.coordinates = packed->coordinates.text();
    finding.location = {.path = application.path.string(),
                        .entry = std::string(application.classes[library.first_class].entry)};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

using MarkedClasses = std::map<std::string, std::vector<const MarkedUse*>>;

MarkedClasses marked_classes(const Facts& facts, bool deprecated) {
  MarkedClasses classes;
  for (const MarkedUse& use : facts.linkage.marked)
    if (use.deprecated == deprecated)
      classes[use.owner].push_back(&use);
  return classes;
}

/// "; gone in Flink 2.0" for the earliest release that lacks one of them.
std::string end_text(const std::vector<const MarkedUse*>& uses) {
  for (const MarkedUse* use : uses)
    if (!use->gone_in.empty())
      return fmt::format("; gone in Flink {}", use->gone_in);
  return "";
}

Finding marked_finding(const char* rule, const std::string& owner, const std::vector<const MarkedUse*>& uses,
                       const char* mark, const Facts& facts) {
  std::vector<CallSite> sites;
  std::vector<std::string> members;
  for (const MarkedUse* use : uses) {
    sites.insert(sites.end(), use->sites.begin(), use->sites.end());
    if (uses.size() > 1)
      members.push_back(fmt::format("{}{}", symbol_text(simple_name(owner), use->name, use->descriptor),
                                    use->gone_in.empty() ? "" : fmt::format(" (gone in Flink {})", use->gone_in)));
  }
  Finding finding = start_finding(rule, Severity::info, sites, facts);
  finding.evidence.insert(finding.evidence.begin(), members.begin(), members.end());
  const bool whole_class = uses.front()->name.empty();
  const std::string what = uses.size() == 1 ? symbol_text(owner, uses.front()->name, uses.front()->descriptor)
                                            : fmt::format("{} members of {}", uses.size(), owner);
  finding.title = fmt::format("{} {} {}{}", what, uses.size() == 1 || whole_class ? "is" : "are", mark, end_text(uses));
  finding.message = fmt::format("It links against Flink {}. Used by {}.", facts.linkage.checked_against,
                                places_text(sites, facts.upgrade));
  finding.subject = class_subject(owner);
  return finding;
}

RuleResult check_deprecated_api_used(const Facts& facts) {
  RuleResult result;
  for (const auto& [owner, uses] : marked_classes(facts, true)) {
    Finding finding = marked_finding("deprecated-api-used", owner, uses, "deprecated", facts);
    finding.remedy = "Move to what its documentation names, before the release that removes it.";
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_internal_api_used(const Facts& facts) {
  RuleResult result;
  for (const auto& [owner, uses] : marked_classes(facts, false)) {
    Finding finding = marked_finding("internal-api-used", owner, uses, "internal", facts);
    finding.remedy = "Use a public class where there is one: Flink changes internal ones in any release.";
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule bundled_code_does_not_link() {
  return {
      .id = "bundled-code-does-not-link",
      .severity = Severity::high,
      .title = "A packed library uses classes or methods that the target release does not have",
      .rationale =
          "Connectors and libraries are compiled against one Flink release and break as the team's own code does, but "
          "only another release of the library helps.",
      .remedy = "Take the release of the library that is built for the target.",
      .sources = {"rules/table/flink.api", "rules/table/connectors.json"},
      .fires = "A packed connector that was built for Flink 1.20 calls a method that 2.2 does not have.",
      .does_not_fire =
          "The release of the connector for 2.2 is packed; what is missing is used by the team's own classes alone "
          "(other rules say it).",
      .needs = {.application = true},
      .check = check_bundled_code_does_not_link};
}

Rule deprecated_api_used() {
  return {.id = "deprecated-api-used",
          .severity = Severity::info,
          .title = "Deprecated classes or members of Flink are used",
          .rationale = "What is deprecated links today, and is what a later release removes first.",
          .remedy = "Move to the replacement while both are there.",
          .sources = {"rules/table/flink.api"},
          .fires = "The job calls a method that the target release has and marks as @Deprecated.",
          .does_not_fire =
              "The job calls methods that are not deprecated in the target release, though a later one deprecates "
              "them.",
          .needs = {.application = true},
          .check = check_deprecated_api_used};
}

Rule internal_api_used() {
  return {.id = "internal-api-used",
          .severity = Severity::info,
          .title = "Internal classes or members of Flink are used",
          .rationale = "Flink promises nothing of what it marks as @Internal, not even between patch releases.",
          .remedy = "Use a public class where there is one, and test such code with each upgrade.",
          .sources = {"rules/table/flink.api"},
          .fires = "A class of the job uses a class of Flink that is marked as @Internal.",
          .does_not_fire = "The job uses classes of Flink that are marked as @Public or @PublicEvolving.",
          .needs = {.application = true},
          .check = check_internal_api_used};
}

}  // namespace preflight
