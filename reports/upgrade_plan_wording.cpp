#include "upgrade_plan_wording.h"

#include <fmt/format.h>

#include "report_wording.h"

namespace preflight {

std::string plan_title(const UpgradePlan& plan) {
  return fmt::format("Flink {} → {} on {}", plan.from.minor_text(), plan.to.minor_text(),
                     platform_text(to_string(plan.platform)));
}

std::string plan_summary(const UpgradePlan& plan) {
  if (plan.verdict == PlanVerdict::nothing_to_do)
    return "It is the same release: there is nothing to upgrade.";
  if (plan.verdict == PlanVerdict::no_path)
    return "There is no way that keeps the state.";
  std::string way = plan.from.minor_text();
  for (const PlannedHop& planned : plan.hops)
    way += " → " + planned.hop.to.minor_text();
  const bool one = plan.hops.size() == 1;
  const char* promise = plan.verdict == PlanVerdict::promised
                            ? "Flink promises that state comes back."
                            : (one ? "Nobody promises that state comes back; it may."
                                   : "Not every one of them is promised to bring the state back.");
  return fmt::format("{}: {}. {}", plural(plan.hops.size(), "upgrade"), way, promise);
}

const char* phase_text(PlanPhase phase) {
  switch (phase) {
    case PlanPhase::prepare:
      return "Prepare";
    case PlanPhase::dependencies:
      return "Dependencies";
    case PlanPhase::code:
      return "Code";
    case PlanPhase::configuration:
      return "Configuration";
    case PlanPhase::snapshot:
      return "Snapshot";
    case PlanPhase::run:
      return "Upgrade";
    case PlanPhase::watch:
      return "Watch";
    case PlanPhase::back:
      break;
  }
  return "If it has to go back";
}

std::vector<std::string> command_lines(const std::string& command, std::size_t columns) {
  if (command.size() <= columns)
    return {command};
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t next = command.find(" --"); next != std::string::npos; next = command.find(" --", next + 1)) {
    lines.push_back((lines.empty() ? "" : "  ") + command.substr(begin, next - begin) + " \\");
    begin = next + 1;
  }
  lines.push_back((lines.empty() ? "" : "  ") + command.substr(begin));
  return lines;
}

std::vector<std::string> shown_evidence(const UpgradeStep& step) {
  constexpr std::size_t kShown = 30;
  std::vector<std::string> shown = step.evidence;
  if (shown.size() > kShown) {
    shown.resize(kShown);
    shown.push_back(fmt::format("and {} more", step.evidence.size() - kShown));
  }
  return shown;
}

}  // namespace preflight
