// What the interpreter knows of the runtime libraries of Kotlin and Scala, by the rows of the model.

#include <algorithm>
#include <string_view>
#include <utility>

#include "job/java_library.h"
#include "job/language_call.h"

namespace preflight {
namespace {

constexpr std::string_view kFunction = "#function";  ///< Slot of a lazy object: what gives its value.

using Values = std::vector<const Value*>;

const Value* new_pair(Machine& machine, const std::string& class_name, Values parts) {
  const Value* pair = machine.values.object(class_name, machine.place());
  machine.values.set_constructor(pair, {class_name, {}, std::move(parts)});
  return pair;
}

/// What the constructor of an object was given; nothing for any other value.
std::optional<Values> parts_of(const Value* value) {
  const auto* object = value == nullptr ? nullptr : value->as<ObjectValue>();
  if (object == nullptr || object->constructor.owner.empty())
    return std::nullopt;
  return object->constructor.arguments;
}

/// Elements of a collection or array, or the entries of a map as pairs.
std::optional<Values> elements_or_pairs(Machine& machine, const Value* of, const std::string& pair_class) {
  if (of == nullptr)
    return std::nullopt;
  if (const SequenceValue* elements = known_elements(machine, of))
    return elements->values;
  const SequenceValue* entries = machine.sequence(of, kEntries);
  if (entries == nullptr || pair_class.empty())
    return std::nullopt;
  Values pairs;
  for (std::size_t i = 0; i + 1 < entries->values.size(); i += 2)
    pairs.push_back(new_pair(machine, pair_class, {entries->values[i], entries->values[i + 1]}));
  return pairs;
}

/// Of an array its elements, of anything else itself.
std::optional<Values> given(Machine& machine, const LibraryCall& call) {
  Values all;
  for (const Value* argument : call.arguments) {
    if (!argument->is<ArrayValue>()) {
      all.push_back(argument);
      continue;
    }
    const SequenceValue* elements = known_elements(machine, argument);
    if (elements == nullptr)
      return std::nullopt;
    all.insert(all.end(), elements->values.begin(), elements->values.end());
  }
  return all;
}

std::optional<const Value*> make_elements(Machine& machine, const LibraryCall& call) {
  Values all;
  Values sequences = call.arguments;
  if (sequences.empty() && call.receiver != nullptr)
    sequences.push_back(call.receiver);
  for (const Value* sequence : sequences) {
    const SequenceValue* elements = known_elements(machine, sequence);
    if (elements == nullptr)
      return std::nullopt;
    all.insert(all.end(), elements->values.begin(), elements->values.end());
  }
  return new_collection(machine, "java.util.ArrayList", std::move(all));
}

std::optional<const Value*> make_list(Machine& machine, const LibraryCall& call) {
  const SequenceValue* tail = call.arguments.size() == 2 ? known_elements(machine, call.arguments[1]) : nullptr;
  if (tail == nullptr || call.receiver == nullptr)
    return std::nullopt;
  Values all = {call.arguments[0]};
  all.insert(all.end(), tail->values.begin(), tail->values.end());
  machine.set_sequence(call.receiver, kElements, std::move(all));
  return machine.values.null();
}

std::optional<const Value*> make_map(Machine& machine, const LibraryCall& call) {
  const auto pairs = given(machine, call);
  // Scala wraps the array that the compiler makes.
  const SequenceValue* wrapped = call.arguments.size() == 1 ? known_elements(machine, call.arguments[0]) : nullptr;
  Values entries;
  for (const Value* pair : wrapped != nullptr ? wrapped->values : pairs.value_or(Values{nullptr})) {
    const auto parts = parts_of(pair);
    if (!parts || parts->size() != 2)
      return std::nullopt;
    entries.insert(entries.end(), parts->begin(), parts->end());
  }
  const Value* map = machine.values.object("java.util.LinkedHashMap", machine.place());
  machine.set_sequence(map, kEntries, std::move(entries));
  return map;
}

std::optional<const Value*> make_range(Machine& machine, const LibraryCall& call, bool with_last) {
  if (call.arguments.size() < 2)
    return std::nullopt;
  const auto* from = call.arguments[call.arguments.size() - 2]->as<IntegerValue>();
  const auto* to = call.arguments.back()->as<IntegerValue>();
  if (from == nullptr || to == nullptr || to->value - from->value >= static_cast<int>(machine.limits.unrolled_turns))
    return std::nullopt;
  Values numbers;
  for (std::int64_t i = from->value; i < to->value + (with_last ? 1 : 0); ++i)
    numbers.push_back(machine.values.integer(i, from->type));
  if (call.name != "<init>")
    return new_collection(machine, "java.util.List", std::move(numbers));
  machine.set_sequence(call.receiver, kElements, std::move(numbers));
  return machine.values.null();
}

/// The collection that a call on each of its elements is made on: its receiver, or its first argument.
const Value* subject_of(const LibraryCall& call) {
  if (call.receiver != nullptr && !call.receiver->is<LibraryFieldValue>())
    return call.receiver;
  return call.arguments.size() > 1 ? call.arguments.front() : nullptr;
}

bool is_function(const Value* value) {
  return value->is<LambdaValue>() || value->is<ObjectValue>();
}

std::optional<const Value*> call_each(Machine& machine, const LanguageCall& row, const LibraryCall& call) {
  const auto elements = elements_or_pairs(machine, subject_of(call), row.class_name);
  // Scala's map() has what builds the result behind the function.
  const auto function = std::ranges::find_if(call.arguments.rbegin(), call.arguments.rend(), is_function);
  if (!elements || function == call.arguments.rend())
    return std::nullopt;
  Values results;
  for (const Value* element : *elements) {
    const auto result = call_function(machine, *function, {element});
    if (!result)
      return std::nullopt;
    const auto* kept = (*result)->as<IntegerValue>();
    if (row.effect == LanguageEffect::filtered && kept == nullptr)
      return std::nullopt;
    if (row.effect != LanguageEffect::filtered)
      results.push_back(*result);
    else if (kept->value != 0)
      results.push_back(element);
  }
  return row.effect == LanguageEffect::each ? machine.values.null()
                                            : new_collection(machine, "java.util.List", std::move(results));
}

std::optional<const Value*> interpolate(Machine& machine, const LibraryCall& call) {
  const auto made_of = parts_of(call.receiver);
  const SequenceValue* texts = made_of && made_of->size() == 1 ? known_elements(machine, made_of->front()) : nullptr;
  const SequenceValue* values = call.arguments.size() == 1 ? known_elements(machine, call.arguments[0]) : nullptr;
  if (texts == nullptr || values == nullptr || texts->values.size() != values->values.size() + 1)
    return std::nullopt;
  Values parts = {texts->values.front()};
  for (std::size_t i = 0; i < values->values.size(); ++i) {
    parts.push_back(values->values[i]);
    parts.push_back(texts->values[i + 1]);
  }
  return join_texts(machine, parts);
}

std::optional<const Value*> make_lazy(Machine& machine, const LanguageCall& row, const LibraryCall& call) {
  if (call.arguments.empty())
    return std::nullopt;
  const Value* lazy = machine.values.object(row.class_name, machine.place());
  machine.heap.set(identity(*lazy), kFunction, call.arguments.back());
  return lazy;
}

/// Runs the function the first time only: what it makes is one thing.
std::optional<const Value*> ask_lazy(Machine& machine, const LibraryCall& call) {
  const std::uint32_t id = call.receiver == nullptr ? 0 : identity(*call.receiver);
  const Value* function = id == 0 ? nullptr : machine.heap.get(id, kFunction);
  if (function == nullptr)
    return std::nullopt;
  if (const Value* value = machine.heap.get(id, kWrapped))
    return value;
  const auto value = call_function(machine, function, {});
  if (value)
    machine.heap.set(id, kWrapped, *value);
  return value;
}

std::optional<const Value*> part_of_each(Machine& machine, const LibraryCall& call, std::size_t at) {
  return map_alternatives(machine, {call.receiver}, [&](const Values& one) -> std::optional<const Value*> {
    const auto parts = parts_of(one.front());
    return parts && at < parts->size() ? std::optional((*parts)[at]) : std::nullopt;
  });
}

std::optional<const Value*> call_java(Machine& machine, const LanguageCall& row, LibraryCall call) {
  call.owner = row.java_owner;
  call.name = row.java_name;
  if (row.effect != LanguageEffect::java)
    call.receiver = nullptr;
  if (row.effect == LanguageEffect::java_extension) {
    if (call.arguments.empty())
      return std::nullopt;
    call.receiver = call.arguments.front();
    call.arguments.erase(call.arguments.begin());
  }
  return call_java_library(machine, call);
}

}  // namespace

std::optional<const Value*> call_language_library(Machine& machine, const LanguageCall& row, const LibraryCall& call) {
  using enum LanguageEffect;
  switch (row.effect) {
    case nothing:
    case throws:
      return machine.values.null();
    case argument:
      return row.at < call.arguments.size() ? std::optional(call.arguments[row.at]) : std::nullopt;
    case receiver:
      return call.receiver == nullptr ? std::nullopt : std::optional(call.receiver);
    case equality:
      return call.arguments.size() == 2 ? std::optional(equality_of(machine, call.arguments[0], call.arguments[1]))
                                        : std::nullopt;
    case text:
      return join_texts(machine, call.arguments);
    case list: {
      auto all = given(machine, call);
      return all ? std::optional(new_collection(machine, "java.util.ArrayList", std::move(*all))) : std::nullopt;
    }
    case elements:
      return make_elements(machine, call);
    case prepend:
      return make_list(machine, call);
    case map:
      return make_map(machine, call);
    case pair: {
      Values parts = call.arguments;
      if (call.receiver != nullptr && parts.size() == 1)
        parts.insert(parts.begin(), call.receiver);
      return new_pair(machine, row.class_name, std::move(parts));
    }
    case part:
      return call.receiver == nullptr ? std::nullopt : part_of_each(machine, call, row.at);
    case range_to:
    case range_until:
      return make_range(machine, call, row.effect == range_to);
    case each:
    case mapped:
    case filtered:
      return call_each(machine, row, call);
    case interpolation:
      return interpolate(machine, call);
    case lazy:
      return make_lazy(machine, row, call);
    case lazy_value:
      return ask_lazy(machine, call);
    case invoke:
      return call.receiver == nullptr ? std::nullopt : call_function(machine, call.receiver, call.arguments);
    case invoke_argument:
      return call.arguments.empty() ? std::nullopt : call_function(machine, call.arguments.back(), {});
    case java:
    case java_extension:
    case java_static:
      return call_java(machine, row, call);
  }
  return std::nullopt;
}

}  // namespace preflight
