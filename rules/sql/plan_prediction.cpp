#include "sql/plan_prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "savepoint/automatic_operator_id.h"
#include "serialization/ttl.h"
#include "sql/state_comparison.h"

namespace preflight {
namespace {

using Taken = PlanOperatorVerdict::Taken;
using Answer = ShapeComparison::Answer;

/// "distinctAcc_*" and "*CleanupTime"
bool name_fits(const std::string& pattern, const std::string& name) {
  if (pattern.ends_with('*'))
    return name.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*'))
    return name.ends_with(pattern.substr(1));
  return name == pattern;
}

/// nullopt where the plan does not tell.
std::optional<bool> holds(const std::vector<SqlCondition>& conditions, const PlanNode& node, const PlanRowTypes& rows) {
  std::optional<bool> all = true;
  for (const SqlCondition& condition : conditions) {
    const auto value = rows.value(node, condition.value);
    if (!value)
      all = std::nullopt;
    else if ((std::ranges::find(condition.texts, *value) != condition.texts.end()) != condition.one_of)
      return false;
  }
  return all;
}

/// Whether the node's state is kept for a limited time only; nullopt where the plan leaves it to table.exec.state.ttl.
std::optional<bool> has_ttl(const PlanNode& node, const SqlState& state) {
  if (state.ttl.empty())
    return false;
  const auto said = std::ranges::find(node.states, state.ttl, &PlanState::name);
  return said == node.states.end() ? std::nullopt : std::optional(!said->ttl.starts_with("0 "));
}

const SerializerSnapshot* serializer_of(const State& state) {
  if (state.element)
    return &*state.element;
  return state.value ? &*state.value : nullptr;
}

std::string option(const State& state, const char* name) {
  for (const auto& [key, value] : state.options)
    if (key == name)
      return value;
  return "";
}

std::string node_text(const PlanNode& node) {
  return fmt::format("{}_{} with ID {}", node.type, node.version, node.id);
}

/// Compares all that the table tells of a state but its TTL.
ShapeComparison compare_state(const State& before, const SqlState& after, const PlanOperator& taker,
                              const PlanNode& node, const PlanRowTypes& rows) {
  const std::string type = option(before, "KEYED_STATE_TYPE");
  if (!after.type.empty() && !type.empty() && type != after.type && after.kind == StateKind::keyed)
    return {Answer::differs, fmt::format("it is {} state, and the plan's is {} state", type, after.type)};
  const SerializerShape* key = taker.made->key ? &*taker.made->key : nullptr;
  if (after.kind == StateKind::keyed && before.namespace_serializer) {
    ShapeComparison scope = compare_shape(*before.namespace_serializer, after.namespace_serializer, node, key, rows);
    if (scope.answer == Answer::differs)
      return {Answer::differs, "of its namespace: " + scope.reason};
  }
  return compare_shape(without_ttl(*serializer_of(before)).snapshot, after.serializer, node, key, rows);
}

}  // namespace

PlanPrediction::PlanPrediction(const CompiledPlan& plan, const Savepoint& before, const FlinkVersion& release,
                               const SqlNodeTable& table, const RecognisedUids& recognised)
    : plan_(plan),
      release_(release),
      table_(table),
      recognised_(recognised),
      operators_(operators_of_plan(plan, table)),
      rows_(plan, table),
      other_plan_because_(find_other_plan(before)) {}

std::string PlanPrediction::find_other_plan(const Savepoint& before) const {
  for (const OperatorState& operator_state : before.operators) {
    if (operators_.by_id.contains(operator_state.id))
      continue;
    if (const auto foreign = recognised_.find(operator_state.id))
      return fmt::format("it has an operator \"{}\" that the plan has not", foreign->uid);
  }
  return missing_operator(before);
}

std::string PlanPrediction::missing_operator(const Savepoint& before) const {
  std::set<std::size_t> seen_nodes;
  std::set<std::pair<std::size_t, const SqlOperator*>> seen;
  for (const OperatorState& operator_state : before.operators)
    if (const auto found = operators_.by_id.find(operator_state.id); found != operators_.by_id.end()) {
      seen_nodes.insert(found->second.node);
      seen.emplace(found->second.node, found->second.made);
    }
  for (const auto& [id, candidate] : operators_.by_id) {
    const PlanNode& node = plan_.nodes[candidate.node];
    if (candidate.made->always && !seen.contains({candidate.node, candidate.made}))
      return fmt::format("it has no operator \"{}\" as the plan has", candidate.uid);
    if (candidate.made->connector && !seen_nodes.contains(candidate.node))
      return fmt::format("it has no operator of the plan's {}", node_text(node));
  }
  return "";
}

PlanOperatorVerdict PlanPrediction::predict(const OperatorState& before) const {
  const auto found = operators_.by_id.find(before.id);
  if (found == operators_.by_id.end())
    return predict_unmatched(before);
  const PlanOperator& taker = found->second;
  PlanOperatorVerdict verdict{.taken = Taken::yes,
                              .uid = taker.uid,
                              .reason = fmt::format("the plan's {} has it", node_text(plan_.nodes[taker.node]))};
  check_key(before, taker, verdict);
  for (const State& state : before.states)
    verdict.states.push_back(predict_state(state, taker));
  return verdict;
}

PlanOperatorVerdict PlanPrediction::predict_unmatched(const OperatorState& before) const {
  PlanOperatorVerdict verdict;
  const auto recognised = recognised_.find(before.id);
  if (recognised) {
    verdict.uid = recognised->uid;
    const bool undescribed = std::ranges::any_of(
        operators_.undescribed_nodes, [&](std::size_t node) { return plan_.nodes[node].id == recognised->node; });
    verdict.taken = undescribed ? Taken::undetermined : Taken::no;
    verdict.reason = undescribed ? "the table does not describe the plan's node with this ID"
                                 : fmt::format("it is \"{}\", and no node of the plan makes that", recognised->uid);
    return verdict;
  }
  // A connector may name operators of its own; then those of its node are not found either.
  if (!operators_.undescribed_nodes.empty())
    verdict.reason = fmt::format("the table does not describe the plan's {}, which may have it",
                                 node_text(plan_.nodes[operators_.undescribed_nodes.front()]));
  else
    verdict.reason = "no known uid of the plan gives its ID, but a connector may give its operators names of its own";
  return verdict;
}

void PlanPrediction::check_key(const OperatorState& before, const PlanOperator& taker,
                               PlanOperatorVerdict& verdict) const {
  if (!before.key_serializer || !taker.made->key)
    return;
  const ShapeComparison key =
      compare_shape(*before.key_serializer, *taker.made->key, plan_.nodes[taker.node], nullptr, rows_);
  verdict.key_differs = key.answer == Answer::differs;
  if (verdict.key_differs)
    verdict.reason = "of its key: " + key.reason;
}

PlanStateVerdict PlanPrediction::untold(std::string reason) const {
  if (other_plan_because_.empty())
    return {StateOutcome::as_is, reason + "; the savepoint has the operators of this very plan, which kept it so"};
  return {StateOutcome::unknown,
          fmt::format("{}, and the savepoint may not be of this plan: {}", reason, other_plan_because_)};
}

/// A state that the table does not list for the operator.
PlanStateVerdict PlanPrediction::predict_undescribed(const State& before, const PlanOperator& taker) const {
  const PlanNode& node = plan_.nodes[taker.node];
  const SqlNode* described = table_.find(node.type, node.version);
  if (described->other_states_because.empty() && !taker.made->connector)
    return {StateOutcome::unknown, fmt::format("the table knows no such state of {}", node.type)};
  const SerializerSnapshot* serializer = serializer_of(before);
  if (taker.made->connector && serializer != nullptr && node.table && !node.table->columns.empty()) {
    const auto columns = rows_.columns(node, {.columns = RowShape::Columns::sink}, nullptr);
    std::string difference;
    for_each_snapshot(*serializer, "", [&](const SerializerSnapshot& part, const std::string&) {
      if (part.serializer == "RowDataSerializer" && difference.empty() && columns)
        difference = compare_columns(part, *columns).reason;
    });
    if (!difference.empty())
      return {StateOutcome::unknown, fmt::format("it is the connector's own, and {}", difference)};
  }
  return untold(described->other_states_because.empty() ? "its form is not told by the plan"
                                                        : described->other_states_because);
}

PlanStateVerdict PlanPrediction::predict_state(const State& before, const PlanOperator& taker) const {
  const PlanNode& node = plan_.nodes[taker.node];
  std::vector<const SqlState*> registered;
  std::vector<const SqlState*> perhaps;
  bool named = false;
  for (const SqlState& state : taker.made->states) {
    if (state.kind != before.kind || !name_fits(state.name, before.name))
      continue;
    named = true;
    const auto when = holds(state.when, node, rows_);
    if (!when)
      perhaps.push_back(&state);
    else if (*when)
      registered.push_back(&state);
  }
  if (!named)
    return predict_undescribed(before, taker);
  if (registered.empty() && perhaps.empty())
    return {StateOutcome::dropped, fmt::format("the plan's {} keeps its state in another way", node_text(node))};
  const bool certain = perhaps.empty() && registered.size() == 1;
  const SqlState& after = registered.empty() ? *perhaps.front() : *registered.front();
  if (serializer_of(before) == nullptr)
    return {StateOutcome::unknown, "its serializer could not be read"};
  if (before.backend_state_type == "KEY_VALUE_V2")
    return {StateOutcome::unknown, "it is asynchronous state, whose form the table does not describe"};
  if (!certain)
    return untold("the plan does not tell which of several forms it has");
  const auto ttl = has_ttl(node, after);
  if (ttl && *ttl != without_ttl(*serializer_of(before)).on)
    return {release_.major < 2 ? StateOutcome::incompatible : StateOutcome::unknown,
            *ttl ? "it was kept without a time to live, and the plan sets one"
                 : "it was kept with a time to live, and the plan sets none"};
  const ShapeComparison compared = compare_state(before, after, taker, node, rows_);
  if (compared.answer == Answer::differs)
    return {StateOutcome::incompatible, compared.reason};
  if (!after.partly_because.empty())
    return untold(after.partly_because);
  if (compared.answer == Answer::not_told)
    return untold(compared.reason);
  return ttl ? PlanStateVerdict{StateOutcome::as_is, "the plan keeps it with the same serializer"}
             : untold("the plan does not tell its time to live");
}

}  // namespace preflight
