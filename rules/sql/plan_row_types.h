#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sql/compiled_plan.h"
#include "sql/serializer_shape.h"
#include "sql/sql_nodes.h"

namespace preflight {

/// The types of a row that is kept in state, as SQL text; an empty one is not told by the plan.
struct RowTypes {
  std::vector<std::string> types;
  bool open_ended = false;      ///< What follows them is not told either.
  bool is_accumulator = false;  ///< Flink may append a counter of input rows, and views (AggregateUtil).

  /// "(BIGINT, STRING)", "?" for what is not told.
  std::string text() const;
};

/// What follows from the specification of a plan's nodes for the rows that they keep. Looks at nothing else.
class PlanRowTypes {
 public:
  /// `plan` and `table` must outlive it.
  PlanRowTypes(const CompiledPlan& plan, const SqlNodeTable& table) : plan_(plan), table_(table) {}

  /// nullopt where the plan does not tell the columns. `key` is for rows that are as the operator's key.
  std::optional<RowTypes> columns(const PlanNode& node, const RowShape& shape, const RowShape* key) const;

  /// A value of SqlCondition; nullopt where the plan does not tell it.
  std::optional<std::string> value(const PlanNode& node, const std::string& name) const;

 private:
  const PlanNode* input(const PlanNode& node, std::size_t number) const;
  std::optional<RowTypes> input_columns(const PlanNode& node, const RowShape& shape) const;
  RowTypes accumulators(const PlanNode& node, const std::string& calls) const;

  const CompiledPlan& plan_;
  const SqlNodeTable& table_;
};

}  // namespace preflight
