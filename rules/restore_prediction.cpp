#include "restore_prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "application_uids.h"
#include "rescaling.h"
#include "savepoint/automatic_operator_id.h"
#include "state_verdict.h"
#include "upgrade_path.h"

namespace preflight {
namespace {

/// Everything that deciding about one operator looks at.
struct Context {
  const Upgrade& upgrade;
  std::optional<ApplicationUids> uids;
  AutomaticOperatorIds automatic;
  RescalingCheck rescaling;
  bool drops_unmatched;  ///< allowNonRestoredState
};

AutomaticOperatorIds automatic_ids(const Savepoint& savepoint, const std::optional<ApplicationUids>& uids) {
  std::vector<OperatorId> ids;
  std::vector<OperatorId> from_uid;
  for (const OperatorState& operator_state : savepoint.operators) {
    ids.push_back(operator_state.id);
    if (operator_state.uid || (uids && uids->find(operator_state.id) != nullptr))
      from_uid.push_back(operator_state.id);
  }
  return recognise_automatic_ids(ids, from_uid);
}

std::optional<std::string> tree_of(const State& state) {
  if (state.element)
    return to_text(*state.element);
  if (!state.value)
    return std::nullopt;
  return state.key ? to_text(*state.key) + " → " + to_text(*state.value) : to_text(*state.value);
}

std::string describe(const UnreadableSerializer& serializer, const Upgrade& upgrade) {
  if (serializer.cause == UnreadableSerializer::Cause::snapshot_removed)
    return fmt::format("Flink {} has no {} to read its {} with", upgrade.to.minor_text(), serializer.class_name,
                       serializer.where);
  return fmt::format(
      "its {} ({}) was written by Kryo; with the other Kryo of Flink {} it fails, comes back wrong or comes back "
      "right, "
      "depending on the fields of the class",
      serializer.where, serializer.class_name, upgrade.to.minor_text());
}

StatePrediction describe_state(const State& state) {
  return {.name = state.name, .kind = state.kind, .serializer_before = tree_of(state)};
}

bool uses_key(const State& state) {
  return state.kind == StateKind::keyed || state.kind == StateKind::timer;
}

/// The serializers of the state that the target cannot or may not read back, those it certainly cannot first.
std::vector<UnreadableSerializer> unreadable_parts(const State& state, const OperatorState& operator_state,
                                                   const Upgrade& upgrade) {
  std::vector<UnreadableSerializer> parts = unreadable_serializers(state, upgrade);
  if (uses_key(state))
    std::ranges::copy(unreadable_key(operator_state, upgrade), std::back_inserter(parts));
  std::ranges::stable_partition(parts, [](const UnreadableSerializer& part) {
    return part.cause == UnreadableSerializer::Cause::snapshot_removed;
  });
  return parts;
}

const char* why_undetermined(const State& state) {
  if (state.kind == StateKind::coordinator || state.kind == StateKind::raw_keyed ||
      state.kind == StateKind::raw_operator)
    return "its bytes are the operator's own, and only its code can tell whether it reads them";
  return state.value || state.element ? "which serializer the new job will register for it is not determined"
                                      : "its serializer could not be read";
}

StatePrediction predict_taken_state(const State& state, const OperatorState& operator_state, const Upgrade& upgrade) {
  StatePrediction prediction = describe_state(state);
  const std::vector<UnreadableSerializer> unreadable = unreadable_parts(state, operator_state, upgrade);
  if (!unreadable.empty()) {
    const bool certain = unreadable.front().cause == UnreadableSerializer::Cause::snapshot_removed;
    prediction.outcome = certain ? StateOutcome::incompatible : StateOutcome::unknown;
    prediction.reason = describe(unreadable.front(), upgrade);
  } else {
    prediction.outcome = StateOutcome::unknown;
    prediction.reason = why_undetermined(state);
  }
  return prediction;
}

/// Metadata from version 5 on stores the uids, so one that is missing was not set.
bool has_no_uid(const OperatorState& operator_state, const Context& context) {
  constexpr std::int32_t kFirstVersionWithUids = 5;
  return context.automatic.certain.contains(operator_state.id) ||
         (context.upgrade.savepoint->metadata_version >= kFirstVersionWithUids && !operator_state.uid);
}

/// Why an operator that no known uid names may still be in the new job; empty where it is certainly absent.
std::string why_undetermined(const OperatorState& operator_state, const Context& context) {
  if (!context.uids->incomplete_because().empty())
    return context.uids->incomplete_because();
  if (operator_state.uid)
    return "";
  if (context.automatic.possible.contains(operator_state.id))
    return "Flink may have generated it from the shape of the job graph";
  if (!context.automatic.exhaustive)
    return "the job has too many operators to tell whether Flink generated it from the shape of the job graph";
  return "";
}

/// Fills match and, where it decides the outcome already, outcome and reason.
void match_operator(const OperatorState& operator_state, const Context& context, OperatorPrediction& prediction) {
  if (!context.uids) {
    prediction.match = OperatorMatch::no_application;
    prediction.reason = "no application JAR was given (--app)";
    return;
  }
  if (const auto* origin = context.uids->find(operator_state.id)) {
    prediction.match = origin->called ? OperatorMatch::by_uid_call : OperatorMatch::by_string_constant;
    if (!prediction.uid)
      prediction.uid = origin->uid;
    prediction.reason =
        origin->called ? fmt::format("the new JAR sets uid \"{}\"", origin->uid)
                       : fmt::format("the new JAR holds the text \"{}\", which as a uid gives this ID", origin->uid);
    return;
  }
  if (has_no_uid(operator_state, context)) {
    prediction.match = OperatorMatch::automatic;
    prediction.reason =
        "it has no uid: Flink generated its ID from the shape of the job graph, and whether the new graph gives the "
        "same "
        "ID again is not determined";
    return;
  }
  if (const std::string why = why_undetermined(operator_state, context); !why.empty()) {
    prediction.match = OperatorMatch::undetermined;
    prediction.reason = "no known uid of the new JAR gives this ID, but " + why;
    return;
  }
  prediction.match = OperatorMatch::absent;
  prediction.reason = "no uid of the new JAR gives this ID";
}

/// What rescaling does to an operator that the new job has.
void apply_rescaling(const OperatorState& operator_state, const Context& context, OperatorPrediction& prediction) {
  const Rescaling by_parallelism = context.rescaling.parallelism(operator_state);
  const Rescaling by_max = context.rescaling.max_parallelism(operator_state);
  if (by_parallelism == Rescaling::parallelism_above_max) {
    prediction.outcome = OperatorOutcome::fails;
    prediction.reason = fmt::format("parallelism {} exceeds the max parallelism {} that the savepoint fixes",
                                    *context.upgrade.start.parallelism, operator_state.max_parallelism);
  } else if (by_max == Rescaling::max_parallelism_differs) {
    prediction.outcome = OperatorOutcome::fails;
    prediction.reason = fmt::format("max parallelism {} differs from the savepoint's {}",
                                    *context.upgrade.start.max_parallelism, operator_state.max_parallelism);
  }
}

void predict_taken_states(const OperatorState& operator_state, const Context& context, OperatorPrediction& prediction) {
  for (const State& state : operator_state.states)
    prediction.states.push_back(predict_taken_state(state, operator_state, context.upgrade));
  const auto incompatible = std::ranges::find(prediction.states, StateOutcome::incompatible, &StatePrediction::outcome);
  // Without the flag it does not matter whether the operator is in the new job: if it is not, the job is refused.
  const bool certainly_taken = prediction.match == OperatorMatch::by_uid_call;
  if (incompatible != prediction.states.end() && (certainly_taken || !context.drops_unmatched)) {
    prediction.outcome = OperatorOutcome::fails;
    prediction.reason = fmt::format("state \"{}\": {}", incompatible->name, incompatible->reason);
  } else {
    prediction.outcome = OperatorOutcome::unknown;
    if (certainly_taken || prediction.match == OperatorMatch::by_string_constant)
      prediction.reason += "; what becomes of its state is not determined";
  }
}

void predict_absent(const OperatorState& operator_state, const Context& context, OperatorPrediction& prediction) {
  prediction.outcome = context.drops_unmatched ? OperatorOutcome::dropped : OperatorOutcome::fails;
  for (const State& state : operator_state.states) {
    StatePrediction dropped = describe_state(state);
    dropped.outcome = StateOutcome::dropped;
    dropped.reason = "no operator of the new job takes it";
    prediction.states.push_back(std::move(dropped));
  }
}

OperatorPrediction predict_operator(const OperatorState& operator_state, const Context& context) {
  OperatorPrediction prediction{.id = operator_state.id,
                                .uid = operator_state.uid,
                                .name = operator_state.name,
                                .parallelism = operator_state.parallelism,
                                .max_parallelism = operator_state.max_parallelism};
  match_operator(operator_state, context, prediction);
  if (!operator_state.has_state)
    prediction.outcome = OperatorOutcome::stateless;
  else if (prediction.match == OperatorMatch::absent)
    predict_absent(operator_state, context, prediction);
  else
    predict_taken_states(operator_state, context, prediction);
  if (prediction.match != OperatorMatch::absent)
    apply_rescaling(operator_state, context, prediction);
  return prediction;
}

int count(const RestorePrediction& prediction, OperatorOutcome outcome) {
  return static_cast<int>(std::ranges::count(prediction.operators, outcome, &OperatorPrediction::outcome));
}

const OperatorPrediction& first(const RestorePrediction& prediction, OperatorOutcome outcome) {
  return *std::ranges::find(prediction.operators, outcome, &OperatorPrediction::outcome);
}

std::string name_of(const OperatorPrediction& prediction) {
  if (prediction.uid)
    return fmt::format("operator \"{}\"", *prediction.uid);
  if (prediction.name)
    return fmt::format("operator \"{}\"", *prediction.name);
  return "operator " + prediction.id.hex();
}

/// The outcome of the whole follows from the path between the releases and from the operators, gravest first.
void conclude(const Upgrade& upgrade, RestorePrediction& prediction) {
  for (const PathObstacle& obstacle : path_obstacles(upgrade))
    if (obstacle.certain_failure()) {
      prediction.outcome = RestoreOutcome::fails;
      prediction.reason = obstacle.why;
      return;
    }
  const auto because = [&](RestoreOutcome outcome, OperatorOutcome of, const char* what) {
    prediction.outcome = outcome;
    const int operators = count(prediction, of);
    const OperatorPrediction& example = first(prediction, of);
    prediction.reason = operators == 1 ? fmt::format("{} {}: {}.", name_of(example), what, example.reason)
                                       : fmt::format("{} operators {}, the first is {}: {}.", operators, what,
                                                     name_of(example), example.reason);
    if (prediction.reason.starts_with('o'))
      prediction.reason[0] = 'O';
  };
  if (count(prediction, OperatorOutcome::fails) > 0)
    because(RestoreOutcome::fails, OperatorOutcome::fails, "will not restore");
  else if (count(prediction, OperatorOutcome::dropped) > 0)
    because(RestoreOutcome::loses_state, OperatorOutcome::dropped, "will lose state");
  else if (count(prediction, OperatorOutcome::unknown) > 0)
    because(RestoreOutcome::unknown, OperatorOutcome::unknown, "could not be decided");
  else {
    prediction.outcome = RestoreOutcome::restores;
    prediction.reason = "Every operator of the savepoint that has state is restored.";
  }
}

}  // namespace

RestorePrediction predict_restore(const Upgrade& upgrade) {
  RestorePrediction prediction;
  prediction.allow_non_restored_state = upgrade.start.allow_non_restored_state;
  if (!upgrade.savepoint) {
    prediction.reason = "No savepoint was given (--savepoint).";
    return prediction;
  }
  const Savepoint& savepoint = *upgrade.savepoint;
  std::optional<ApplicationUids> uids;
  if (upgrade.application)
    uids.emplace(*upgrade.application);
  const Context context{.upgrade = upgrade,
                        .uids = uids,
                        .automatic = automatic_ids(savepoint, uids),
                        .rescaling = RescalingCheck(savepoint, upgrade.start),
                        .drops_unmatched = upgrade.start.allow_non_restored_state.value_or(false)};
  for (const OperatorState& operator_state : savepoint.operators)
    prediction.operators.push_back(predict_operator(operator_state, context));
  conclude(upgrade, prediction);
  return prediction;
}

}  // namespace preflight
