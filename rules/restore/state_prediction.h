#pragma once

#include <optional>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "restore/identified_job.h"
#include "restore/restore_prediction.h"
#include "restore/self_check.h"
#include "savepoint/savepoint.h"
#include "serialization/schema_compatibility.h"

namespace preflight {

/// What deciding about the states of one operator looks at, beside the operator itself. Null is what was not given.
struct StateContext {
  SchemaWorlds worlds;
  StateBackend backend = StateBackend::unknown;
  const ExpectedOperator* running = nullptr;  ///< The operator of the running job that wrote the states.
  bool same_function = false;       ///< Its function, source or sink is the same class as now, with the same code.
  bool before_is_inferred = false;  ///< There is no savepoint: the states are those of `running`.
  const SelfCheck* self_check = nullptr;
  const ApplicationJar* application = nullptr;
  const ApplicationJar* running_application = nullptr;
};

/// Of each state of an operator, when `after` takes it, and then of each that `after` adds.
std::vector<StatePrediction> predict_states(const OperatorState& before, const ExpectedOperator& after,
                                            const StateContext& context);

/// Of each state that an operator of the new job has and that nothing was stored for.
std::vector<StatePrediction> predict_added_states(const ExpectedOperator& after);

/// A state as it was stored, its outcome still open.
StatePrediction describe_stored(const State& state);

/// The state of that name among those that live in the same place: keyed states, timers, operator lists, broadcast
/// states and coordinator states each have names of their own. nullptr where there is none.
const ExpectedState* find_expected_state(const ExpectedOperator& op, const State& state);

}  // namespace preflight
