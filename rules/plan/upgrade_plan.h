#pragma once

#include <optional>
#include <string>
#include <vector>

#include "finding.h"
#include "plan/hop_search.h"
#include "plan/plan_table.h"
#include "rule.h"
#include "upgrade.h"

namespace preflight {

/// Something to do in a hop. Texts are whole sentences.
struct UpgradeStep {
  PlanPhase phase = PlanPhase::prepare;
  std::string title;  ///< One line.
  std::string text;
  std::vector<std::string> commands = {};  ///< To be run, or settings to be written, as they are.
  std::vector<Location> locations = {};    ///< Where the inputs show it.
  std::vector<std::string> evidence = {};  ///< Call sites and the like.
  std::vector<std::string> sources = {};
};

struct PlannedHop {
  PathHop hop;
  std::vector<UpgradeStep> steps;  ///< By phase.
};

/// promised, unpromised: there is a way, and Flink promises each hop, or not all of them. nothing_to_do: it is the same
/// release. no_path: there is no way that keeps the state.
enum class PlanVerdict { promised, unpromised, nothing_to_do, no_path };
const char* to_string(PlanVerdict verdict);

/// The ordered plan of an upgrade that keeps the state.
struct UpgradePlan {
  FlinkVersion from;
  FlinkVersion to;
  Platform platform = Platform::standalone;
  PlanVerdict verdict = PlanVerdict::no_path;
  std::vector<std::string> why;  ///< Of no_path; or why the way stops on other releases.
  std::vector<PlannedHop> hops;
  std::vector<std::string> loses;              ///< By going back, hop by hop.
  std::vector<UpgradeStep> savepoint_sources;  ///< Their phase says nothing.
  std::vector<Unknown> unknowns;
};

/// The plan from `upgrade.from`, which must be one release, to `upgrade.to`. The JAR and the savepoint are judged for
/// the last hop, whose release the JAR is built for; poms for each.
UpgradePlan plan_upgrade(const Upgrade& upgrade, const UpgradePlanTable& plan);

}  // namespace preflight
