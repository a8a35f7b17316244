#include "restore/rescaling.h"

#include <fmt/format.h>

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

RescalingVerdict above_max(int parallelism, int max) {
  return {Rescaling::parallelism_above_max, parallelism,
          fmt::format("parallelism {} exceeds the max parallelism {} that the savepoint fixes", parallelism, max)};
}

RescalingVerdict other_max(int planned, int max) {
  return {Rescaling::max_parallelism_differs, planned,
          fmt::format("max parallelism {} differs from the savepoint's {}", planned, max)};
}

/// What a job keeps for an operator whose max parallelism followed from a parallelism that nothing tells: it is at
/// least KeyGroupRangeAssignment.DEFAULT_LOWER_BOUND_MAX_PARALLELISM.
RescalingVerdict with_unknown_max(bool max_is_set, std::optional<int> planned) {
  constexpr int kLeastDerived = 128;
  constexpr const char* kNotTold =
      "which max parallelism it has now is not known, only a savepoint (--savepoint) tells";
  if (max_is_set)
    return {Rescaling::max_parallelism_unknown, 0, fmt::format("the new job sets its max parallelism; {}", kNotTold)};
  if (planned && *planned > kLeastDerived)
    return {Rescaling::parallelism_unknown, *planned,
            fmt::format("its parallelism will be {}; {}", *planned, kNotTold)};
  return {};
}

/// The max parallelism that the code or the start sets for the task of `op`; absent where Flink derives it.
JobValue<std::int32_t> explicit_max_parallelism(const JobModel& job, std::uint32_t op, const JobChains& chains,
                                                const StartSettings& start) {
  JobValue<std::int32_t> value;
  if (const std::optional<std::uint32_t> head = chains.head_of(op))
    value = job.operators[*head].max_parallelism;
  else
    value = {.knowledge = JobValue<std::int32_t>::Knowledge::unknown,
             .reason = "which operator its task begins with is not known"};
  if (value.absent())
    value = job.default_max_parallelism;
  if (value.absent() && start.max_parallelism)
    value = {.knowledge = JobValue<std::int32_t>::Knowledge::known, .values = {*start.max_parallelism}};
  return value;
}

/// The parallelism that the code sets for an operator, by itself or for the whole job; absent where it sets none.
const JobValue<std::int32_t>& explicit_parallelism(const JobModel& job, std::uint32_t op) {
  const JobValue<std::int32_t>& own = job.operators[op].parallelism;
  return own.absent() ? job.default_parallelism : own;
}

}  // namespace

RescalingVerdict rescaling_of(const OperatorState& before, const JobModel& job, std::uint32_t op,
                              const JobParallelism& parallelism, const JobChains& chains, const StartSettings& start) {
  const JobValue<std::int32_t> max = explicit_max_parallelism(job, op, chains, start);
  if (before.max_parallelism == 0)
    return with_unknown_max(!max.absent(), parallelism.of(op));
  if (max.known() && max.values.front() != before.max_parallelism)
    return other_max(max.values.front(), before.max_parallelism);
  if (!max.known() && !max.absent())
    return {Rescaling::max_parallelism_unknown, 0,
            fmt::format("its max parallelism is set to a value that is not known ({}); the savepoint fixes {}",
                        max.reason, before.max_parallelism)};
  const std::optional<int> planned = parallelism.of(op);
  if (before.has_state && planned && *planned > before.max_parallelism)
    return above_max(*planned, before.max_parallelism);
  const JobValue<std::int32_t>& set = explicit_parallelism(job, op);
  if (before.has_state && !planned && !set.absent())
    return {Rescaling::parallelism_unknown, 0,
            fmt::format("its parallelism is set to a value that is not known ({}); the savepoint allows at most {}",
                        set.reason, before.max_parallelism)};
  return {};
}

RescalingGuess::RescalingGuess(const Savepoint& savepoint, const StartSettings& start)
    : start_(start),
      common_parallelism_(most_common(savepoint.operators, &OperatorState::parallelism)),
      common_max_parallelism_(most_common(savepoint.operators, &OperatorState::max_parallelism)) {}

RescalingVerdict RescalingGuess::of(const OperatorState& before) const {
  if (start_.parallelism && before.has_state && *start_.parallelism > before.max_parallelism) {
    if (before.parallelism == common_parallelism_)
      return above_max(*start_.parallelism, before.max_parallelism);
    return {Rescaling::parallelism_unknown, *start_.parallelism,
            fmt::format("it ran with {} where most operators did not, so it seems to set its own; {} would exceed its "
                        "max parallelism {}",
                        before.parallelism, *start_.parallelism, before.max_parallelism)};
  }
  if (start_.max_parallelism && *start_.max_parallelism != before.max_parallelism) {
    if (before.max_parallelism == common_max_parallelism_)
      return other_max(*start_.max_parallelism, before.max_parallelism);
    return {Rescaling::max_parallelism_unknown, *start_.max_parallelism,
            fmt::format("it had {} where most operators did not, so it seems to set its own", before.max_parallelism)};
  }
  return {};
}

}  // namespace preflight
