#pragma once

#include <vector>

#include "plan/upgrade_plan.h"

namespace preflight {

/// What findings ask for, as steps: one for each remedy, with the places of all findings that share it. Those about the
/// way between releases are left out, which the plan itself answers, waived ones, and those below medium severity, but
/// for keys of the configuration that have another name: they share a step.
std::vector<UpgradeStep> steps_of_findings(const std::vector<Finding>& findings);

}  // namespace preflight
