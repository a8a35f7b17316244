#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flink_version.h"
#include "savepoint/savepoint.h"
#include "sql/serializer_shape.h"

namespace preflight {

/// A condition on what a plan says of a node. `value` is a path of PlanNode::values, or one of the values that follow
/// from several: "time of PATH" (the time attribute of the input's column whose index stands there), "unique key of
/// PATH in PATH" (none, contained, beside), "rank range" (first row, other), "first sort column" (ascending proctime,
/// other).
struct SqlCondition {
  std::string value;
  std::vector<std::string> texts;
  bool one_of = true;  ///< Else none of them.
};

/// A state that an operator registers, where all of `when` holds.
struct SqlState {
  std::string name;  ///< A '*' at either end stands for anything.
  StateKind kind = StateKind::keyed;
  std::string type;  ///< VALUE, LIST or MAP, as KEYED_STATE_TYPE has it; empty where it may be any.
  SerializerShape serializer;
  SerializerShape namespace_serializer;
  std::string ttl;             ///< Name of the PlanState that says how long it is kept; empty where none does.
  std::string partly_because;  ///< Why the plan does not tell all of it; empty where it does.
  std::vector<SqlCondition> when;
};

/// An operator that a node makes.
struct SqlOperator {
  std::string transformation;
  std::string uid_form;    ///< What is made of the planner's uid: "Sink Committer: {}"; "{}" for itself.
  bool always = false;     ///< Every node of this type makes it.
  bool connector = false;  ///< Its state is the connector's own.
  std::optional<SerializerShape> key;
  std::vector<SqlState> states;

  /// "Sink Committer: 3_sink" for "3_sink".
  std::string uid_for(const std::string& planner_uid) const;
};

/// A node of a compiled plan (sql_nodes.json): ExecNodeMetadata, and the operators that the node translates to.
struct SqlNode {
  std::string type;  ///< "stream-exec-join"
  int version = 0;
  FlinkVersion since;                 ///< The first release that can read it.
  std::optional<FlinkVersion> until;  ///< The last one; nullopt where the newest still can.
  std::vector<SqlOperator> operators;
  std::string
      other_states_because;  ///< Why its operators may have states that are not listed; empty where they may not.
  std::vector<std::string> sources;
};

/// What an aggregate function keeps in an accumulator row (sql_aggregates.json): types as SQL text, "result" for the
/// type of the call without NOT NULL, "sum of result" for the one that AVG sums up in, "any" where it is not told.
struct SqlAggregate {
  std::string function;  ///< "$SUM", as in internalName "$SUM$1".
  std::vector<std::string> columns;
  std::vector<std::string> retracting_columns;  ///< Where the call must be able to take values back.
  std::vector<std::string> sources;
};

struct SqlNodeTable {
  std::vector<SqlNode> nodes;
  std::vector<SqlAggregate> aggregates;

  const SqlNode* find(std::string_view type, int version) const;
  const SqlAggregate* find_aggregate(std::string_view function) const;
  /// One operator for each transformation and form of uid that a node of any type makes.
  std::vector<const SqlOperator*> transformations() const;
};

}  // namespace preflight
