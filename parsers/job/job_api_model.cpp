#include "job/job_api_model.h"

#include <algorithm>

#include "job/configuration_options.h"
#include "job/job_settings.h"
#include "job/method_types.h"
#include "job/operator_settings.h"
#include "job/serialization_calls.h"
#include "job/stream_calls.h"

namespace preflight {
namespace {

bool of_java(std::string_view class_name) {
  return class_name.starts_with("java.") || class_name.starts_with("javax.");
}

bool stands_for_job(const Value* value) {
  return stream_of(value) != nullptr || (value != nullptr && value->payload<EnvironmentValue>() != nullptr);
}

}  // namespace

JobTypes& JobApiModel::types(Interpreter& interpreter) {
  if (!types_)
    types_.emplace(table_, interpreter, shapes_);
  return *types_;
}

std::optional<const Value*> JobApiModel::static_field(const std::string& /*owner*/, const std::string& /*name*/,
                                                      const std::string& /*descriptor*/, Interpreter& /*interpreter*/) {
  return std::nullopt;
}

/// By the class that the receiver really has, since a KeyedStream that is called as a DataStream stays one.
const JobCall* JobApiModel::row_of(const LibraryCall& call) const {
  if (const std::string name = class_of(call.receiver); stream_of(call.receiver) != nullptr && !name.empty())
    if (const JobCall* row = table_.find_call(name, call.name, call.descriptor))
      return row;
  return table_.find_call(call.owner, call.name, call.descriptor);
}

std::optional<const Value*> JobApiModel::call(const LibraryCall& call, Interpreter& interpreter) {
  if (const JobCall* row = row_of(call))
    return apply(*row, call, interpreter);
  if (language_call(call) == nullptr)
    note_foreign(call, interpreter);
  return std::nullopt;
}

std::optional<const Value*> JobApiModel::apply(const JobCall& row, const LibraryCall& call, Interpreter& interpreter) {
  JobTypes& types = this->types(interpreter);
  JobModel& job = draft_.job;
  const Value* argument = call.arguments.empty() ? nullptr : call.arguments.front();
  if (apply_setting(row, call, draft_, types) || apply_serialization(row, call, draft_))
    return kept(call, interpreter);
  switch (row.effect) {
    case JobCallEffect::environment:
      apply_configuration(call, table_, draft_, interpreter);
      return interpreter.values().modelled(std::make_unique<EnvironmentValue>(), row.owner);
    case JobCallEffect::default_parallelism:
      job.default_parallelism = number_setting(argument, call.place);
      break;
    case JobCallEffect::default_max_parallelism:
      job.default_max_parallelism = number_setting(argument, call.place);
      break;
    case JobCallEffect::no_chaining:
      job.chaining = false;
      break;
    case JobCallEffect::configuration:
      apply_configuration(call, table_, draft_, interpreter);
      break;
    case JobCallEffect::table:
      job.uses_table_api = true;
      return std::nullopt;
    case JobCallEffect::custom_operator:
    case JobCallEffect::queryable:
      draft_.lose_operators(row.name + "()", "custom-operator", call.place);
      break;
    case JobCallEffect::time_to_live:
      states_.enable_time_to_live(call);
      break;
    case JobCallEffect::state_store:
      return interpreter.values().modelled(std::make_unique<StateStoreValue>(row.by_window),
                                           class_of_type(result_type_of(call.descriptor)));
    case JobCallEffect::register_state:
      states_.register_state(row, call, types);
      return std::nullopt;
    case JobCallEffect::part:
      return std::nullopt;
    case JobCallEffect::keep:
      break;
    default:
      return StreamCalls(table_, draft_, interpreter, types).apply(row, call);
  }
  return kept(call, interpreter);
}

/// A fluent call gives its receiver, as the class that it is declared to give.
std::optional<const Value*> JobApiModel::kept(const LibraryCall& call, Interpreter& interpreter) const {
  const std::string result = class_of_type(result_type_of(call.descriptor));
  if (call.receiver == nullptr || !table_.is_api_class(result))
    return std::nullopt;
  const Stream* stream = stream_of(call.receiver);
  if (stream == nullptr || class_of(call.receiver) == result)
    return call.receiver;
  return interpreter.values().modelled(std::make_unique<StreamValue>(*stream), result);
}

/// A library that gets hold of a stream may do anything with it.
void JobApiModel::note_foreign(const LibraryCall& call, Interpreter& interpreter) {
  if (of_java(call.owner))
    return;
  bool given = stands_for_job(call.receiver) && table_.is_api_class(class_of_type(result_type_of(call.descriptor)));
  for (const Value* argument : call.arguments) {
    given = given || stands_for_job(argument);
    if (const auto elements = interpreter.elements(argument))
      given = given || std::ranges::any_of(*elements, stands_for_job);
  }
  if (given)
    draft_.lose_operators(call.owner + "." + call.name + "()", "library-internal(" + call.owner + "." + call.name + ")",
                          call.place);
}

}  // namespace preflight
