#include "restore/expected_savepoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace preflight {
namespace {

/// KeyGroupRangeAssignment#computeDefaultMaxParallelism
int derived_max_parallelism(int parallelism) {
  constexpr unsigned kLeast = 128;
  constexpr unsigned kMost = 1U << 15U;
  const auto wanted = static_cast<unsigned>(parallelism + parallelism / 2);
  return static_cast<int>(std::clamp(std::bit_ceil(wanted), kLeast, kMost));
}

/// That of its task, which is the one of the first operator in its chain; 0 where it is not known.
int max_parallelism_of(const IdentifiedJob& job, std::uint32_t op, std::optional<int> parallelism) {
  const std::optional<std::uint32_t> head = job.chains().head_of(op);
  if (!head)
    return 0;
  const JobValue<std::int32_t>& own = job.model().operators[*head].max_parallelism;
  const JobValue<std::int32_t>& value = own.absent() ? job.model().default_max_parallelism : own;
  if (value.known())
    return value.values.front();
  return value.absent() && parallelism ? derived_max_parallelism(*parallelism) : 0;
}

std::optional<std::string> text_of(const JobValue<std::string>& value) {
  return value.known() ? std::optional(value.values.front()) : std::nullopt;
}

OperatorState operator_state(const IdentifiedJob& job, const ExpectedOperator& op) {
  const JobOperator& call = job.call_of(op);
  const std::optional<int> parallelism = job.parallelism().of(op.index);
  OperatorState state{.id = op.written_as.value_or(op.ids.front()),
                      .uid = text_of(call.uid),
                      .name = text_of(call.name),
                      .parallelism = parallelism.value_or(0),
                      .max_parallelism = max_parallelism_of(job, op.index, parallelism),
                      .key_serializer = op.key_serializer};
  for (const ExpectedState& expected : op.states) {
    if (expected.name_unknown_because.empty())
      state.states.push_back(expected.state);
    else
      state.unread.push_back("it has a state whose name is not known: " + expected.name_unknown_because);
  }
  if (!op.states_incomplete_because.empty())
    state.unread.push_back("it may have states that were not found: " + op.states_incomplete_because);
  state.has_state = !state.states.empty() || !state.unread.empty();
  return state;
}

}  // namespace

ExpectedSavepoint expected_savepoint(const IdentifiedJob& job, std::string_view whose) {
  ExpectedSavepoint result;
  const JobModel& model = job.model();
  if (!model.incomplete_because.empty())
    result.unknowns.push_back({fmt::format("the operators of {}", whose), model.incomplete_because, {}});
  if (model.uses_table_api)
    result.unknowns.push_back(
        {fmt::format("the operators of {}", whose), "it uses the Table API, whose planner makes them", {}});
  for (const ExpectedOperator& op : job.operators()) {
    const JobOperator& call = job.call_of(op);
    if (certainly_there(call, op))
      result.savepoint.operators.push_back(operator_state(job, op));
    else if (const std::string why = why_uncertain(call, op); !why.empty())
      result.unknowns.push_back({fmt::format("what {} stores for {}", whose, describe(call)), why, call.place});
  }
  return result;
}

}  // namespace preflight
