#include "restore/state_prediction.h"

#include <fmt/format.h>

#include <algorithm>

#include "restore/payload_formats.h"

namespace preflight {
namespace {

/// States of one registry share their names: operator lists of both kinds do.
enum class Registry { keyed, timers, operator_list, broadcast, coordinator, raw };

Registry registry_of(StateKind kind) {
  switch (kind) {
    case StateKind::keyed:
      return Registry::keyed;
    case StateKind::timer:
      return Registry::timers;
    case StateKind::operator_list:
    case StateKind::operator_union:
      return Registry::operator_list;
    case StateKind::broadcast:
      return Registry::broadcast;
    case StateKind::coordinator:
      return Registry::coordinator;
    case StateKind::raw_keyed:
    case StateKind::raw_operator:
      return Registry::raw;
  }
  return Registry::raw;
}

bool uses_key(const State& state) {
  return state.kind == StateKind::keyed || state.kind == StateKind::timer;
}

std::optional<std::string> tree_of(const State& state) {
  const std::optional<SerializerSnapshot>& value = state.element ? state.element : state.value;
  if (!value)
    return std::nullopt;
  return state.key ? to_text(*state.key) + " → " + to_text(*value) : to_text(*value);
}

/// A class that the stored state names, that is none of Flink's or the JDK's, and that the new JAR has not.
std::optional<std::string> class_gone(const State& state, const ApplicationJar& application) {
  std::optional<std::string> gone;
  const auto look_for = [&](const std::string& name) {
    const bool of_the_runtime = name.starts_with("org.apache.flink.") || name.starts_with("java.");
    if (name.find('.') != std::string::npos && !of_the_runtime && application.find_class(name) == nullptr)
      gone = name;
  };
  const auto look_at = [&](const std::optional<SerializerSnapshot>& snapshot) {
    if (snapshot)
      for_each_snapshot(*snapshot, "", [&](const SerializerSnapshot& part, const std::string&) {
        look_for(part.snapshot_class);
        if (const std::string* name = string_parameter(part, "class"))
          look_for(*name);
      });
  };
  look_at(state.key);
  look_at(state.namespace_serializer);
  look_at(state.value);
  look_at(state.element);
  return gone;
}

bool uses_forbidden_kryo(const State& state, const JobModel* job) {
  if (job == nullptr || job->serialization.generic_types.value_or(true))
    return false;
  bool kryo = false;
  for (const auto* snapshot : {&state.key, &state.value, &state.element})
    if (*snapshot)
      for_each_snapshot(**snapshot, "", [&](const SerializerSnapshot& part, const std::string&) {
        kryo = kryo || part.serializer == "KryoSerializer";
      });
  return kryo;
}

/// A class of the running JAR that extends a POJO of the state and that the new JAR has not: a savepoint does not list
/// each subclass whose values it holds.
std::optional<std::string> subclass_gone(const State& state, const StateContext& context) {
  std::optional<std::string> gone;
  if (context.application == nullptr || context.running_application == nullptr)
    return gone;
  for (const auto* snapshot : {&state.key, &state.value, &state.element})
    if (*snapshot)
      for_each_snapshot(**snapshot, "", [&](const SerializerSnapshot& part, const std::string&) {
        const std::string* pojo = part.serializer == "PojoSerializer" ? string_parameter(part, "class") : nullptr;
        if (pojo == nullptr || gone)
          return;
        for (const ApplicationClass& candidate : context.running_application->classes)
          if (candidate.super_class == *pojo && context.application->find_class(candidate.name) == nullptr)
            gone = candidate.name;
      });
  return gone;
}

/// Whether a state is one of a source or sink, whose elements only its connector can read.
bool is_of_the_connector(const ExpectedState& expected) {
  const bool bytes = expected.state.element && expected.state.element->serializer == "BytePrimitiveArraySerializer";
  return expected.state.kind == StateKind::coordinator || !expected.payload.empty() ||
         (bytes && expected.place.class_name.empty());
}

/// Decides about the states of one operator.
class StateDecider {
 public:
  StateDecider(const OperatorState& before, const ExpectedOperator& after, const StateContext& context)
      : before_(before), after_(after), context_(context) {
    if (before.key_serializer && after.key_serializer)
      key_ = compare_keys(*before.key_serializer, *after.key_serializer, context.backend, context.worlds);
  }

  StatePrediction decide(const State& state) const {
    StatePrediction prediction = describe_stored(state);
    const ExpectedState* expected = find_expected_state(after_, state);
    if (expected != nullptr)
      decide_taken(state, *expected, prediction);
    else
      decide_not_taken(state, prediction);
    if (prediction.outcome != StateOutcome::unknown && distrusted(state)) {
      prediction.outcome = StateOutcome::unknown;
      prediction.reason =
          "the running JAR was seen to have this state otherwise than its own savepoint says, so that "
          "what the new JAR says of it is not to be trusted: " +
          prediction.reason;
    }
    return prediction;
  }

