#include "job/java_library.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace preflight {
namespace {

/// Combinations of choices that a call is followed into.
constexpr std::size_t kMostCombinations = 64;
constexpr std::size_t kMostCalls = 64;

/// Models of one part of java.* each, in the order in which they are asked.
using Part = std::optional<const Value*> (*)(Machine&, const LibraryCall&);
constexpr std::array<Part, 7> kParts = {call_text, call_box,    call_settings,     call_collection,
                                        call_map,  call_stream, call_object_method};

/// What a library may do with an own function that it is given, nobody knows: its body is looked at as code that may
/// run.
void look_at_functions(Machine& machine, const LibraryCall& call) {
  for (const Value* argument : call.arguments)
    if (const auto* lambda = argument->as<LambdaValue>()) {
      const Interpreter::Mark mark(machine.face, true, true);
      std::vector<const Value*> unknown;
      for (const std::string& type : method_type(lambda->specialized).parameters)
        unknown.push_back(machine.unknown(UnknownReason::library_internal, type, call.owner + "." + call.name));
      call_function(machine, argument, unknown);
    }
}

/// java.util may change a collection that it is handed (Collections.shuffle); the rest is taken to read only.
void forget_arguments(Machine& machine, const LibraryCall& call) {
  if (!call.owner.starts_with("java.util."))
    return;
  for (const Value* argument : call.arguments)
    for (const std::string_view slot : {kElements, kEntries})
      if (machine.sequence(argument, slot) != nullptr)
        machine.heap.set(identity(*argument), slot,
                         machine.unknown(UnknownReason::library_internal, {}, call.owner + "." + call.name));
}

void remember_call(Machine& machine, const Value* receiver, const Value* made) {
  const bool of_library = receiver->is<CallValue>() || !library_class(*receiver).empty();
  if (!of_library)
    return;
  const SequenceValue* known = machine.sequence(receiver, kCalls);
  std::vector<const Value*> calls = known == nullptr ? std::vector<const Value*>{} : known->values;
  if (calls.size() == kMostCalls)
    return;
  calls.push_back(made);
  machine.set_sequence(receiver, kCalls, std::move(calls));
}

}  // namespace

std::optional<const Value*> call_java_library(Machine& machine, const LibraryCall& call) {
  for (const Part& part : kParts)
    if (const auto result = part(machine, call))
      return result;
  return std::nullopt;
}

const Value* call_unmodelled(Machine& machine, const LibraryCall& call) {
  look_at_functions(machine, call);
  forget_arguments(machine, call);
  if (call.name == "<init>")
    return machine.values.null();
  const std::string result = method_type(call.descriptor).result;
  if (call.receiver != nullptr)
    if (const auto* unknown = call.receiver->as<UnknownValue>(); unknown != nullptr && result != "V")
      return machine.unknown(unknown->reason, result, unknown->detail);
  const Value* made =
      machine.values.call({0, call.owner, call.name, call.descriptor, call.receiver, call.arguments, call.place});
  if (call.receiver != nullptr)
    remember_call(machine, call.receiver, made);
  return result == "V" ? machine.values.null() : made;
}

const Value* unknown_from(Machine& machine, const Value* of, std::string type) {
  for (const Value* one : alternatives(of)) {
    if (const auto* unknown = one->as<UnknownValue>()) {
      UnknownValue derived = *unknown;
      derived.type = std::move(type);
      derived.pattern.clear();
      return machine.values.make(std::move(derived));
    }
    if (const auto* call = one->as<CallValue>())
      return machine.unknown(UnknownReason::library_internal, std::move(type), call->owner + "." + call->name);
  }
  return machine.unknown(UnknownReason::library_internal, std::move(type));
}

std::optional<const Value*> map_alternatives(Machine& machine, const std::vector<const Value*>& values,
                                             const PureFunction& function) {
  std::vector<std::vector<const Value*>> combinations = {{}};
  for (const Value* value : values) {
    std::vector<std::vector<const Value*>> longer;
    for (const auto& combination : combinations)
      for (const Value* one : alternatives(value)) {
        longer.push_back(combination);
        longer.back().push_back(one);
      }
    if (longer.size() > kMostCombinations)
      return std::nullopt;
    combinations = std::move(longer);
  }
  std::vector<const Value*> results;
  for (const auto& combination : combinations) {
    const auto result = function(combination);
    if (!result)
      return std::nullopt;
    results.push_back(*result);
  }
  return machine.values.one_of(results);
}

const Value* new_collection(Machine& machine, const char* class_name, std::vector<const Value*> elements) {
  const Value* collection = machine.values.object(class_name, machine.place());
  machine.set_sequence(collection, kElements, std::move(elements));
  return collection;
}

const SequenceValue* known_elements(Machine& machine, const Value* of) {
  return machine.sequence(of, kElements);
}

std::string_view library_class(const Value& value) {
  const auto* object = value.as<ObjectValue>();
  return object == nullptr ? std::string_view{} : std::string_view(object->class_name);
}

}  // namespace preflight
