#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/plan_table.h"
#include "plan/upgrade_plan.h"
#include "upgrade.h"

namespace preflight {

/// What is given for a hop, which decides about the rows that apply.
struct HopInputs {
  bool pom = false;
  bool app = false;        ///< The JAR of --app is the one for this hop.
  bool savepoint = false;  ///< The savepoint of --savepoint, or the running JAR, is the one that this hop starts from.
};

/// The steps of the table that apply to a hop, in the order of the table.
std::vector<UpgradeStep> steps_of_table(const Upgrade& upgrade, const UpgradePlanTable& plan, const PathHop& hop,
                                        const HopInputs& inputs);

/// The ways to get at a savepoint on the platform.
std::vector<UpgradeStep> savepoint_sources(const Upgrade& upgrade, const UpgradePlanTable& plan,
                                           const FlinkVersion& from, const FlinkVersion& to);

/// What going back from a hop loses; empty where the table does not say.
std::string lost_by_going_back(const Upgrade& upgrade, const UpgradePlanTable& plan, const PathHop& hop);

/// The connectors that have a release for a target, each with its newest one.
UpgradeStep connectors_step(const Upgrade& upgrade, const FlinkVersion& target);

}  // namespace preflight
