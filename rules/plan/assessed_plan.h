#pragma once

#include "assessment.h"
#include "plan/upgrade_plan.h"

namespace preflight {

/// As plan_upgrade(), of an upgrade that is assessed already: `assessment` is what assess() says of it, with what was
/// waived since.
UpgradePlan plan_assessed_upgrade(const Upgrade& upgrade, const UpgradePlanTable& plan, const Assessment& assessment);

}  // namespace preflight
