#pragma once

#include <string>
#include <vector>

#include "flink_version.h"
#include "sql/compiled_plan.h"
#include "sql/sql_nodes.h"

namespace preflight {

/// Why a release will not, or may not, run a compiled plan.
struct PlanObstacle {
  std::string where;  ///< JSON pointer: "/flinkVersion", "/nodes/3".
  std::string why;
  bool certain = false;  ///< The plan is refused; else it is not known, or not promised.
};

/// A plan runs on the release that compiled it and on those after it; an older one does not know its version
/// (FlinkVersionJsonDeserializer). Each of its nodes has to be of a type and version that the release knows
/// (ExecNodeMetadata#minPlanVersion).
std::vector<PlanObstacle> plan_obstacles(const CompiledPlan& plan, const FlinkVersion& target,
                                         const SqlNodeTable& table);

}  // namespace preflight
