#include "restore/operator_prediction.h"

#include <fmt/format.h>

#include <algorithm>

#include "restore/unreadable_serializers.h"

namespace preflight {
namespace {

const StatePrediction* first_state(const OperatorPrediction& prediction, StateOutcome outcome) {
  const auto found = std::ranges::find(prediction.states, outcome, &StatePrediction::outcome);
  return found == prediction.states.end() ? nullptr : &*found;
}

std::string describe(const UnreadableSerializer& serializer, const Upgrade& upgrade) {
  if (serializer.cause == UnreadableSerializer::Cause::snapshot_removed)
    return fmt::format("Flink {} has no {} to read its {} with", upgrade.to.minor_text(), serializer.class_name,
                       serializer.where);
  return fmt::format(
      "its {} ({}) was written by Kryo; with the other Kryo of Flink {} it fails, comes back wrong or comes back "
      "right, depending on the fields of the class",
      serializer.where, serializer.class_name, upgrade.to.minor_text());
}

/// The serializers of the state that the target cannot or may not read back, those it certainly cannot first.
std::vector<UnreadableSerializer> unreadable_parts(const State& state, const OperatorState& before,
                                                   const Upgrade& upgrade) {
  std::vector<UnreadableSerializer> parts = unreadable_serializers(state, upgrade);
  if (state.kind == StateKind::keyed || state.kind == StateKind::timer)
    std::ranges::copy(unreadable_key(before, upgrade), std::back_inserter(parts));
  std::ranges::stable_partition(parts, [](const UnreadableSerializer& part) {
    return part.cause == UnreadableSerializer::Cause::snapshot_removed;
  });
  return parts;
}

/// Decides about a state of which the new job tells nothing: the target reads none whose serializer it cannot load.
void decide_by_target(const State& state, const OperatorState& before, const Upgrade& upgrade,
                      StatePrediction& prediction) {
  const std::vector<UnreadableSerializer> parts = unreadable_parts(state, before, upgrade);
  if (parts.empty())
    return;
  const bool removed = parts.front().cause == UnreadableSerializer::Cause::snapshot_removed;
  if (removed)
    prediction.outcome = StateOutcome::incompatible;
  if (removed || !prediction.serializer_after)
    prediction.reason = describe(parts.front(), upgrade);
}

void conclude(OperatorOutcome outcome, const StatePrediction& state, OperatorPrediction& prediction) {
  prediction.outcome = outcome;
  prediction.reason = fmt::format("state \"{}\": {}", state.name, state.reason);
}

/// What the operator's states come to, gravest first. Where it is not certain that the new operator takes them, no more
/// is certain than that the job is not restored as it should be, whoever takes them.
void conclude_from_states(const OperatorMatching& matching, OperatorPrediction& prediction) {
  const bool certain = matching.uncertain_because.empty();
  if (const StatePrediction* state = first_state(prediction, StateOutcome::incompatible); state != nullptr && certain)
    return conclude(OperatorOutcome::fails, *state, prediction);
  if (const StatePrediction* state = first_state(prediction, StateOutcome::dropped); state != nullptr && certain)
    return conclude(OperatorOutcome::dropped, *state, prediction);
  if (const StatePrediction* state = first_state(prediction, StateOutcome::unknown))
    return conclude(OperatorOutcome::unknown, *state, prediction);
  prediction.outcome = certain ? OperatorOutcome::restores : OperatorOutcome::unknown;
  if (!certain)
    prediction.reason += "; but " + matching.uncertain_because;
}

const ExpectedOperator* operator_of(const IdentifiedJob* job, const OperatorId& id) {
  if (job == nullptr)
    return nullptr;
  const auto found = std::ranges::find_if(job->operators(), [&](const ExpectedOperator& op) {
    return op.written_as == id || std::ranges::find(op.ids, id) != op.ids.end();
  });
  return found == job->operators().end() ? nullptr : &*found;
}

/// Whether a class is in neither JAR, or the same to the byte in both.
bool same_class(const std::string& name, const RestoreContext& context) {
  const ApplicationClass* before = context.states.running_application->find_class(name);
  const ApplicationClass* after = context.states.application->find_class(name);
  return before == nullptr || after == nullptr ? before == after : before->crc == after->crc;
}

/// The class of a function, source or sink; of an operator that a sink makes beside its writer, the sink's.
const std::string& function_of(const JobModel& job, const JobOperator& call) {
  if (!call.function_class.empty() || call.inputs.size() != 1)
    return call.function_class;
  const JobOperator& input = job.operators[call.inputs.front().from];
  return call.call.starts_with(input.call + ".") ? input.function_class : call.function_class;
}

bool same_function(const ExpectedOperator* before, const ExpectedOperator& after, const RestoreContext& context) {
  if (before == nullptr || context.states.running_application == nullptr || context.states.application == nullptr)
    return false;
  const std::string& function = function_of(context.job->model(), context.job->call_of(after));
  return !function.empty() && function == function_of(context.running->model(), context.running->call_of(*before)) &&
         same_class(function, context);
}

/// Why the new job may look for its keyed state under other keys than the stored ones; empty where nothing says so.
std::string why_other_keys(const JobOperator& before, const JobOperator& after) {
  if (before.key_selectors.size() != after.key_selectors.size())
    return {};
  for (std::size_t i = 0; i < before.key_selectors.size(); ++i) {
    const JobKeySelector& was = before.key_selectors[i];
    const JobKeySelector& is = after.key_selectors[i];
    if (was.code_digest && is.code_digest && was.code_digest != is.code_digest)
      return fmt::format(
          "the key selector's code differs (before {}, now {}): if it gives other keys, the state is there and is "
          "never found",
          was.function.empty() ? "names of fields" : was.function,
          is.function.empty() ? "names of fields" : is.function);
  }
  return {};
}

/// A doubt about the operator is one about each of its states that would otherwise come back.
void doubt(const std::string& reason, bool keyed_state_alone, OperatorPrediction& prediction) {
  bool any = prediction.states.empty();  // There is state, and none of it could be read.
  for (StatePrediction& state : prediction.states) {
    const bool comes_back = state.outcome == StateOutcome::as_is || state.outcome == StateOutcome::after_migration;
    const bool keyed = state.kind == StateKind::keyed || state.kind == StateKind::timer;
    if (!comes_back || (keyed_state_alone && !keyed))
      continue;
    any = true;
    state.outcome = StateOutcome::unknown;
    state.reason = reason;
  }
  if (any && prediction.outcome == OperatorOutcome::restores) {
    prediction.outcome = OperatorOutcome::unknown;
    prediction.reason = reason;
  }
}

void predict_taken(const OperatorState& before, const OperatorMatching& matching, const RestoreContext& context,
                   OperatorPrediction& prediction) {
  const ExpectedOperator& after = context.job->operators()[*matching.op];
  StateContext states = context.states;
  states.running = operator_of(context.running, before.id);
  states.same_function = same_function(states.running, after, context);
  prediction.states = predict_states(before, after, states);
  for (std::size_t i = 0; i < before.states.size(); ++i)
    if (prediction.states[i].outcome == StateOutcome::unknown)
      decide_by_target(before.states[i], before, context.upgrade, prediction.states[i]);
  conclude_from_states(matching, prediction);
  const auto swapped = context.swapped.find(before.id);
  if (swapped != context.swapped.end())
    doubt(fmt::format("it and operator \"{}\", which is of the same kind, come in the other order than in the running "
                      "JAR: if their uids were swapped, each gets the other's state",
                      swapped->second),
          false, prediction);
  if (states.running != nullptr)
    if (const std::string why = why_other_keys(context.running->call_of(*states.running), context.job->call_of(after));
        !why.empty())
      doubt(why, true, prediction);
  // What could not be read of the savepoint, the JAR that wrote it tells.
  const bool told = states.running != nullptr && states.running->states_incomplete_because.empty();
  if (prediction.outcome == OperatorOutcome::restores && !before.unread.empty() && !told) {
    prediction.outcome = OperatorOutcome::unknown;
    prediction.reason = "not all of its state could be read: " + before.unread.front();
  }
}

/// Without the flag it does not matter whether the operator is in the new job: if it is not, the job is refused.
void predict_undecided(const OperatorState& before, const RestoreContext& context, OperatorPrediction& prediction) {
  for (const State& state : before.states) {
    prediction.states.push_back(describe_stored(state));
    prediction.states.back().reason = "which serializer the new job will register for it is not known";
    decide_by_target(state, before, context.upgrade, prediction.states.back());
  }
  const StatePrediction* state = first_state(prediction, StateOutcome::incompatible);
  if (state != nullptr && !context.drops_unmatched)
    conclude(OperatorOutcome::fails, *state, prediction);
  else
    prediction.outcome = OperatorOutcome::unknown;
}

void predict_absent(const OperatorState& before, const RestoreContext& context, OperatorPrediction& prediction) {
  const bool distrusted = context.states.self_check != nullptr && context.states.self_check->distrusts(before.id);
  for (const State& state : before.states) {
    StatePrediction dropped = describe_stored(state);
    dropped.outcome = distrusted ? StateOutcome::unknown : StateOutcome::dropped;
    dropped.reason = "no operator of the new job takes it";
    prediction.states.push_back(std::move(dropped));
  }
  if (distrusted) {
    prediction.outcome = OperatorOutcome::unknown;
    prediction.reason += ", but the running JAR was not seen to have it either";
  } else {
    prediction.outcome = context.drops_unmatched ? OperatorOutcome::dropped : OperatorOutcome::fails;
  }
}

/// What rescaling does to an operator that the new job has.
void apply_rescaling(const OperatorState& before, const OperatorMatching& matching, const RestoreContext& context,
                     OperatorPrediction& prediction) {
  prediction.rescaling = matching.op
                             ? rescaling_of(before, context.job->model(), *matching.op, context.job->parallelism(),
                                            context.job->chains(), context.upgrade.start)
                             : context.rescaling_guess.of(before);
  if (prediction.rescaling.fails() && matching.uncertain_because.empty()) {
    prediction.outcome = OperatorOutcome::fails;
    prediction.reason = prediction.rescaling.reason;
  } else if (prediction.rescaling.outcome != Rescaling::fits && prediction.outcome != OperatorOutcome::fails) {
    prediction.outcome = OperatorOutcome::unknown;
    prediction.reason = prediction.rescaling.reason;
  }
}

/// Metadata before version 5 has no uids; the new job or the running one may tell which it was.
std::optional<std::string> uid_of(const OperatorState& before, const OperatorMatching& matching,
                                  const RestoreContext& context) {
  if (before.uid || matching.uid)
    return before.uid ? before.uid : matching.uid;
  const ExpectedOperator* wrote = operator_of(context.running, before.id);
  if (wrote == nullptr || !context.running->call_of(*wrote).uid.known())
    return std::nullopt;
  return context.running->call_of(*wrote).uid.values.front();
}

}  // namespace

OperatorPrediction predict_operator(const OperatorState& before, const OperatorMatching& matching,
                                    const RestoreContext& context) {
  OperatorPrediction prediction{.id = before.id,
                                .uid = uid_of(before, matching, context),
                                .name = before.name,
                                .parallelism = before.parallelism,
                                .max_parallelism = before.max_parallelism,
                                .match = matching.how,
                                .job_operator = matching.op,
                                .reason = matching.reason};
  if (!before.has_state)
    prediction.outcome = OperatorOutcome::stateless;
  else if (matching.how == OperatorMatch::absent)
    predict_absent(before, context, prediction);
  else if (matching.op)
    predict_taken(before, matching, context, prediction);
  else
    predict_undecided(before, context, prediction);
  if (matching.how != OperatorMatch::absent)
    apply_rescaling(before, matching, context, prediction);
  return prediction;
}

OperatorPrediction predict_added_operator(const ExpectedOperator& op, const IdentifiedJob& job) {
  const JobOperator& call = job.call_of(op);
  OperatorPrediction prediction{.id = op.written_as.value_or(op.ids.front()),
                                .parallelism = job.parallelism().of(op.index).value_or(0),
                                .match = OperatorMatch::added,
                                .job_operator = op.index,
                                .reason = fmt::format("the savepoint has no such operator: {}", describe(call)),
                                .states = predict_added_states(op)};
  if (call.uid.known())
    prediction.uid = call.uid.values.front();
  if (call.name.known())
    prediction.name = call.name.values.front();
  prediction.outcome = prediction.states.empty() ? OperatorOutcome::stateless : OperatorOutcome::restores;
  return prediction;
}

}  // namespace preflight
