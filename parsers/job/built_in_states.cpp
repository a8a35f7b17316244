#include "job/built_in_states.h"

#include <algorithm>

#include "job/aspects.h"
#include "job/job_settings.h"
#include "job/type_template.h"

namespace preflight {
namespace {

const std::string kMergingAssigner = "org.apache.flink.streaming.api.windowing.assigners.MergingWindowAssigner";
/// Triggers within triggers.
constexpr int kDeepestTrigger = 8;

/// Kinds of operators whose windows are described by a WindowDraft.
bool has_windows(const OperatorDraft& draft) {
  return draft.window && !draft.window->assigner_class.empty();
}

}  // namespace

void BuiltInStates::add_to(std::uint32_t index) {
  look_at_windows(index);
  const OperatorDraft draft = draft_.drafts[index];
  add_kind(index, draft.operator_kind);
  add_connector(index, draft.operator_kind);
  for (const FunctionArgument& function : draft.functions) {
    if (!function.row->operator_kind.empty() && function.value->is<LambdaValue>())
      add_kind(index, function.row->operator_kind);
    for (const JobFunction* row : types_.functions.rows_of(class_of(function.value)))
      add_kind(index, row->operator_kind);
    add_connector(index, class_of(function.value));
  }
  add_connector(index, class_of(draft.connector));
  if (has_windows(draft) && !draft.window->trigger_class.empty())
    add_trigger(index, draft.window->trigger, draft.window->trigger_class, 0);
}

void BuiltInStates::look_at_windows(std::uint32_t index) {
  OperatorDraft& draft = draft_.drafts[index];
  const bool windowed = std::ranges::any_of(table_.states, [&](const BuiltInState& row) {
    return row.operator_kind == draft.operator_kind && row.name_space == "$window";
  });
  if (!windowed)
    return;
  const JobOperator& op = draft_.job.operators[index];
  const auto lose = [&](const char* what, const std::string& reason) {
    draft_.lose_states(index, what, reason, op.place);
  };
  if (!has_windows(draft))
    return lose("its windows", why_unknown(draft.window ? draft.window->assigner : nullptr));
  if (draft.window->trigger != nullptr && draft.window->trigger_class.empty())
    lose("its trigger", why_unknown(draft.window->trigger));
  if (draft.window->uncertain && !op.conditional)
    lose("its trigger or evictor", "it is set on some paths only");
  const std::string& assigner = draft.window->assigner_class;
  if (table_.assigners.contains(assigner))
    return;
  if (!interpreter_.classes().is_own(assigner))
    lose("its windows", "library-internal(" + assigner + ")");
  else if (interpreter_.classes().is_subtype(assigner, kMergingAssigner))
    draft.aspects.emplace_back("merging");
}

void BuiltInStates::add_kind(std::uint32_t index, const std::string& kind) {
  if (kind.empty())
    return;
  bool any = false;
  for (const BuiltInState& row : table_.states) {
    if (row.operator_kind != kind)
      continue;
    any = true;
    if (!aspects_hold(row.when, draft_.drafts[index].aspects))
      continue;
    const CodePlace place = draft_.job.operators[index].place;
    const TypeVariables variables = [&](std::string_view name) { return variable(index, name); };
    JobState state{.kind = row.kind};
    state.name = {.knowledge = JobValue<std::string>::Knowledge::known,
                  .values = {row.name},
                  .pattern = {},
                  .reason = {},
                  .place = place};
    if (!row.value.empty())
      state.value = expand_type(row.value, variables);
    if (!row.key.empty())
      state.key = expand_type(row.key, variables);
    if (!row.name_space.empty())
      state.namespace_type = expand_type(row.name_space, variables);
    draft_.job.operators[index].states.push_back(std::move(state));
  }
  if (!any)
    draft_.lose_states(index, "a " + kind + " operator", "custom-operator", draft_.job.operators[index].place);
}

TypeExpression BuiltInStates::variable(std::uint32_t index, std::string_view name) {
  const OperatorDraft& draft = draft_.drafts[index];
  const std::size_t input = name == "input2" ? 1 : 0;
  if (name.starts_with("input"))
    return input < draft.inputs.size() ? draft.inputs[input]
                                       : unknown_type("the stream that comes in was not followed");
  if (name == "accumulator")
    return accumulator(index);
  if (name == "window")
    return window_serializer(index);
  if (name == "trigger") {
    const auto* call = trigger_ == nullptr ? nullptr : trigger_->as<CallValue>();
    for (std::size_t i = call == nullptr ? 0 : call->arguments.size(); i > 0; --i)
      if (TypeExpression type = types_.values.type_of(call->arguments[i - 1]);
          type.form != TypeExpression::Form::unknown)
        return type;
    return unknown_type("the trigger was not followed");
  }
  return unknown_type("a variable that the table has by mistake: " + std::string(name));
}

TypeExpression BuiltInStates::accumulator(std::uint32_t index) {
  const OperatorDraft& draft = draft_.drafts[index];
  if (draft.accumulator)
    return *draft.accumulator;
  for (const FunctionArgument& function : draft.functions)
    if (function.row->parameter("accumulator"))
      return types_.functions.type_of(function.value, *function.row, "accumulator", draft.inputs);
  return unknown_type("the accumulator was not found", draft_.job.operators[index].place);
}

TypeExpression BuiltInStates::window_serializer(std::uint32_t index) {
  const std::shared_ptr<const WindowDraft> window = draft_.drafts[index].window;
  const CodePlace place = draft_.job.operators[index].place;
  if (!window)
    return unknown_type("the windows were not followed", place);
  const auto row = table_.assigners.find(window->assigner_class);
  if (row == table_.assigners.end()) {
    if (window->assigner == nullptr)
      return unknown_type("the windows were not followed", place);
    const Value* config = interpreter_.values().unknown(UnknownReason::parameter);
    return types_.values.type_of(interpreter_.invoke_virtual(window->assigner, "getWindowSerializer", "", {config}));
  }
  TypeExpression type;
  type.form = TypeExpression::Form::serializer;
  type.made_class = row->second.window + "$Serializer";
  return type;
}

void BuiltInStates::add_trigger(std::uint32_t index, const Value* trigger, const std::string& class_name, int depth) {
  const auto row = table_.triggers.find(class_name);
  if (row == table_.triggers.end()) {
    if (!interpreter_.classes().is_own(class_name))
      draft_.lose_states(index, "its trigger", "library-internal(" + class_name + ")",
                         draft_.job.operators[index].place);
    return;
  }
  trigger_ = trigger;
  for (const std::string& kind : row->second.states)
    add_kind(index, kind);
  const auto* call = trigger == nullptr ? nullptr : trigger->as<CallValue>();
  if (call == nullptr || depth >= kDeepestTrigger)
    return;
  for (const Value* argument : call->arguments)
    if (const std::string nested = class_of(argument); table_.triggers.contains(nested))
      add_trigger(index, argument, nested, depth + 1);
}

void BuiltInStates::add_connector(std::uint32_t index, const std::string& name) {
  const auto row = table_.connectors.find(name);
  if (row == table_.connectors.end())
    return;
  add_kind(index, row->second.operator_kind);
  if (!row->second.states_known)
    draft_.lose_states(index, name, "library-internal(" + name + ")", draft_.job.operators[index].place);
  if (!row->second.payload.empty())
    for (JobState& state : draft_.job.operators[index].states)
      if (state.kind == JobStateKind::operator_list || state.kind == JobStateKind::coordinator)
        state.payload = row->second.payload;
}

}  // namespace preflight
