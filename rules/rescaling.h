#pragma once

#include <string>

#include "savepoint/savepoint.h"
#include "upgrade.h"

namespace preflight {

/// What the planned parallelism and max parallelism do to an operator of the savepoint
/// (StateAssignmentOperation#checkParallelismPreconditions, Checkpoints#loadAndValidateCheckpoint).
enum class Rescaling {
  fits,
  parallelism_above_max,    ///< The job's parallelism exceeds the max parallelism that the savepoint fixes.
  max_parallelism_differs,  ///< An explicit max parallelism differs from the savepoint's.
  unknown,                  ///< It would not fit, but the operator seems to set its own value in code.
};

/// Operators that had the savepoint's most common parallelism (max parallelism) are taken to follow the job's setting;
/// the others set their own in code, which the command line does not tell.
class RescalingCheck {
 public:
  RescalingCheck(const Savepoint& savepoint, const StartSettings& start);

  Rescaling parallelism(const OperatorState& operator_state) const;
  Rescaling max_parallelism(const OperatorState& operator_state) const;

 private:
  StartSettings start_;
  int common_parallelism_;
  int common_max_parallelism_;
};

}  // namespace preflight
