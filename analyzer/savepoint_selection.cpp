#include "savepoint_selection.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "command_line.h"

namespace preflight {
namespace {

bool is_called(const OperatorState& operator_state, const std::string& wanted) {
  return OperatorId::from_hex(wanted) == operator_state.id || operator_state.uid == wanted ||
         operator_state.name == wanted || operator_id_of_uid(wanted) == operator_state.id;
}

std::string operators_of(const Savepoint& savepoint) {
  std::string text;
  for (const OperatorState& operator_state : savepoint.operators)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", operator_state.uid.value_or(operator_state.id.hex()));
  return text.empty() ? "none" : text;
}

std::string states_of(const Savepoint& savepoint) {
  std::set<std::string> names;
  for (const OperatorState& operator_state : savepoint.operators)
    for (const State& state : operator_state.states)
      names.insert(state.name);
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Savepoint select(Savepoint savepoint, const SavepointSelection& selection) {
  if (selection.operator_name) {
    const std::string there = operators_of(savepoint);
    std::erase_if(savepoint.operators, [&](const OperatorState& operator_state) {
      return !is_called(operator_state, *selection.operator_name);
    });
    if (savepoint.operators.empty())
      throw UsageError(
          fmt::format("--operator: the savepoint has no operator \"{}\"; it has {}", *selection.operator_name, there));
  }
  if (selection.state) {
    const std::string there = states_of(savepoint);
    for (OperatorState& operator_state : savepoint.operators)
      std::erase_if(operator_state.states, [&](const State& state) { return state.name != *selection.state; });
    std::erase_if(savepoint.operators,
                  [](const OperatorState& operator_state) { return operator_state.states.empty(); });
    if (savepoint.operators.empty())
      throw UsageError(fmt::format("--state: the savepoint has no state \"{}\"; it has {}", *selection.state, there));
  }
  return savepoint;
}

}  // namespace preflight
