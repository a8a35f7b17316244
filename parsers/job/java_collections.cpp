#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "job/java_library.h"

namespace preflight {
namespace {

constexpr std::array<std::string_view, 12> kCollections = {"java.util.ArrayList",
                                                           "java.util.LinkedList",
                                                           "java.util.HashSet",
                                                           "java.util.TreeSet",
                                                           "java.util.LinkedHashSet",
                                                           "java.util.ArrayDeque",
                                                           "java.util.Vector",
                                                           "java.util.Stack",
                                                           "java.util.PriorityQueue",
                                                           "java.util.concurrent.CopyOnWriteArrayList",
                                                           "java.util.concurrent.CopyOnWriteArraySet",
                                                           "java.util.concurrent.ConcurrentLinkedQueue"};
constexpr std::array<std::string_view, 8> kMaps = {"java.util.HashMap",    "java.util.LinkedHashMap",
                                                   "java.util.TreeMap",    "java.util.Hashtable",
                                                   "java.util.Properties", "java.util.concurrent.ConcurrentHashMap",
                                                   "java.util.EnumMap",    "java.util.IdentityHashMap"};
/// Methods of collections that change nothing.
constexpr std::array<std::string_view, 10> kReaders = {"size",     "contains", "containsAll", "equals", "hashCode",
                                                       "toString", "indexOf",  "subList",     "stream", "spliterator"};

bool is_set(std::string_view class_name) {
  return class_name.ends_with("Set");
}

const Value* boolean(Machine& machine, bool value) {
  return machine.values.integer(value ? 1 : 0, 'Z');
}

/// The elements that a call of Arrays.asList, List.of and their kin is given: one by one, or as one array.
std::optional<std::vector<const Value*>> given_elements(Machine& machine, const LibraryCall& call) {
  if (call.descriptor.starts_with("([")) {
    const SequenceValue* elements = known_elements(machine, call.arguments[0]);
    return elements == nullptr ? std::nullopt : std::optional(elements->values);
  }
  return call.arguments;
}

/// Static methods that make a collection, or hand one on.
std::optional<const Value*> make_collection(Machine& machine, const LibraryCall& call) {
  const bool of_collections = call.owner == "java.util.Collections";
  if (of_collections && call.arguments.size() == 1 &&
      (call.name.starts_with("unmodifiable") || call.name.starts_with("synchronized")))
    return call.arguments[0];
  if (of_collections && call.name == "addAll" && call.arguments.size() == 2) {
    const SequenceValue* to = known_elements(machine, call.arguments[0]);
    const SequenceValue* more = known_elements(machine, call.arguments[1]);
    if (to == nullptr || more == nullptr)
      return std::nullopt;
    std::vector<const Value*> all = to->values;
    all.insert(all.end(), more->values.begin(), more->values.end());
    machine.set_sequence(call.arguments[0], kElements, std::move(all));
    return boolean(machine, true);
  }
  const bool list_or_set = call.owner == "java.util.List" || call.owner == "java.util.Set";
  if (list_or_set && call.name == "copyOf" && call.arguments.size() == 1) {
    const SequenceValue* from = known_elements(machine, call.arguments[0]);
    return from == nullptr ? std::nullopt : std::optional(new_collection(machine, call.owner.c_str(), from->values));
  }
  const bool lists = (call.owner == "java.util.Arrays" && call.name == "asList") ||
                     (list_or_set && call.name == "of") ||
                     (of_collections && (call.name.starts_with("singleton") || call.name.starts_with("empty")) &&
                      !call.name.ends_with("Map") && !call.name.ends_with("Iterator"));
  if (!lists)
    return std::nullopt;
  auto elements = given_elements(machine, call);
  if (!elements)
    return std::nullopt;
  const bool set = call.owner == "java.util.Set" || call.name == "singleton" || call.name == "emptySet";
  return new_collection(machine, set ? "java.util.Set" : "java.util.List", std::move(*elements));
}

std::optional<const Value*> call_iterator(Machine& machine, const LibraryCall& call, const SequenceValue& elements) {
  const std::uint32_t id = identity(*call.receiver);
  const Value* position = machine.heap.get(id, kPosition);
  const auto* at = position == nullptr ? nullptr : position->as<IntegerValue>();
  if (at == nullptr)
    return std::nullopt;
  const auto next = static_cast<std::size_t>(at->value);
  if (call.name == "hasNext" || call.name == "hasMoreElements")
    return boolean(machine, next < elements.values.size());
  if ((call.name != "next" && call.name != "nextElement") || next >= elements.values.size())
    return std::nullopt;
  machine.heap.set(id, kPosition, machine.values.integer(at->value + 1));
  return elements.values[next];
}

std::optional<const Value*> element_at(Machine& machine, const LibraryCall& call, const SequenceValue& elements) {
  if (elements.values.empty())
    return std::nullopt;
  if (call.arguments.empty())
    return call.name.ends_with("Last") ? elements.values.back() : elements.values.front();
  const auto* index = call.arguments[0]->as<IntegerValue>();
  if (index == nullptr)
    return machine.values.one_of(elements.values);
  const bool inside = index->value >= 0 && static_cast<std::size_t>(index->value) < elements.values.size();
  return inside ? std::optional(elements.values[static_cast<std::size_t>(index->value)]) : std::nullopt;
}

std::optional<const Value*> add_elements(Machine& machine, const LibraryCall& call, const SequenceValue& elements) {
  std::vector<const Value*> all = elements.values;
  const bool front = call.name == "push" || call.name == "addFirst" || call.name == "offerFirst";
  std::vector<const Value*> more = {call.arguments[0]};
  if (call.name == "addAll" || call.name == "<init>") {
    const SequenceValue* given = known_elements(machine, call.arguments[0]);
    if (given == nullptr) {
      machine.heap.set(identity(*call.receiver), kElements, unknown_from(machine, call.arguments[0], {}));
      return boolean(machine, true);
    }
    more = given->values;
  }
  for (const Value* one : more) {
    const bool known = is_set(library_class(*call.receiver)) &&
                       std::ranges::any_of(all, [&](const Value* value) { return same_value(*value, *one); });
    if (!known)
      all.insert(front ? all.begin() : all.end(), one);
  }
  machine.set_sequence(call.receiver, kElements, std::move(all));
  return boolean(machine, true);
}

/// A collection whose elements were known once: what it answers is as unknown as they are.
std::optional<const Value*> of_lost_elements(Machine& machine, const LibraryCall& call) {
  const Value* lost = machine.heap.get(identity(*call.receiver), kElements);
  const std::string result = method_type(call.descriptor).result;
  const bool calls_back =
      std::ranges::any_of(call.arguments, [](const Value* argument) { return argument->is<LambdaValue>(); });
  return lost == nullptr || calls_back || result == "V" ? std::nullopt
                                                        : std::optional(unknown_from(machine, lost, result));
}

/// What changes a collection so that its elements are followed no longer.
void lose_elements(Machine& machine, const LibraryCall& call) {
  if (std::ranges::find(kReaders, call.name) == kReaders.end())
    machine.heap.set(identity(*call.receiver), kElements,
                     machine.unknown(UnknownReason::library_internal, {}, call.owner + "." + call.name));
}

std::optional<const Value*> call_on_elements(Machine& machine, const LibraryCall& call, const SequenceValue& elements) {
  const std::size_t given = call.arguments.size();
  const bool adds = call.name == "add" || call.name == "addAll" || call.name == "addLast" || call.name == "offer" ||
                    call.name == "addFirst" || call.name == "push" || call.name == "addElement" ||
                    call.name == "<init>";
  if (call.name == "<init>" && (given == 0 || !call.descriptor.starts_with("(Ljava/util/Collection;)")))
    return machine.values.null();
  if (adds && given == 1)
    return add_elements(machine, call, elements);
  if (call.name == "size" && given == 0)
    return machine.values.integer(static_cast<std::int64_t>(elements.values.size()));
  if (call.name == "isEmpty" && given == 0)
    return boolean(machine, elements.values.empty());
  if ((call.name == "iterator" || call.name == "listIterator" || call.name == "elements") && given == 0) {
    const Value* iterator = new_collection(machine, "java.util.Iterator", elements.values);
    machine.heap.set(identity(*iterator), kPosition, machine.values.integer(0));
    return iterator;
  }
  if (call.name == "get" || call.name == "elementAt" || call.name == "getFirst" || call.name == "getLast" ||
      call.name == "peek")
    return element_at(machine, call, elements);
  if (call.name == "clear" && given == 0) {
    machine.set_sequence(call.receiver, kElements, {});
    return machine.values.null();
  }
  if (call.name == "toArray")
    return machine.new_array("Ljava/lang/Object;", elements.values);
  if (call.name == "contains" && given == 1 &&
      std::ranges::any_of(elements.values, [&](const Value* one) { return same_value(*one, *call.arguments[0]); }))
    return boolean(machine, true);
  return std::nullopt;
}

}  // namespace

void prepare_library_object(Machine& machine, const Value* object) {
  const std::string_view name = library_class(*object);
  if (std::ranges::find(kCollections, name) != kCollections.end())
    machine.set_sequence(object, kElements, {});
  else if (std::ranges::find(kMaps, name) != kMaps.end())
    machine.set_sequence(object, kEntries, {});
  else if (name == "java.lang.StringBuilder" || name == "java.lang.StringBuffer")
    machine.heap.set(identity(*object), kBuilt, machine.values.text({}));
}

std::optional<const Value*> call_collection(Machine& machine, const LibraryCall& call) {
  if (call.receiver == nullptr)
    return make_collection(machine, call);
  if (library_class(*call.receiver).empty())
    return std::nullopt;
  const SequenceValue* elements = known_elements(machine, call.receiver);
  if (elements == nullptr)
    return of_lost_elements(machine, call);
  if (library_class(*call.receiver).starts_with("java.util.stream."))
    return std::nullopt;
  if (library_class(*call.receiver) == "java.util.Iterator")
    return call_iterator(machine, call, *elements);
  if (call.name == "forEach" || call.name == "stream" || library_class(*call.receiver) == "java.util.Map$Entry")
    return std::nullopt;
  if (const auto known = call_on_elements(machine, call, *elements))
    return known;
  lose_elements(machine, call);
  return std::nullopt;
}

}  // namespace preflight
