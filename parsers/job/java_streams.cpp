#include <algorithm>
#include <string_view>
#include <utility>

#include "job/java_library.h"

namespace preflight {
namespace {

constexpr const char* kStream = "java.util.stream.Stream";

const Value* new_stream(Machine& machine, std::vector<const Value*> elements) {
  return new_collection(machine, kStream, std::move(elements));
}

std::optional<const Value*> make_stream(Machine& machine, const LibraryCall& call) {
  const bool of_array = (call.owner == "java.util.Arrays" && call.name == "stream" && call.arguments.size() == 1) ||
                        (call.owner == kStream && call.name == "of" && call.descriptor.starts_with("(["));
  if (of_array) {
    const SequenceValue* elements = known_elements(machine, call.arguments[0]);
    return elements == nullptr ? std::nullopt : std::optional(new_stream(machine, elements->values));
  }
  if (call.owner == kStream && call.name == "of")
    return new_stream(machine, call.arguments);
  const bool range = call.owner == "java.util.stream.IntStream" && call.name.starts_with("range");
  if (!range || call.arguments.size() != 2)
    return std::nullopt;
  const auto* from = call.arguments[0]->as<IntegerValue>();
  const auto* to = call.arguments[1]->as<IntegerValue>();
  if (from == nullptr || to == nullptr)
    return std::nullopt;
  const std::int64_t end = to->value + (call.name == "rangeClosed" ? 1 : 0);
  if (end - from->value > static_cast<std::int64_t>(machine.limits.unrolled_turns))
    return std::nullopt;
  std::vector<const Value*> numbers;
  for (std::int64_t i = from->value; i < end; ++i)
    numbers.push_back(machine.values.integer(i));
  return new_stream(machine, std::move(numbers));
}

/// What a function makes of each element; nothing where it throws.
std::optional<std::vector<const Value*>> mapped(Machine& machine, const Value* function,
                                                const std::vector<const Value*>& elements) {
  std::vector<const Value*> results;
  for (const Value* element : elements) {
    const auto result = call_function(machine, function, {element});
    if (!result)
      return std::nullopt;
    results.push_back(*result);
  }
  return results;
}

std::optional<const Value*> filtered(Machine& machine, const Value* function,
                                     const std::vector<const Value*>& elements) {
  const auto kept = mapped(machine, function, elements);
  std::vector<const Value*> results;
  for (std::size_t i = 0; kept && i < elements.size(); ++i) {
    const auto* keep = (*kept)[i]->as<IntegerValue>();
    if (keep == nullptr)
      return std::nullopt;
    if (keep->value != 0)
      results.push_back(elements[i]);
  }
  return kept ? std::optional(new_stream(machine, std::move(results))) : std::nullopt;
}

/// Stream.collect, of the collectors that keep every element.
std::optional<const Value*> collected(Machine& machine, const Value* collector,
                                      const std::vector<const Value*>& elements) {
  const auto* made = collector->as<CallValue>();
  if (made == nullptr || made->owner != "java.util.stream.Collectors")
    return std::nullopt;
  if (made->name == "toList" || made->name == "toUnmodifiableList")
    return new_collection(machine, "java.util.List", elements);
  if (made->name == "toSet" || made->name == "toUnmodifiableSet")
    return new_collection(machine, "java.util.Set", elements);
  if (made->name != "joining" || made->arguments.size() > 1)
    return std::nullopt;
  std::vector<const Value*> parts;
  for (const Value* element : elements) {
    if (!parts.empty() && !made->arguments.empty())
      parts.push_back(made->arguments[0]);
    parts.push_back(element);
  }
  return join_texts(machine, parts);
}

std::optional<const Value*> call_on_stream(Machine& machine, const LibraryCall& call,
                                           const std::vector<const Value*>& elements) {
  const std::string& name = call.name;
  if (call.arguments.empty()) {
    if (name == "toList")
      return new_collection(machine, "java.util.List", elements);
    if (name == "boxed" || name == "sequential" || name == "distinct" || name == "sorted")
      return new_stream(machine, elements);
    if (name == "count")
      return machine.values.integer(static_cast<std::int64_t>(elements.size()), 'J');
    return name == "toArray" ? std::optional(machine.new_array("Ljava/lang/Object;", elements)) : std::nullopt;
  }
  const Value* given = call.arguments[0];
  if (name == "map" || name == "mapToObj" || name == "mapToInt") {
    auto results = mapped(machine, given, elements);
    return results ? std::optional(new_stream(machine, std::move(*results))) : std::nullopt;
  }
  if (name == "filter")
    return filtered(machine, given, elements);
  if (name == "toArray")
    return machine.new_array("Ljava/lang/Object;", elements);
  if (name == "collect" && call.arguments.size() == 1)
    return collected(machine, given, elements);
  return std::nullopt;
}

bool is_optional(std::string_view owner) {
  return owner == "java.util.Optional";
}

/// What an Optional holds: null where it is empty; nullptr where that is not known.
const Value* wrapped_in(Machine& machine, const Value* optional) {
  const std::uint32_t id = identity(*optional);
  return id == 0 ? nullptr : machine.heap.get(id, kWrapped);
}

const Value* new_optional(Machine& machine, const Value* wrapped) {
  const Value* optional = machine.values.object("java.util.Optional", machine.place());
  machine.heap.set(identity(*optional), kWrapped, wrapped);
  return optional;
}

std::optional<const Value*> call_on_optional(Machine& machine, const LibraryCall& call) {
  const Value* wrapped = wrapped_in(machine, call.receiver);
  const bool known =
      wrapped != nullptr && !wrapped->is<UnknownValue>() && !wrapped->is<ChoiceValue>() && !wrapped->is<CallValue>();
  const Value* inside = wrapped != nullptr ? wrapped : unknown_from(machine, call.receiver, {});
  const bool empty = known && wrapped->is<NullValue>();
  const std::string& name = call.name;
  if (name == "get" || name == "orElseThrow")
    return inside;
  if (name == "isPresent" || name == "isEmpty")
    return known ? machine.values.integer(empty == (name == "isEmpty") ? 1 : 0, 'Z')
                 : unknown_from(machine, inside, "Z");
  if (call.arguments.empty())
    return std::nullopt;
  const Interpreter::Mark mark(machine.face, !known, false);
  if (name == "orElse" || name == "orElseGet") {
    if (known && !empty)
      return wrapped;
    const Value* other =
        name == "orElse" ? call.arguments[0] : call_function(machine, call.arguments[0], {}).value_or(inside);
    return empty ? other : machine.values.either(inside, other);
  }
  if (name == "ifPresent" && !empty)
    call_function(machine, call.arguments[0], {inside});
  if (name == "ifPresent")
    return machine.values.null();
  if (name == "map")
    return empty ? call.receiver
                 : new_optional(machine, call_function(machine, call.arguments[0], {inside}).value_or(inside));
  return std::nullopt;
}

std::optional<const Value*> call_optional(Machine& machine, const LibraryCall& call) {
  if (call.receiver != nullptr)
    return call_on_optional(machine, call);
  if (call.name == "empty")
    return new_optional(machine, machine.values.null());
  return (call.name == "of" || call.name == "ofNullable") && call.arguments.size() == 1
             ? std::optional(new_optional(machine, call.arguments[0]))
             : std::nullopt;
}

}  // namespace

std::optional<const Value*> call_stream(Machine& machine, const LibraryCall& call) {
  if (is_optional(call.owner))
    return call_optional(machine, call);
  if (call.receiver == nullptr)
    return make_stream(machine, call);
  const SequenceValue* known = known_elements(machine, call.receiver);
  if (known == nullptr || !library_class(*call.receiver).starts_with("java.util."))
    return std::nullopt;
  const std::vector<const Value*> elements = known->values;
  if (call.name == "forEach" || call.name == "forEachOrdered")
    return mapped(machine, call.arguments.at(0), elements) ? std::optional(machine.values.null()) : std::nullopt;
  if (call.name == "stream" || call.name == "parallelStream")
    return new_stream(machine, elements);
  return library_class(*call.receiver) == kStream ? call_on_stream(machine, call, elements) : std::nullopt;
}

}  // namespace preflight
