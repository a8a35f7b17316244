#include "restore/self_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "restore/state_prediction.h"

namespace preflight {
namespace {

std::string name_of(const OperatorState& state, const ExpectedOperator* op) {
  if (op != nullptr && !op->uids.empty())
    return fmt::format("operator \"{}\"", op->uids.front());
  return fmt::format("operator {}", state.uid ? fmt::format("\"{}\"", *state.uid) : state.id.hex());
}

class Comparison {
 public:
  Comparison(const Savepoint& savepoint, const IdentifiedJob& running, StateBackend backend, const SchemaWorlds& worlds)
      : savepoint_(savepoint), running_(running), backend_(backend), worlds_(worlds) {}

  SelfCheck run() {
    for (const OperatorState& state : savepoint_.operators)
      check_operator(state);
    for (const ExpectedOperator& op : running_.operators())
      check_is_there(op);
    return std::move(result_);
  }

 private:
  static bool has_id(const ExpectedOperator& op, const OperatorId& id) {
    return op.written_as == id || std::ranges::find(op.ids, id) != op.ids.end();
  }

  void add(const std::string& what, std::string reason, const CodePlace& place = {}) {
    result_.mismatches.push_back({what, std::move(reason), place});
  }

  void check_operator(const OperatorState& state) {
    const auto op = std::ranges::find_if(
        running_.operators(), [&](const ExpectedOperator& candidate) { return has_id(candidate, state.id); });
    if (op == running_.operators().end()) {
      if (!state.has_state)
        return;
      result_.operators.insert(state.id);
      return add(name_of(state, nullptr), "the savepoint has it, and the running JAR was not seen to make it");
    }
    check_key(state, *op);
    for (const State& stored : state.states)
      check_state(state, stored, *op);
    if (state.has_state && state.unread.empty())
      for (const ExpectedState& expected : op->states)
        check_is_there(state, expected, *op);
  }

  void check_key(const OperatorState& state, const ExpectedOperator& op) {
    if (!state.key_serializer || !op.key_serializer)
      return;
    const StateComparison comparison = compare_keys(*state.key_serializer, *op.key_serializer, backend_, worlds_);
    if (comparison.outcome != StateOutcome::incompatible)
      return;
    result_.states.insert({state.id, "(key)"});
    add(fmt::format("key of {}", name_of(state, &op)),
        fmt::format("the savepoint has {}, the running JAR was seen to have {}", to_text(*state.key_serializer),
                    to_text(*op.key_serializer)),
        running_.call_of(op).place);
  }

  void check_state(const OperatorState& state, const State& stored, const ExpectedOperator& op) {
    const ExpectedState* expected = find_expected_state(op, stored);
    if (expected == nullptr) {
      if (!op.states_incomplete_because.empty() || stored.kind == StateKind::raw_keyed ||
          stored.kind == StateKind::raw_operator)
        return;
      result_.states.insert({state.id, stored.name});
      return add(fmt::format("state \"{}\" of {}", stored.name, name_of(state, &op)),
                 "the savepoint has it, and the running JAR was not seen to register it", running_.call_of(op).place);
    }
    if (stored.kind == StateKind::coordinator)
      return;
    const StateComparison comparison = compare_states(stored, expected->state, backend_, worlds_);
    if (comparison.outcome == StateOutcome::as_is || comparison.outcome == StateOutcome::unknown)
      return;
    result_.states.insert({state.id, stored.name});
    add(fmt::format("state \"{}\" of {}", stored.name, name_of(state, &op)),
        "its serializer in the savepoint is not the one that the running JAR was seen to give it: " + comparison.reason,
        expected->place);
  }

  void check_is_there(const OperatorState& state, const ExpectedState& expected, const ExpectedOperator& op) {
    if (expected.conditional || expected.lazy || !expected.name_unknown_because.empty())
      return;
    const bool there = std::ranges::any_of(
        state.states, [&](const State& stored) { return find_expected_state(op, stored) == &expected; });
    if (!there)
      add(fmt::format("state \"{}\" of {}", expected.state.name, name_of(state, &op)),
          "the running JAR was seen to register it, and the savepoint has it not", expected.place);
  }

  void check_is_there(const ExpectedOperator& op) {
    const JobOperator& call = running_.call_of(op);
    if (!certainly_there(call, op))
      return;
    const bool there =
        std::ranges::any_of(savepoint_.operators, [&](const OperatorState& state) { return has_id(op, state.id); });
    if (!there)
      add(describe(call), "the running JAR was seen to make it, and the savepoint has it not", call.place);
  }

  const Savepoint& savepoint_;
  const IdentifiedJob& running_;
  StateBackend backend_;
  const SchemaWorlds& worlds_;
  SelfCheck result_;
};

}  // namespace

SelfCheck check_self(const Savepoint& savepoint, const IdentifiedJob& running, StateBackend backend,
                     const SchemaWorlds& worlds) {
  return Comparison(savepoint, running, backend, worlds).run();
}

}  // namespace preflight
