#include "sql/sql_nodes.h"

#include <algorithm>
#include <map>
#include <ranges>

namespace preflight {

std::string SqlOperator::uid_for(const std::string& planner_uid) const {
  const std::size_t hole = uid_form.find("{}");
  return uid_form.substr(0, hole) + planner_uid + uid_form.substr(hole + 2);
}

const SqlNode* SqlNodeTable::find(std::string_view type, int version) const {
  const auto found =
      std::ranges::find_if(nodes, [&](const SqlNode& node) { return node.type == type && node.version == version; });
  return found == nodes.end() ? nullptr : &*found;
}

const SqlAggregate* SqlNodeTable::find_aggregate(std::string_view function) const {
  const auto found = std::ranges::find(aggregates, function, &SqlAggregate::function);
  return found == aggregates.end() ? nullptr : &*found;
}

std::vector<const SqlOperator*> SqlNodeTable::transformations() const {
  std::map<std::pair<std::string, std::string>, const SqlOperator*> all;
  for (const SqlNode& node : nodes)
    for (const SqlOperator& made : node.operators)
      all.emplace(std::pair(made.transformation, made.uid_form), &made);
  const auto operators = std::views::values(all);
  return {operators.begin(), operators.end()};
}

}  // namespace preflight
