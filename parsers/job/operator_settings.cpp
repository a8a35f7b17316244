#include "job/operator_settings.h"

#include <algorithm>

#include "job/job_settings.h"
#include "job/stream_value.h"

namespace preflight {
namespace {

/// What holds after a setting that may not have been made, or that is made on one of several operators.
template <class T>
void set(JobValue<T>& value, JobValue<T> made, bool certain) {
  using Knowledge = typename JobValue<T>::Knowledge;
  if (certain) {
    value = std::move(made);
    return;
  }
  if (made.knowledge == Knowledge::unknown || value.knowledge == Knowledge::unknown ||
      value.knowledge == Knowledge::absent) {
    made.knowledge = Knowledge::unknown;
    made.values.clear();
    if (made.reason.empty())
      made.reason = "it is set on some paths only";
  } else {
    for (const T& before : value.values)
      if (std::find(made.values.begin(), made.values.end(), before) == made.values.end())
        made.values.push_back(before);
    made.knowledge = made.values.size() == 1 ? Knowledge::known : Knowledge::one_of;
  }
  value = std::move(made);
}

JobValue<std::int32_t> one(const CodePlace& place) {
  return {.knowledge = JobValue<std::int32_t>::Knowledge::known,
          .values = {1},
          .pattern = {},
          .reason = {},
          .place = place};
}

void apply_to(JobOperator& made, const JobCall& row, const LibraryCall& call, const Value* argument, bool certain) {
  switch (row.effect) {
    case JobCallEffect::uid:
      return set(made.uid, text_setting(argument, call.place), certain);
    case JobCallEffect::uid_hash:
      return set(made.uid_hash, text_setting(argument, call.place), certain);
    case JobCallEffect::name:
      return set(made.name, text_setting(argument, call.place), certain);
    case JobCallEffect::parallelism:
      return set(made.parallelism, number_setting(argument, call.place), certain);
    case JobCallEffect::max_parallelism:
      return set(made.max_parallelism, number_setting(argument, call.place), certain);
    case JobCallEffect::not_parallel:
      return set(made.parallelism, one(call.place), certain);
    case JobCallEffect::slot_sharing_group:
      return set(made.slot_sharing_group, text_setting(argument, call.place), certain);
    case JobCallEffect::never_chain:
      made.chaining = JobChaining::never;
      return;
    case JobCallEffect::start_chain:
      made.chaining = JobChaining::head;
      return;
    default:
      return;
  }
}

}  // namespace

bool apply_setting(const JobCall& row, const LibraryCall& call, JobDraft& draft, JobTypes& types) {
  if (row.effect < JobCallEffect::uid || row.effect > JobCallEffect::returns)
    return false;
  const std::vector<std::uint32_t> operators = operators_of(call.receiver);
  const Value* argument = call.arguments.empty() ? nullptr : call.arguments.front();
  if (operators.empty())
    draft.lose_operators(row.name + "()", "the operator that it is called on was not followed", call.place);
  for (const std::uint32_t index : operators) {
    JobOperator& made = draft.job.operators[index];
    if (row.effect == JobCallEffect::returns)
      made.output = types.values.type_of(argument);
    else
      apply_to(made, row, call, argument, operators.size() == 1 && (!call.conditional || made.conditional));
  }
  return true;
}

}  // namespace preflight
