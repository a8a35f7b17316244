#pragma once

#include <map>
#include <string>
#include <vector>

#include "savepoint/operator_id.h"
#include "sql/compiled_plan.h"
#include "sql/sql_nodes.h"

namespace preflight {

/// An operator that a job which runs a compiled plan can have.
struct PlanOperator {
  std::size_t node = 0;               ///< Into CompiledPlan::nodes.
  const SqlOperator* made = nullptr;  ///< Its row of the table.
  std::string uid;
};

/// Every operator that the nodes of a plan can make, by the ID under which it looks for its state
/// (ExecNodeContext#generateUid, hashed). Nodes that the table does not describe make none here.
struct PlanOperators {
  std::map<OperatorId, PlanOperator> by_id;
  std::vector<std::size_t> undescribed_nodes;
};

/// `table` must outlive the result.
PlanOperators operators_of_plan(const CompiledPlan& plan, const SqlNodeTable& table);

/// What the planner gives a node's transformation as uid, by the format that the node's configuration sets or by the
/// default, "<id>_<transformation>".
std::string plan_uid(const PlanNode& node, const std::string& transformation);

}  // namespace preflight
