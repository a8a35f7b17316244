// The calls of StreamCalls that make operators.

#include <algorithm>

#include "job/aspects.h"
#include "job/job_settings.h"
#include "job/stream_calls.h"

namespace preflight {
namespace {

JobValue<std::int32_t> fixed(std::int32_t number, const CodePlace& place) {
  return {.knowledge = JobValue<std::int32_t>::Knowledge::known,
          .values = {number},
          .pattern = {},
          .reason = {},
          .place = place};
}

bool gives(const JobFunction& row, std::string_view meaning) {
  return row.parameter(meaning).has_value();
}

}  // namespace

Stream StreamCalls::made(const JobCall& row, const LibraryCall& call, const Stream& subject) {
  const CallArguments arguments = arguments_of(call, table_);
  OperatorDraft draft = draft_of(row, arguments, subject);
  if (!row.told_accumulator.empty() && arguments.result_types.size() > 1)
    draft.accumulator = types_.values.type_of(row.told_accumulator == "last" ? arguments.result_types.back()
                                                                             : arguments.result_types.front());
  add_connector(row, arguments, call, draft);
  JobOperator made{.call = row.label,
                   .chaining = row.chaining,
                   .conditional = call.conditional,
                   .may_repeat = call.repeated,
                   .place = call.place};
  name_function(made, draft);
  if (row.effect == JobCallEffect::source && !arguments.texts.empty())
    made.name = text_setting(arguments.texts.back(), call.place);
  if (row.parallelism != 0 || runs_once(row, arguments, subject))
    made.parallelism = fixed(std::max(row.parallelism, 1), call.place);
  if (!subject.inputs.empty() && subject.inputs.front().key)
    made.key = subject.inputs.front().key;
  for (const StreamInput& input : subject.inputs)
    if (input.key_selector)
      made.key_selectors.push_back(*input.key_selector);
  made.output = output_of(row, call, arguments, draft);
  const std::vector<StreamInput> inputs = through_companions(draft, subject.inputs, call);
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (JobEdge edge : inputs[i].edges) {
      edge.input = draft.operator_kind == "co-group" ? 0 : static_cast<int>(i);
      made.inputs.push_back(std::move(edge));
    }
  const std::uint32_t index = draft_.add(std::move(made), std::move(draft));
  add_companions_behind(index, call);
  Stream result;
  result.operators = {index};
  result.inputs = {{.edges = {{.from = index}}, .own_type = {}, .key = {}, .key_selector = {}}};
  return result;
}

OperatorDraft StreamCalls::draft_of(const JobCall& row, const CallArguments& arguments, const Stream& subject) {
  OperatorDraft draft{.operator_kind = row.operator_kind, .functions = arguments.functions, .window = subject.window};
  draft.broadcast_states = subject.broadcast_states;
  if (!row.aspect.empty())
    draft.aspects.push_back(row.aspect);
  for (const FunctionArgument& function : arguments.functions)
    if (!function.row->aspect.empty())
      draft.aspects.push_back(function.row->aspect);
  for (const StreamInput& input : subject.inputs)
    draft.inputs.push_back(type_of(input));
  if (!subject.inputs.empty() && subject.inputs.front().key)
    draft.aspects.emplace_back("keyed");
  if (draft.window && draft.window->evictor)
    draft.aspects.emplace_back("evictor");
  if (draft.window) {
    const auto assigner = table_.assigners.find(draft.window->assigner_class);
    if (assigner != table_.assigners.end() && assigner->second.merging)
      draft.aspects.emplace_back("merging");
  }
  return draft;
}

/// Sources and sinks that are no functions, and what is known of them by their classes.
void StreamCalls::add_connector(const JobCall& row, const CallArguments& arguments, const LibraryCall& call,
                                OperatorDraft& draft) {
  const bool source = row.effect == JobCallEffect::source;
  if ((!source && row.effect != JobCallEffect::sink) || row.operator_kind.empty() || !arguments.functions.empty())
    return;
  for (const Value* other : arguments.others)
    if (stream_of(other) == nullptr && !class_of(other).empty()) {
      draft.connector = other;
      break;
    }
  if (row.operator_kind != "sink-writer")
    return;
  const std::string name = class_of(draft.connector);
  std::vector<std::string> classes = interpreter_.classes().library_ancestors(name);
  classes.insert(classes.begin(), name);
  bool known = false;
  for (const std::string& one : classes)
    if (const auto found = table_.connectors.find(one); found != table_.connectors.end()) {
      known = true;
      draft.aspects.insert(draft.aspects.end(), found->second.aspects.begin(), found->second.aspects.end());
    }
  const bool own_topology = std::ranges::find(draft.aspects, "own-topology") != draft.aspects.end();
  if (!known || own_topology)
    draft_.lose_operators("the sink " + (name.empty() ? why_unknown(draft.connector) : name),
                          own_topology ? "it adds operators of its own" : "custom-operator(" + name + ")", call.place);
  if (!known)
    draft.aspects.emplace_back("unknown-sink");
}

bool StreamCalls::runs_once(const JobCall& row, const CallArguments& arguments, const Stream& subject) {
  if (subject.single)
    return true;
  if (row.effect != JobCallEffect::source || arguments.functions.empty())
    return false;
  const Value* source = arguments.functions.front().value;
  if (source == nullptr || source->is<UnknownValue>())
    return false;
  if (source->is<LambdaValue>())
    return true;
  const std::string name = class_of(source);
  if (const auto known = table_.connectors.find(name); known != table_.connectors.end())
    return !known->second.parallel;
  const std::vector<const JobFunction*> rows = types_.functions.rows_of(name);
  return !rows.empty() && std::ranges::all_of(rows, [](const JobFunction* one) {
    return one->parameters != std::vector<std::string>{"output"} || one->aspect == "not-parallel";
  });
}

TypeExpression StreamCalls::type_of(const StreamInput& input) const {
  if (input.own_type)
    return *input.own_type;
  if (input.edges.empty())
    return unknown_type("the stream that comes in was not followed", interpreter_.place());
  return draft_.job.operators[input.edges.front().from].output;
}

TypeExpression StreamCalls::output_of(const JobCall& row, const LibraryCall& call, const CallArguments& arguments,
                                      const OperatorDraft& draft) {
  if (row.effect == JobCallEffect::sink)
    return unknown_type("a sink has no results", call.place);
  const TypeExpression input =
      draft.inputs.empty() ? unknown_type("it has no input that was followed", call.place) : draft.inputs.front();
  if (!arguments.result_types.empty())
    return types_.values.type_of(row.told_accumulator == "last" ? arguments.result_types.front()
                                                                : arguments.result_types.back());
  switch (row.output) {
    case JobOutput::input:
      return input;
    case JobOutput::function: {
      const auto giver = std::find_if(arguments.functions.rbegin(), arguments.functions.rend(),
                                      [](const FunctionArgument& one) { return gives(*one.row, "output"); });
      return giver == arguments.functions.rend()
                 ? input
                 : types_.functions.type_of(giver->value, *giver->row, "output", draft.inputs);
    }
    case JobOutput::produced:
      if (!arguments.functions.empty())
        return types_.functions.type_of(arguments.functions.front().value, *arguments.functions.front().row, "output",
                                        {});
      return types_.functions.produced_by(draft.connector);
    case JobOutput::fixed:
      return extracted_type(class_type(row.type), call.place);
    case JobOutput::elements:
      return types_.functions.type_of_elements(call.arguments);
    case JobOutput::fields:
      return key_of_fields(flattened(call.arguments), input);
    case JobOutput::none:
    case JobOutput::unknown:
      break;
  }
  return unknown_type("custom-operator(" + row.name + ")", call.place);
}

void StreamCalls::name_function(JobOperator& made, const OperatorDraft& draft) const {
  const Value* function = draft.functions.empty() ? draft.connector : draft.functions.back().value;
  const auto* lambda = function == nullptr ? nullptr : function->as<LambdaValue>();
  if (lambda != nullptr)
    made.function_method = lambda->target.owner + "." + lambda->target.name;
  else if (function != nullptr && !function->is<UnknownValue>())
    made.function_class = class_of(function);
}

std::uint32_t StreamCalls::add_companion(const CompanionOperator& row, const LibraryCall& call) {
  JobOperator made{
      .call = row.label, .conditional = call.conditional, .may_repeat = call.repeated, .place = call.place};
  if (row.parallelism != 0)
    made.parallelism = fixed(row.parallelism, call.place);
  return draft_.add(
      std::move(made),
      {.operator_kind = row.operator_kind, .uid_form = row.uid, .tags_input = row.before && row.parallelism == 0});
}

std::vector<StreamInput> StreamCalls::through_companions(const OperatorDraft& draft, std::vector<StreamInput> inputs,
                                                         const LibraryCall& call) {
  for (const CompanionOperator& row : table_.companions) {
    if (row.of != draft.operator_kind || !row.before || !aspects_hold(row.when, draft.aspects))
      continue;
    const std::uint32_t index = add_companion(row, call);
    const auto at = static_cast<std::size_t>(row.input);
    if (at >= inputs.size())
      inputs.resize(at + 1);
    JobEdge edge{.from = index};
    for (JobEdge& before : inputs[at].edges) {
      edge.partitioner = before.partitioner;
      before.partitioner.clear();
    }
    draft_.job.operators[index].inputs = std::move(inputs[at].edges);
    inputs[at].edges = {edge};
  }
  return inputs;
}

void StreamCalls::add_companions_behind(std::uint32_t index, const LibraryCall& call) {
  for (const CompanionOperator& row : table_.companions) {
    const OperatorDraft& draft = draft_.drafts[index];
    if (row.of != draft.operator_kind || row.before || !aspects_hold(row.when, draft.aspects))
      continue;
    const std::uint32_t added = add_companion(row, call);
    draft_.job.operators[added].inputs.push_back({.from = index});
    draft_.drafts[added].main_operator = index;
  }
}

}  // namespace preflight