 private:
  static void set(StatePrediction& prediction, StateOutcome outcome, std::string reason) {
    prediction.outcome = outcome;
    prediction.reason = std::move(reason);
  }

  bool distrusted(const State& state) const {
    return context_.self_check != nullptr && (context_.self_check->distrusts(before_.id, state.name) ||
                                              (uses_key(state) && context_.self_check->distrusts(before_.id, "(key)")));
  }

  void decide_taken(const State& state, const ExpectedState& expected, StatePrediction& prediction) const {
    prediction.serializer_after = tree_of(expected.state);
    prediction.place = expected.place;
    if (uses_key(state) && !decide_key(prediction))
      return;
    if (is_of_the_connector(expected) && !decide_payload(state, expected, prediction))
      return;
    if (state.kind == StateKind::coordinator)
      return set(prediction, StateOutcome::as_is, "the same kind of source stores and reads it");
    compare(state, expected, prediction);
    soften(state, expected, prediction);
  }

  void compare(const State& state, const ExpectedState& expected, StatePrediction& prediction) const {
    StateComparison comparison = compare_states(state, expected.state, context_.backend, context_.worlds);
    // What the savepoint does not say (a snapshot of an own class, the class behind Java serialization), the JAR that
    // wrote it may.
    const ExpectedState* stored = context_.running != nullptr ? find_expected_state(*context_.running, state) : nullptr;
    if (comparison.outcome == StateOutcome::unknown && stored != nullptr)
      comparison = compare_states(stored->state, expected.state, context_.backend, context_.worlds);
    set(prediction, comparison.outcome, comparison.reason);
    prediction.lost = comparison.lost;
    if (uses_forbidden_kryo(expected.state, context_.worlds.after))
      set(prediction, StateOutcome::incompatible,
          "the new job forbids generic types (disableGenericTypes), and this one is serialized by Kryo");
    if (const std::optional<std::string> gone = subclass_gone(state, context_);
        gone && prediction.outcome != StateOutcome::incompatible)
      set(prediction, StateOutcome::unknown,
          fmt::format("the new JAR has no {}, of which values may be stored", *gone));
  }

  /// False where the key decides already.
  bool decide_key(StatePrediction& prediction) const {
    if (!before_.key_serializer)
      set(prediction, StateOutcome::unknown, "the serializer of its key could not be read");
    else if (!after_.key_serializer)
      set(prediction, StateOutcome::unknown, "the type of the new key is not known");
    else if (key_->outcome == StateOutcome::incompatible || key_->outcome == StateOutcome::unknown)
      set(prediction, key_->outcome, "key: " + key_->reason);
    else
      return true;
    return false;
  }

  /// The format of stored bytes of a connector: as the running job has it, else as the bytes themselves look. Empty
  /// where the table has no name for it; nullopt where nothing tells.
  std::optional<std::string> stored_payload(const State& state) const {
    if (context_.running != nullptr)
      if (const ExpectedState* stored = find_expected_state(*context_.running, state))
        return stored->payload;
    for (const State& candidate : before_.states) {
      const bool looked_at = &candidate == &state || state.kind == StateKind::coordinator;
      if (!looked_at || candidate.sample.empty())
        continue;
      if (std::string payload = recognise_payload(candidate.sample, context_.worlds.table->payload_formats);
          !payload.empty())
        return payload;
    }
    return std::nullopt;
  }

  /// Bytes in a format of the connector's own: the same connector reads them. False where that decides already.
  bool decide_payload(const State& state, const ExpectedState& expected, StatePrediction& prediction) const {
    const std::optional<std::string> stored = stored_payload(state);
    if (!stored) {
      set(prediction, StateOutcome::unknown,
          "its bytes are in a format of the connector's own, and which connector wrote them is not known; "
          "--running-app would tell");
      return false;
    }
    if (stored->empty() || expected.payload.empty()) {
      if (stored->empty() && expected.payload.empty() && context_.same_function)
        return true;
      set(prediction, StateOutcome::unknown,
          "its bytes are in a format of the connector's own, of which the table of formats knows nothing");
      return false;
    }
    if (*stored != expected.payload)
      set(prediction, StateOutcome::incompatible,
          fmt::format("its bytes are in the format {}, and the new connector reads {}", *stored, expected.payload));
    return *stored == expected.payload;
  }

  /// What is certain of a state that is registered may be less so where it may not be registered.
  void soften(const State& state, const ExpectedState& expected, StatePrediction& prediction) const {
    if (expected.conditional && prediction.outcome != StateOutcome::unknown)
      set(prediction, StateOutcome::unknown,
          fmt::format("the new job registers it on some paths only ({}); {}", to_text(expected.place),
                      prediction.reason));
    const ExpectedState* stored = context_.before_is_inferred && context_.running != nullptr
                                      ? find_expected_state(*context_.running, state)
                                      : nullptr;
    if (expected.ttl == JobState::Ttl::unknown || (stored != nullptr && stored->ttl == JobState::Ttl::unknown))
      set(prediction, StateOutcome::unknown, "whether it is given a time to live is not known; " + prediction.reason);
  }

