#include "restore/identified_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "restore/automatic_ids.h"

namespace preflight {
namespace {

const OperatorState* find_operator(const Savepoint& savepoint, const OperatorId& id) {
  const auto found = std::ranges::find(savepoint.operators, id, &OperatorState::id);
  return found == savepoint.operators.end() ? nullptr : &*found;
}

/// That of an operator with a uid that follows the default.
std::optional<int> default_of_named_operators(const JobModel& model, const JobParallelism& parallelism,
                                              const Savepoint& savepoint) {
  for (std::uint32_t op = 0; op < model.operators.size(); ++op) {
    const JobValue<std::string>& uid = model.operators[op].uid;
    if (!uid.known() || !parallelism.follows_start(op))
      continue;
    const OperatorState* state = find_operator(savepoint, operator_id_of_uid(uid.values.front()));
    if (state != nullptr && state->parallelism > 0)
      return state->parallelism;
  }
  return std::nullopt;
}

int automatic_ids_in(const Savepoint& savepoint, const JobModel& model, int default_parallelism) {
  int found = 0;
  for (const GeneratedId& generated : generated_ids(model, JobParallelism(model, default_parallelism)))
    found += !generated.from_uid && generated.id && find_operator(savepoint, *generated.id) != nullptr ? 1 : 0;
  return found;
}

std::optional<int> default_that_explains(const Savepoint& savepoint, const JobModel& model) {
  std::set<int> candidates;
  for (const OperatorState& state : savepoint.operators)
    candidates.insert(state.parallelism);
  std::optional<int> best;
  int most = 0;
  for (const int candidate : candidates)
    if (const int found = automatic_ids_in(savepoint, model, candidate); found > 0 && found >= most) {
      best = candidate;
      most = found;
    }
  return best;
}

std::optional<int> start_parallelism(const JobModel& model, std::optional<int> started_with,
                                     const Savepoint* savepoint) {
  const JobParallelism as_told(model, started_with);
  if (!as_told.default_is_open() || savepoint == nullptr)
    return started_with;
  if (const std::optional<int> of_named = default_of_named_operators(model, as_told, *savepoint))
    return of_named;
  return default_that_explains(*savepoint, model);
}

void fill_ids(const std::vector<GeneratedId>& generated, ExpectedJob& expected) {
  for (ExpectedOperator& op : expected.operators) {
    const GeneratedId& id = generated[op.index];
    if (op.id_origin == ExpectedOperator::IdOrigin::uid_hash) {
      op.written_as = id.id;
    } else if (op.id_origin == ExpectedOperator::IdOrigin::automatic) {
      if (id.id)
        op.ids = {*id.id};
      op.id_unknown_because = id.unknown_because;
    }
  }
}

}  // namespace

IdentifiedJob::IdentifiedJob(const JobModel& model, const FlinkVersion& release, const CompatibilityTable& table,
                             std::optional<int> started_with, const Savepoint* savepoint)
    : model_(model),
      expected_(expect_job(model, release, table)),
      parallelism_(model, start_parallelism(model, started_with, savepoint)),
      chains_(model_, parallelism_) {
  fill_ids(generated_ids(model_, parallelism_), expected_);
}

std::string why_uncertain(const JobOperator& call, const ExpectedOperator& op) {
  if (!op.id_unknown_because.empty())
    return op.id_unknown_because;
  if (op.ids.size() > 1)
    return "its uid is one of several";
  if (call.conditional)
    return fmt::format("{} is made on some paths only", describe(call));
  if (call.may_repeat)
    return fmt::format("{} is made in a loop whose turns are not known", describe(call));
  return "";
}

bool certainly_there(const JobOperator& call, const ExpectedOperator& op) {
  return !op.ids.empty() && why_uncertain(call, op).empty();
}

}  // namespace preflight
