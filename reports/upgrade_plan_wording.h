#pragma once

#include <string>
#include <vector>

#include "plan/upgrade_plan.h"

namespace preflight {

// What the plan says alike as text and as Markdown.

/// "Flink 1.11 → 2.2 on Kubernetes".
std::string plan_title(const UpgradePlan& plan);

/// "2 upgrades: 1.11 → 1.20 → 2.2. Flink does not promise that state comes back from each."
std::string plan_summary(const UpgradePlan& plan);

/// "Prepare", "Dependencies", "Go back", ...
const char* phase_text(PlanPhase phase);

/// One shell command as lines that go on behind a backslash, so that it fits `columns` where its words allow that.
std::vector<std::string> command_lines(const std::string& command, std::size_t columns);

/// The evidence that is shown; the rest is counted in its last line.
std::vector<std::string> shown_evidence(const UpgradeStep& step);

}  // namespace preflight
