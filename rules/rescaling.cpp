#include "rescaling.h"

#include <map>

namespace preflight {
namespace {

/// The most frequent value; of equally frequent ones the largest. Zero without operators.
int most_common(const std::vector<OperatorState>& operators, std::int32_t OperatorState::*member) {
  std::map<int, int> frequency;
  for (const OperatorState& operator_state : operators)
    ++frequency[operator_state.*member];
  int value = 0;
  int best = 0;
  for (const auto& [candidate, count] : frequency)
    if (count >= best) {
      value = candidate;
      best = count;
    }
  return value;
}

}  // namespace

RescalingCheck::RescalingCheck(const Savepoint& savepoint, const StartSettings& start)
    : start_(start),
      common_parallelism_(most_common(savepoint.operators, &OperatorState::parallelism)),
      common_max_parallelism_(most_common(savepoint.operators, &OperatorState::max_parallelism)) {}

Rescaling RescalingCheck::parallelism(const OperatorState& operator_state) const {
  if (!start_.parallelism || !operator_state.has_state || *start_.parallelism <= operator_state.max_parallelism)
    return Rescaling::fits;
  return operator_state.parallelism == common_parallelism_ ? Rescaling::parallelism_above_max : Rescaling::unknown;
}

Rescaling RescalingCheck::max_parallelism(const OperatorState& operator_state) const {
  if (!start_.max_parallelism || *start_.max_parallelism == operator_state.max_parallelism)
    return Rescaling::fits;
  return operator_state.max_parallelism == common_max_parallelism_ ? Rescaling::max_parallelism_differs
                                                                   : Rescaling::unknown;
}

}  // namespace preflight
