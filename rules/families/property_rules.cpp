#include "families/property_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "families/deployment_facts.h"

namespace preflight {
namespace {

constexpr std::string_view kRunOptions = "kinesis.analytics.flink.run.options";
constexpr const char* kPython =
    "AWS documentation: creating and running a Python application for Managed Service for Apache Flink";

/// Whether the application asks the service for its properties in its own code; how else it gets them is not known.
bool asks_for_properties(const Facts& facts) {
  return std::ranges::any_of(facts.upgrade.linked_classes, [&](const LinkedClass& linked) {
    return facts.origins.of[linked.index] == ClassOrigin::application &&
           std::ranges::any_of(linked.uses, [](const SymbolUse& use) {
             return use.name == "getApplicationProperties" && use.owner.ends_with("KinesisAnalyticsRuntime");
           });
  });
}

RuleResult check_property_group_not_read(const Facts& facts) {
  RuleResult result;
  if (!asks_for_properties(facts))
    return result;
  const std::vector<std::string>& constants = facts.upgrade.application->string_constants;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    std::set<std::string> seen;
    for (const RuntimeProperty& property : deployment.properties) {
      if (property.group == kRunOptions || !seen.insert(property.group).second ||
          std::ranges::find(constants, property.group) != constants.end())
        continue;
      Finding finding = deployment_finding("property-group-not-read", Severity::low, deployment,
                                           fmt::format("properties/{}", property.group), property.place);
      finding.title = fmt::format("No text of the JAR is the name of the property group \"{}\"", property.group);
      finding.message =
          "The application asks for its properties by the name of their group. Unless it puts that name together, the "
          "new version does not read them, and runs with what it does without them.";
      finding.remedy = "Hold the name against the code: one of the two was renamed.";
      finding.sources = {"AWS documentation: runtime properties of Managed Service for Apache Flink"};
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

RuleResult check_python_run_option_refused(const Facts& facts) {
  static constexpr std::array<std::string_view, 3> kUnsupported{"pyModule", "pyExecutable", "pyRequirements"};
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments)
    for (const RuntimeProperty& property : deployment.properties) {
      if (property.group != kRunOptions || std::ranges::find(kUnsupported, property.key) == kUnsupported.end())
        continue;
      Finding finding = deployment_finding("python-run-option-refused", Severity::high, deployment,
                                           fmt::format("properties/{}", property.key), property.place);
      finding.title = fmt::format("The managed service does not take the run option {}", property.key);
      finding.message =
          "Of PyFlink's options it knows python, jarfile, pyFiles and pyArchives; nothing is installed at start.";
      finding.remedy = "Pack what the job needs into its archive, and name the script by python.";
      finding.sources = {kPython};
      result.findings.push_back(std::move(finding));
    }
  return result;
}

}  // namespace

Rule property_group_not_read() {
  return {.id = "property-group-not-read",
          .severity = Severity::low,
          .title = "The application does not name a group of properties that it is given",
          .rationale = "A group that was renamed on one side only leaves the job with its defaults, without an error.",
          .remedy = "Hold the names of the groups against the code.",
          .sources = {"AWS documentation: runtime properties of Managed Service for Apache Flink"},
          .fires =
              "The deployment has the property group \"InputStream\", and the JAR calls getApplicationProperties and "
              "has no such text.",
          .does_not_fire = "\"InputStream\" is a string constant of the JAR; or the JAR asks for no properties.",
          .needs = {.application = true, .deployment = true},
          .check = check_property_group_not_read};
}

Rule python_run_option_refused() {
  return {.id = "python-run-option-refused",
          .severity = Severity::high,
          .title = "A run option of PyFlink is one that the platform does not take",
          .rationale = "The managed service installs nothing at start, and knows some of PyFlink's options only.",
          .remedy = "Pack what the job needs into its archive.",
          .sources = {kPython},
          .fires = "The property group kinesis.analytics.flink.run.options has pyRequirements.",
          .does_not_fire = "It has python and jarfile.",
          .needs = {.deployment = true},
          .check = check_python_run_option_refused};
}

}  // namespace preflight
