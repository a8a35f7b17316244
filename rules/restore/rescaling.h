#pragma once

#include <cstdint>
#include <string>

#include "restore/job_chains.h"
#include "savepoint/savepoint.h"
#include "upgrade.h"

namespace preflight {

/// What the parallelism and the max parallelism of the new job do to an operator of the savepoint
/// (StateAssignmentOperation#checkParallelismPreconditions, Checkpoints#loadAndValidateCheckpoint).
enum class Rescaling {
  fits,
  parallelism_above_max,    ///< The new parallelism exceeds the max parallelism that the savepoint fixes.
  max_parallelism_differs,  ///< An explicit max parallelism differs from the savepoint's.
  parallelism_unknown,      ///< It may not fit: not known is which parallelism, or max parallelism, the operator has.
  max_parallelism_unknown,
};

struct RescalingVerdict {
  Rescaling outcome = Rescaling::fits;
  int planned = 0;  ///< The parallelism or max parallelism that does not fit; 0 where it is not known.
  std::string reason;

  bool fails() const {
    return outcome == Rescaling::parallelism_above_max || outcome == Rescaling::max_parallelism_differs;
  }
  bool unknown() const {
    return outcome == Rescaling::parallelism_unknown || outcome == Rescaling::max_parallelism_unknown;
  }
};

/// The rescaling of an operator of the savepoint that `op` of the new job takes. The max parallelism is that of the
/// task, which is the one of the first operator in its chain.
RescalingVerdict rescaling_of(const OperatorState& before, const JobModel& job, std::uint32_t op,
                              const JobParallelism& parallelism, const JobChains& chains, const StartSettings& start);

/// The same where the new job is not known: operators that had the savepoint's most common parallelism (max
/// parallelism) are taken to follow the settings of the start; the others set their own in code.
class RescalingGuess {
 public:
  RescalingGuess(const Savepoint& savepoint, const StartSettings& start);

  RescalingVerdict of(const OperatorState& before) const;

 private:
  StartSettings start_;
  int common_parallelism_;
  int common_max_parallelism_;
};

}  // namespace preflight