  void decide_not_taken(const State& state, StatePrediction& prediction) const {
    if (state.kind == StateKind::raw_keyed || state.kind == StateKind::raw_operator)
      return set(prediction, StateOutcome::unknown,
                 "its bytes are the operator's own, and only its code can tell whether it reads them");
    if (!after_.states_incomplete_because.empty())
      return set(prediction, StateOutcome::unknown,
                 "the new operator is not seen to register it, but may: " + after_.states_incomplete_because);
    for (const ExpectedState& expected : after_.states)
      if (!expected.name_unknown_because.empty() && registry_of(expected.state.kind) == registry_of(state.kind))
        return set(prediction, StateOutcome::unknown,
                   "the new operator registers a state whose name is not known: " + expected.name_unknown_because);
    if (uses_key(state) && !after_.key_serializer)
      return set(prediction, StateOutcome::dropped, "the new operator has no keyed state: what is stored is ignored");
    decide_unregistered(state, prediction);
  }

  /// Flink reads the serializers of states that nothing registers too.
  void decide_unregistered(const State& state, StatePrediction& prediction) const {
    const std::optional<std::string> gone =
        context_.application != nullptr ? class_gone(state, *context_.application) : std::nullopt;
    if (!gone)
      return set(prediction, StateOutcome::dropped, "the new operator registers no such state");
    const bool was_packed =
        context_.running_application != nullptr && context_.running_application->find_class(*gone) != nullptr;
    set(prediction, was_packed ? StateOutcome::incompatible : StateOutcome::unknown,
        fmt::format("the new operator registers no such state, but Flink loads the classes of its serializer all the "
                    "same, and the new JAR has no {}",
                    *gone));
  }

  const OperatorState& before_;
  const ExpectedOperator& after_;
  const StateContext& context_;
  std::optional<StateComparison> key_;
};

StatePrediction describe_added(const ExpectedState& expected) {
  StatePrediction prediction{.name = expected.state.name,
                             .kind = expected.state.kind,
                             .outcome = StateOutcome::new_,
                             .serializer_after = tree_of(expected.state),
                             .reason = "the savepoint has no such state: it starts empty",
                             .place = expected.place};
  return prediction;
}

}  // namespace

StatePrediction describe_stored(const State& state) {
  return {.name = state.name, .kind = state.kind, .serializer_before = tree_of(state)};
}

const ExpectedState* find_expected_state(const ExpectedOperator& op, const State& state) {
  const auto found = std::ranges::find_if(op.states, [&](const ExpectedState& expected) {
    return expected.name_unknown_because.empty() && registry_of(expected.state.kind) == registry_of(state.kind) &&
           (expected.state.name == state.name || state.kind == StateKind::coordinator);
  });
  return found == op.states.end() ? nullptr : &*found;
}

namespace {

/// Windows that merge find their contents through a state of their own (WindowOperator): one way round nothing in it
/// leads to the old contents, the other way round nothing looks there.
void decide_window_contents(std::vector<StatePrediction>& predictions) {
  const auto find = [&](const char* name) {
    return std::ranges::find_if(predictions, [&](const StatePrediction& prediction) {
      return prediction.kind == StateKind::keyed && prediction.name == name;
    });
  };
  const auto contents = find("window-contents");
  const auto merging = find("merging-window-set");
  if (contents == predictions.end() || merging == predictions.end() ||
      (merging->outcome != StateOutcome::new_ && merging->outcome != StateOutcome::dropped))
    return;
  if (contents->outcome != StateOutcome::as_is && contents->outcome != StateOutcome::after_migration)
    return;
  contents->outcome = StateOutcome::dropped;
  contents->reason =
      "the windows are of another kind: what merges did not merge before, or the other way round, and "
      "what is stored is not found";
}

}  // namespace

std::vector<StatePrediction> predict_states(const OperatorState& before, const ExpectedOperator& after,
                                            const StateContext& context) {
  std::vector<StatePrediction> predictions;
  const StateDecider decider(before, after, context);
  for (const State& state : before.states)
    predictions.push_back(decider.decide(state));
  for (const ExpectedState& expected : after.states)
    if (expected.name_unknown_because.empty() && std::ranges::none_of(before.states, [&](const State& state) {
          return find_expected_state(after, state) == &expected;
        }))
      predictions.push_back(describe_added(expected));
  decide_window_contents(predictions);
  return predictions;
}

std::vector<StatePrediction> predict_added_states(const ExpectedOperator& after) {
  std::vector<StatePrediction> predictions;
  for (const ExpectedState& expected : after.states)
    if (expected.name_unknown_because.empty())
      predictions.push_back(describe_added(expected));
  return predictions;
}

}  // namespace preflight
