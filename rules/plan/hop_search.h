#pragma once

#include <string>
#include <vector>

#include "plan/plan_table.h"
#include "upgrade_path.h"

namespace preflight {

/// One upgrade from a release to a newer one, with what is said against it.
struct PathHop {
  FlinkVersion from;
  FlinkVersion to;
  std::vector<PathObstacle> unpromised;  ///< Empty where Flink promises that state comes back.
};

/// A way between two releases; where there is none, why.
struct UpgradeRoute {
  std::vector<PathHop> hops;
  std::vector<std::string> why_not;
  std::vector<std::string> why_stops;  ///< Why the way stops at releases between the two.
};

/// The releases that the platform can run, ascending.
std::vector<FlinkVersion> offered_releases(const CompatibilityTable& table, Platform platform);

/// The way with the fewest hops none of which is refused, and which stops where a waypoint of the table asks for it;
/// among those, the one with the most promised hops, then with releases in support, then with the newest.
UpgradeRoute find_route(const FlinkVersion& from, const FlinkVersion& to, Platform platform,
                        const std::shared_ptr<const CompatibilityTable>& table, const UpgradePlanTable& plan);

}  // namespace preflight
