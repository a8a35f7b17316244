#pragma once

#include <map>
#include <string>

#include "restore/identified_job.h"
#include "restore/operator_matching.h"
#include "restore/rescaling.h"
#include "restore/restore_prediction.h"
#include "restore/state_prediction.h"
#include "upgrade.h"

namespace preflight {

/// All that deciding about operators looks at. Null is what was not given or could not be read.
struct RestoreContext {
  const Upgrade& upgrade;
  const Savepoint& before;
  const IdentifiedJob* job = nullptr;
  const IdentifiedJob* running = nullptr;
  StateContext states;  ///< Without the operator of the running job.
  RescalingGuess rescaling_guess;
  std::map<OperatorId, std::string> swapped;  ///< See swapped_uids.
  bool drops_unmatched = false;               ///< allowNonRestoredState
};

/// What becomes of an operator of the savepoint that `matching` gives to the new job.
OperatorPrediction predict_operator(const OperatorState& before, const OperatorMatching& matching,
                                    const RestoreContext& context);

/// An operator of the new job that nothing was stored for.
OperatorPrediction predict_added_operator(const ExpectedOperator& op, const IdentifiedJob& job);

}  // namespace preflight
