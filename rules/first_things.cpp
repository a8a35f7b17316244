#include "first_things.h"

#include <algorithm>
#include <tuple>

namespace preflight {
namespace {

bool is_about_state(const Finding& finding) {
  return finding.subject.kind == Subject::Kind::state || finding.subject.kind == Subject::Kind::operator_;
}

}  // namespace

std::vector<ThingToDo> things_to_do(const std::vector<Finding>& findings) {
  std::vector<ThingToDo> things;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (finding.severity < Severity::medium || finding.remedy.empty() || finding.waiver)
      continue;
    auto thing = std::ranges::find(things, finding.remedy, &ThingToDo::remedy);
    if (thing == things.end())
      thing = things.insert(things.end(), {.remedy = finding.remedy, .severity = finding.severity, .findings = {}});
    thing->severity = std::max(thing->severity, finding.severity);
    thing->findings.push_back(i);
  }
  const auto weight = [&](const ThingToDo& thing) {
    const bool state =
        std::ranges::any_of(thing.findings, [&](std::size_t index) { return is_about_state(findings[index]); });
    return std::tuple(thing.severity, state, thing.findings.size());
  };
  std::ranges::stable_sort(things, std::ranges::greater(), weight);
  return things;
}

}  // namespace preflight
