#include "plan/finding_steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

PlanPhase phase_of(const Finding& finding) {
  switch (finding.subject.kind) {
    case Subject::Kind::dependency:
    case Subject::Kind::manifest:
      return PlanPhase::dependencies;
    case Subject::Kind::configuration:
      return PlanPhase::configuration;
    default:
      return PlanPhase::code;
  }
}

template <typename Item>
void add_once(std::vector<Item>& items, const Item& item) {
  if (std::ranges::find(items, item) == items.end())
    items.push_back(item);
}

void add_place(UpgradeStep& step, const Location& location) {
  const auto is_it = [&](const Location& known) {
    return known.path == location.path && known.line == location.line && known.entry == location.entry;
  };
  if (!location.path.empty() && std::ranges::none_of(step.locations, is_it))
    step.locations.push_back(location);
}

/// Of little weight each, but all to be written at once, in the files that are changed anyway.
void add_renamed_keys(const std::vector<Finding>& findings, std::vector<UpgradeStep>& steps) {
  UpgradeStep step{
      .phase = PlanPhase::configuration, .title = {}, .text = "The old names are still read, but not for good:"};
  for (const Finding& finding : findings)
    if (finding.rule == "configuration-key-renamed" && finding.severity < Severity::medium && !finding.waiver) {
      add_once(step.evidence, finding.title);
      add_place(step, finding.location);
      for (const std::string& source : finding.sources)
        add_once(step.sources, source);
    }
  step.title =
      fmt::format("Rename {} of the configuration",
                  step.evidence.size() == 1 ? std::string("a key") : fmt::format("{} keys", step.evidence.size()));
  if (!step.evidence.empty())
    steps.push_back(std::move(step));
}

}  // namespace

std::vector<UpgradeStep> steps_of_findings(const std::vector<Finding>& findings) {
  struct Asked {
    UpgradeStep step;
    std::vector<std::string> titles;
  };
  std::vector<Asked> asked;
  for (const Finding& finding : findings) {
    if (finding.severity < Severity::medium || finding.subject.kind == Subject::Kind::runtime ||
        finding.remedy.empty() || finding.waiver)
      continue;
    const PlanPhase phase = phase_of(finding);
    auto same = std::ranges::find_if(
        asked, [&](const Asked& other) { return other.step.phase == phase && other.step.text == finding.remedy; });
    if (same == asked.end())
      same = asked.insert(asked.end(), {.step = {.phase = phase, .title = finding.title, .text = finding.remedy}});
    add_once(same->titles, finding.title);
    add_place(same->step, finding.location);
    if (!finding.subject.coordinates.empty() && finding.evidence.empty())
      add_once(same->step.evidence, finding.subject.coordinates);
    for (const std::string& evidence : finding.evidence)
      add_once(same->step.evidence, evidence);
    for (const std::string& source : finding.sources)
      add_once(same->step.sources, source);
  }
  std::vector<UpgradeStep> steps;
  for (Asked& each : asked) {
    if (each.titles.size() > 1)
      each.step.title += fmt::format(" (and {} more of the kind)", each.titles.size() - 1);
    steps.push_back(std::move(each.step));
  }
  add_renamed_keys(findings, steps);
  return steps;
}

}  // namespace preflight
