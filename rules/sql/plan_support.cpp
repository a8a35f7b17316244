#include "sql/plan_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace preflight {
namespace {

PlanObstacle undescribed(const PlanNode& node) {
  return {.where = node.where,
          .why = fmt::format("the table does not describe {}_{}; whether the release knows it is open", node.type,
                             node.version)};
}

std::optional<PlanObstacle> obstacle_of(const PlanNode& node, const FlinkVersion& target, const SqlNodeTable& table) {
  const SqlNode* described = table.find(node.type, node.version);
  if (described == nullptr)
    return undescribed(node);
  if (target < described->since)
    return PlanObstacle{.where = node.where,
                        .why = fmt::format("{}_{} is new in Flink {}; Flink {} does not know it", node.type,
                                           node.version, described->since.minor_text(), target.minor_text()),
                        .certain = true};
  if (described->until && target > *described->until)
    return PlanObstacle{.where = node.where,
                        .why = fmt::format("Flink {} was the last that reads {}_{}", described->until->minor_text(),
                                           node.type, node.version),
                        .certain = true};
  return std::nullopt;
}

}  // namespace

std::vector<PlanObstacle> plan_obstacles(const CompiledPlan& plan, const FlinkVersion& target,
                                         const SqlNodeTable& table) {
  std::vector<PlanObstacle> obstacles;
  const auto compiled_by = FlinkVersion::parse(plan.flink_version);
  if (!compiled_by)
    obstacles.push_back(
        {.where = "/flinkVersion", .why = fmt::format("\"{}\" is no release of Flink's", plan.flink_version)});
  else if (*compiled_by > target)
    obstacles.push_back({.where = "/flinkVersion",
                         .why = fmt::format("Flink {} compiled the plan, a release that Flink {} does not know",
                                            compiled_by->minor_text(), target.minor_text()),
                         .certain = true});
  for (const PlanNode& node : plan.nodes)
    if (auto obstacle = obstacle_of(node, target, table))
      obstacles.push_back(*std::move(obstacle));
  return obstacles;
}

}  // namespace preflight
