#include "restore/plan_operator.h"

#include <fmt/format.h>

#include <algorithm>

#include "restore/state_prediction.h"

namespace preflight {
namespace {

using Taken = PlanOperatorVerdict::Taken;

/// Gravest first.
struct Conclusion {
  StateOutcome state;
  OperatorOutcome outcome;
};
constexpr Conclusion kConclusions[] = {
    {StateOutcome::incompatible, OperatorOutcome::fails},
    {StateOutcome::dropped, OperatorOutcome::dropped},
    {StateOutcome::unknown, OperatorOutcome::unknown},
};

void predict_taken(const OperatorState& before, const PlanOperatorVerdict& verdict, OperatorPrediction& prediction) {
  for (std::size_t i = 0; i < before.states.size(); ++i) {
    StatePrediction state = describe_stored(before.states[i]);
    state.outcome = verdict.states[i].outcome;
    state.reason = verdict.states[i].reason;
    prediction.states.push_back(std::move(state));
  }
  prediction.outcome = OperatorOutcome::restores;
  if (verdict.key_differs) {
    prediction.outcome = OperatorOutcome::fails;
    return;
  }
  for (const auto& [state, outcome] : kConclusions) {
    const auto found = std::ranges::find(prediction.states, state, &StatePrediction::outcome);
    if (found == prediction.states.end())
      continue;
    prediction.outcome = outcome;
    prediction.reason = fmt::format("state \"{}\": {}", found->name, found->reason);
    return;
  }
  if (!before.unread.empty()) {
    prediction.outcome = OperatorOutcome::unknown;
    prediction.reason = "not all of its state could be read: " + before.unread.front();
  }
}

void predict_absent(const OperatorState& before, bool drops_unmatched, OperatorPrediction& prediction) {
  prediction.match = OperatorMatch::absent;
  prediction.outcome = drops_unmatched ? OperatorOutcome::dropped : OperatorOutcome::fails;
  for (const State& state : before.states) {
    StatePrediction dropped = describe_stored(state);
    dropped.outcome = StateOutcome::dropped;
    dropped.reason = "no operator of the new job takes it";
    prediction.states.push_back(std::move(dropped));
  }
}

}  // namespace

OperatorPrediction predict_plan_operator(const OperatorState& before, const PlanOperatorVerdict& verdict,
                                         bool drops_unmatched) {
  OperatorPrediction prediction{.id = before.id,
                                .uid = before.uid ? before.uid : verdict.uid,
                                .name = before.name,
                                .parallelism = before.parallelism,
                                .max_parallelism = before.max_parallelism,
                                .match = OperatorMatch::by_plan,
                                .reason = verdict.reason};
  if (!before.has_state)
    prediction.outcome = OperatorOutcome::stateless;
  else if (verdict.taken == Taken::yes)
    predict_taken(before, verdict, prediction);
  else
    predict_absent(before, drops_unmatched, prediction);
  return prediction;
}

}  // namespace preflight
