#include <algorithm>
#include <string_view>
#include <utility>

#include "job/java_library.h"

namespace preflight {
namespace {

using Entries = std::vector<const Value*>;  ///< key, value, key, value

/// Keys that differ from each other whenever same_value says so.
bool is_constant(Machine& machine, const Value& value) {
  return value.is<TextValue>() || value.is<IntegerValue>() || value.is<ClassValue>() ||
         !enum_constant_name(machine, value).empty();
}

/// Position of a key; the end where it is not there; nothing where that is not known.
std::optional<std::size_t> find_key(Machine& machine, const Entries& entries, const Value* key) {
  bool certain = is_constant(machine, *key);
  for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
    if (same_value(*entries[i], *key))
      return i;
    certain = certain && is_constant(machine, *entries[i]);
  }
  return certain ? std::optional(entries.size()) : std::nullopt;
}

const Value* new_map(Machine& machine, Entries entries) {
  const Value* map = machine.values.object("java.util.Map", machine.place());
  machine.set_sequence(map, kEntries, std::move(entries));
  return map;
}

std::optional<const Value*> make_map(Machine& machine, const LibraryCall& call) {
  const auto& given = call.arguments;
  if (call.owner == "java.util.Map" && call.name == "entry" && given.size() == 2)
    return new_collection(machine, "java.util.Map$Entry", given);
  const bool pairs =
      (call.owner == "java.util.Map" && call.name == "of") ||
      (call.owner == "java.util.Collections" && (call.name == "singletonMap" || call.name == "emptyMap"));
  if (pairs && given.size() % 2 == 0)
    return new_map(machine, given);
  if (call.owner != "java.util.Map" || call.name != "ofEntries" || given.size() != 1)
    return std::nullopt;
  const SequenceValue* list = known_elements(machine, given[0]);
  if (list == nullptr)
    return std::nullopt;
  Entries entries;
  for (const Value* entry : list->values) {
    const SequenceValue* pair = known_elements(machine, entry);
    if (pair == nullptr || pair->values.size() != 2)
      return std::nullopt;
    entries.insert(entries.end(), pair->values.begin(), pair->values.end());
  }
  return new_map(machine, std::move(entries));
}

std::optional<const Value*> put(Machine& machine, const LibraryCall& call, Entries entries) {
  const auto at = find_key(machine, entries, call.arguments[0]);
  if (!at)
    return std::nullopt;
  const Value* before = machine.values.null();
  if (*at < entries.size()) {
    before = std::exchange(entries[*at + 1], call.name == "putIfAbsent" ? entries[*at + 1] : call.arguments[1]);
  } else {
    entries.push_back(call.arguments[0]);
    entries.push_back(call.arguments[1]);
  }
  machine.set_sequence(call.receiver, kEntries, std::move(entries));
  return before;
}

std::optional<const Value*> get(Machine& machine, const LibraryCall& call, const Entries& entries) {
  const auto at = find_key(machine, entries, call.arguments[0]);
  if (!at) {
    Entries values;
    for (std::size_t i = 1; i < entries.size(); i += 2)
      values.push_back(entries[i]);
    values.push_back(call.arguments.size() > 1 ? call.arguments[1] : unknown_from(machine, call.arguments[0], {}));
    return machine.values.one_of(values);
  }
  if (*at < entries.size())
    return entries[*at + 1];
  return call.arguments.size() > 1 ? call.arguments[1] : machine.values.null();
}

/// keySet, values, entrySet
const Value* view_of(Machine& machine, std::string_view name, const Entries& entries) {
  std::vector<const Value*> elements;
  for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
    if (name == "entrySet")
      elements.push_back(new_collection(machine, "java.util.Map$Entry", {entries[i], entries[i + 1]}));
    else
      elements.push_back(entries[name == "values" ? i + 1 : i]);
  }
  return new_collection(machine, name == "values" ? "java.util.Collection" : "java.util.Set", std::move(elements));
}

std::optional<const Value*> call_on_entries(Machine& machine, const LibraryCall& call, const Entries& entries) {
  const std::size_t given = call.arguments.size();
  const std::string& name = call.name;
  if (name == "<init>" && (given == 0 || call.descriptor.find("Map;") == std::string::npos))
    return machine.values.null();
  if ((name == "<init>" || name == "putAll") && given == 1) {
    const SequenceValue* from = machine.sequence(call.arguments[0], kEntries);
    if (from == nullptr || !(entries.empty()))
      return std::nullopt;
    machine.set_sequence(call.receiver, kEntries, from->values);
    return machine.values.null();
  }
  if ((name == "put" || name == "setProperty" || name == "putIfAbsent") && given == 2)
    return put(machine, call, entries);
  if (((name == "get" || name == "getProperty") && given >= 1) || (name == "getOrDefault" && given == 2))
    return get(machine, call, entries);
  if (given == 0 && (name == "keySet" || name == "values" || name == "entrySet"))
    return view_of(machine, name, entries);
  if (given == 0 && name == "size")
    return machine.values.integer(static_cast<std::int64_t>(entries.size() / 2));
  if (given == 0 && name == "isEmpty")
    return machine.values.integer(entries.empty() ? 1 : 0, 'Z');
  if (name == "containsKey" && given == 1) {
    const auto at = find_key(machine, entries, call.arguments[0]);
    return at ? machine.values.integer(*at < entries.size() ? 1 : 0, 'Z')
              : unknown_from(machine, call.arguments[0], "Z");
  }
  if (name == "forEach" && given == 1) {
    for (std::size_t i = 0; i + 1 < entries.size(); i += 2)
      call_function(machine, call.arguments[0], {entries[i], entries[i + 1]});
    return machine.values.null();
  }
  return std::nullopt;
}

}  // namespace

std::optional<const Value*> call_map(Machine& machine, const LibraryCall& call) {
  if (call.receiver == nullptr)
    return make_map(machine, call);
  if (library_class(*call.receiver) == "java.util.Map$Entry") {
    const SequenceValue* pair = known_elements(machine, call.receiver);
    if (pair == nullptr || pair->values.size() != 2 || (call.name != "getKey" && call.name != "getValue"))
      return std::nullopt;
    return pair->values[call.name == "getKey" ? 0 : 1];
  }
  const SequenceValue* known = machine.sequence(call.receiver, kEntries);
  if (known == nullptr || !library_class(*call.receiver).starts_with("java.util."))
    return std::nullopt;
  const Entries entries = known->values;
  if (const auto result = call_on_entries(machine, call, entries))
    return result;
  if (call.name != "containsValue" && call.name != "equals" && call.name != "hashCode" && call.name != "toString")
    machine.heap.set(identity(*call.receiver), kEntries,
                     machine.unknown(UnknownReason::library_internal, {}, call.owner + "." + call.name));
  return std::nullopt;
}

}  // namespace preflight
