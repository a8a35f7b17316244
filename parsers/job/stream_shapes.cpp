// The calls of StreamCalls that make no operator.

#include <algorithm>

#include "job/job_settings.h"
#include "job/key_selectors.h"
#include "job/stream_calls.h"

namespace preflight {
namespace {

const std::string kOutputTag = "org.apache.flink.util.OutputTag";

/// What windows over all elements and patterns over a stream without key are keyed by (NullByteKeySelector).
void key_by_nothing(StreamInput& input, const CodePlace& place) {
  input.key = extracted_type(class_type("java.lang.Byte"), place);
  for (JobEdge& edge : input.edges)
    edge.partitioner = "hash";
}

/// The constructor of an OutputTag's own: of `new OutputTag<T>("late") {}` that of its super class.
const Construction& tag_constructor(const ObjectValue& tag) {
  return tag.class_name == kOutputTag ? tag.constructor : tag.library_constructor;
}

}  // namespace

Stream StreamCalls::key_by(const JobCall& row, const LibraryCall& call, const Stream& subject) {
  const CallArguments arguments = arguments_of(call, table_);
  Stream result = subject;
  // where() is the key of the first joined stream, equalTo() that of the second.
  const bool joins = row.effect == JobCallEffect::join_key;
  const std::size_t first = joins && !result.inputs.empty() && result.inputs.front().key ? 1 : 0;
  const std::size_t last = joins ? std::min(first + 1, result.inputs.size()) : result.inputs.size();
  for (std::size_t i = first; i < last; ++i) {
    StreamInput& input = result.inputs[i];
    input.key = key_of(call, arguments, joins ? 0 : i, input);
    input.key_selector = selector_of(call, arguments, joins ? 0 : i);
    for (JobEdge& edge : input.edges)
      edge.partitioner = row.partitioner.empty() ? "hash" : row.partitioner;
  }
  return result;
}

TypeExpression StreamCalls::key_of(const LibraryCall& call, const CallArguments& arguments, std::size_t index,
                                   const StreamInput& input) {
  if (!arguments.result_types.empty())
    return types_.values.type_of(arguments.result_types.back());
  if (index < arguments.key_selectors.size()) {
    const FunctionArgument& selector = arguments.key_selectors[index];
    return types_.functions.type_of(selector.value, *selector.row, "key", {type_of(input)});
  }
  return key_of_fields(key_fields(call, index), type_of(input));
}

JobKeySelector StreamCalls::selector_of(const LibraryCall& call, const CallArguments& arguments, std::size_t index) {
  // The Scala API takes any function for a selector.
  const std::vector<FunctionArgument>& selectors =
      arguments.key_selectors.empty() ? arguments.functions : arguments.key_selectors;
  if (index < selectors.size())
    return key_selector_of(selectors[index], interpreter_.classes());
  return key_selector_of_fields(key_fields(call, index));
}

std::vector<const Value*> StreamCalls::key_fields(const LibraryCall& call, std::size_t index) {
  // keyBy("a", "b") has one array of names; ConnectedStreams.keyBy("a", "b") has one name for each input.
  const bool one_each = stream_of(call.receiver) != nullptr && stream_of(call.receiver)->inputs.size() == 2;
  if (!one_each)
    return flattened(call.arguments);
  return index < call.arguments.size() ? flattened({call.arguments[index]}) : call.arguments;
}

TypeExpression StreamCalls::key_of_fields(const std::vector<const Value*>& fields, const TypeExpression& input) {
  TypeExpression key;
  key.form = TypeExpression::Form::type_information;
  key.made_class = "org.apache.flink.api.java.typeutils.TupleTypeInfo";
  key.place = interpreter_.place();
  for (const Value* field : fields)
    key.arguments.push_back(types_.functions.field_of(input, field));
  return key;
}

Stream StreamCalls::merged(const LibraryCall& call, const Stream& subject) {
  Stream result = subject;
  for (const Value* value : flattened(call.arguments)) {
    const auto input = input_of(value);
    if (!input) {
      draft_.lose_operators("a stream of a union", why_unknown(value), call.place);
      continue;
    }
    if (result.inputs.empty())
      result.inputs.emplace_back();
    std::vector<JobEdge>& edges = result.inputs.front().edges;
    edges.insert(edges.end(), input->edges.begin(), input->edges.end());
  }
  for (StreamInput& input : result.inputs) {
    input.key.reset();
    input.key_selector.reset();
  }
  return result;
}

Stream StreamCalls::joined(const LibraryCall& call, const Stream& subject) {
  Stream result = subject;
  result.window = std::make_shared<WindowDraft>();
  const Value* other = call.arguments.empty() ? nullptr : call.arguments.back();
  const auto input = input_of(other);
  if (!input)
    draft_.lose_operators("a stream that is joined or connected", why_unknown(other), call.place);
  result.inputs.push_back(input.value_or(StreamInput{}));
  if (const Stream* stream = stream_of(other))
    result.broadcast_states = stream->broadcast_states;
  return result;
}

Stream StreamCalls::side_output(const LibraryCall& call, const Stream& subject) {
  Stream result = subject;
  const Value* value = call.arguments.empty() ? nullptr : call.arguments.front();
  const auto* tag = value == nullptr ? nullptr : value->as<ObjectValue>();
  TypeExpression type = unknown_type(why_unknown(value), call.place);
  std::string id;
  if (tag != nullptr) {
    const Construction& constructor = tag_constructor(*tag);
    if (const auto name =
            text_setting(constructor.arguments.empty() ? nullptr : constructor.arguments.front(), call.place);
        name.known())
      id = name.values.front();
    if (constructor.arguments.size() > 1)
      type = types_.values.type_of(constructor.arguments[1]);
    else if (const auto named = types_.functions.argument_of(tag->class_name, kOutputTag))
      type = extracted_type(*named, call.place);
  }
  for (StreamInput& input : result.inputs) {
    input.own_type = type;
    for (JobEdge& edge : input.edges)
      edge.side_output = id;
  }
  return result;
}

Stream StreamCalls::windowed(const JobCall& row, const LibraryCall& call, const Stream& subject) {
  Stream result = subject;
  if (!result.window || row.effect == JobCallEffect::window)
    result.window = std::make_shared<WindowDraft>();
  const Value* argument = call.arguments.empty() ? nullptr : call.arguments.front();
  WindowDraft& window = *result.window;
  window.uncertain = window.uncertain || (row.effect != JobCallEffect::window && call.conditional);
  if (row.effect == JobCallEffect::trigger) {
    window.trigger = argument;
    window.trigger_class = class_of(argument);
  } else if (row.effect == JobCallEffect::evictor) {
    window.evictor = true;
  } else {
    window.assigner = row.assigner.empty() ? argument : nullptr;
    window.assigner_class = row.assigner.empty() ? class_of(argument) : row.assigner;
    window.trigger_class = row.window_trigger;
    window.evictor = !row.window_evictor.empty();
  }
  if (row.keyed_by_nothing) {
    result.single = true;
    for (StreamInput& input : result.inputs)
      key_by_nothing(input, call.place);
  }
  return result;
}

Stream StreamCalls::pattern(const Stream& subject) {
  Stream result = subject;
  for (StreamInput& input : result.inputs)
    if (!input.key) {
      result.single = true;
      key_by_nothing(input, interpreter_.place());
    }
  return result;
}

std::vector<const Value*> StreamCalls::flattened(const std::vector<const Value*>& values) {
  std::vector<const Value*> result;
  for (const Value* value : values)
    if (const auto elements = interpreter_.elements(value))
      result.insert(result.end(), elements->begin(), elements->end());
    else
      result.push_back(value);
  return result;
}

}  // namespace preflight
