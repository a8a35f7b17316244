#include "sql/plan_operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace preflight {

std::string plan_uid(const PlanNode& node, const std::string& transformation) {
  const auto set = node.configuration.find("table.exec.uid.format");
  const std::string format = set == node.configuration.end() ? "<id>_<transformation>" : set->second;
  const std::array<std::pair<std::string_view, std::string>, 4> values = {
      {{"<id>", fmt::format("{}", node.id)},
       {"<type>", node.type},
       {"<version>", fmt::format("{}", node.version)},
       {"<transformation>", transformation}}};
  std::string uid;
  for (std::size_t at = 0; at < format.size();) {
    std::size_t length = 0;
    for (const auto& [placeholder, value] : values)
      if (std::string_view(format).substr(at).starts_with(placeholder)) {
        uid += value;
        length = placeholder.size();
      }
    if (length == 0)
      uid += format[at];
    at += std::max<std::size_t>(length, 1);
  }
  return uid;
}

PlanOperators operators_of_plan(const CompiledPlan& plan, const SqlNodeTable& table) {
  PlanOperators operators;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    const SqlNode* described = table.find(node.type, node.version);
    if (described == nullptr) {
      operators.undescribed_nodes.push_back(i);
      continue;
    }
    for (const SqlOperator& made : described->operators) {
      const std::string uid = made.uid_for(plan_uid(node, made.transformation));
      operators.by_id.emplace(operator_id_of_uid(uid), PlanOperator{i, &made, uid});
    }
  }
  return operators;
}

}  // namespace preflight
