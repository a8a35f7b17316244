#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flink_version.h"
#include "restore/outcomes.h"
#include "savepoint/savepoint.h"
#include "sql/plan_operators.h"
#include "sql/plan_row_types.h"
#include "sql/recognised_uid.h"
#include "sql/sql_nodes.h"

namespace preflight {

/// What a job that runs a compiled plan makes of one state.
struct PlanStateVerdict {
  StateOutcome outcome = StateOutcome::unknown;
  std::string reason;
};

/// What it makes of one operator of the savepoint.
struct PlanOperatorVerdict {
  enum class Taken { yes, no, undetermined };
  Taken taken = Taken::undetermined;
  std::optional<std::string> uid;        ///< That gives the ID, where it is known.
  std::string reason;                    ///< Of `taken`; with `yes`, of a key that does not fit.
  bool key_differs = false;              ///< The job will fail: the keys are of other types.
  std::vector<PlanStateVerdict> states;  ///< Of `yes`: in the order of the operator's states.
};

/// Holds a savepoint against the compiled plan that the new job runs. State whose form the plan does not tell (a
/// connector's, a function's accumulator) counts as compatible only where the savepoint has the operators of this very
/// plan, stateless ones included: then it is the plan that wrote it. Looks at nothing but its arguments.
class PlanPrediction {
 public:
  /// All must outlive it.
  PlanPrediction(const CompiledPlan& plan, const Savepoint& before, const FlinkVersion& release,
                 const SqlNodeTable& table, const RecognisedUids& recognised);

  PlanOperatorVerdict predict(const OperatorState& before) const;

  /// Why the savepoint was not written by this plan, or may not have been; empty where it has the plan's operators.
  const std::string& other_plan_because() const { return other_plan_because_; }

 private:
  std::string find_other_plan(const Savepoint& before) const;
  std::string missing_operator(const Savepoint& before) const;
  PlanOperatorVerdict predict_unmatched(const OperatorState& before) const;
  void check_key(const OperatorState& before, const PlanOperator& taker, PlanOperatorVerdict& verdict) const;
  PlanStateVerdict predict_state(const State& before, const PlanOperator& taker) const;
  PlanStateVerdict predict_undescribed(const State& before, const PlanOperator& taker) const;
  PlanStateVerdict untold(std::string reason) const;

  const CompiledPlan& plan_;
  FlinkVersion release_;
  const SqlNodeTable& table_;
  const RecognisedUids& recognised_;
  PlanOperators operators_;
  PlanRowTypes rows_;
  std::string other_plan_because_;
};

}  // namespace preflight
