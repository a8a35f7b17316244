#pragma once

#include "restore/restore_prediction.h"
#include "savepoint/savepoint.h"
#include "sql/plan_prediction.h"

namespace preflight {

/// What becomes of an operator of the savepoint whose place in the new job the compiled plan decides: it is one of the
/// plan's (`verdict.taken` is yes), or of no plan's node (no).
OperatorPrediction predict_plan_operator(const OperatorState& before, const PlanOperatorVerdict& verdict,
                                         bool drops_unmatched);

}  // namespace preflight
