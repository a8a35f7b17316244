#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "classfile/names.h"
#include "job/java_library.h"

namespace preflight {
namespace {

struct Box {
  std::string_view class_name;
  const char* primitive;
  std::string_view unboxing;  ///< The method that gives the primitive value.
};
constexpr std::array<Box, 8> kBoxes = {{{"java.lang.Integer", "I", "intValue"},
                                        {"java.lang.Long", "J", "longValue"},
                                        {"java.lang.Boolean", "Z", "booleanValue"},
                                        {"java.lang.Character", "C", "charValue"},
                                        {"java.lang.Short", "S", "shortValue"},
                                        {"java.lang.Byte", "B", "byteValue"},
                                        {"java.lang.Float", "F", "floatValue"},
                                        {"java.lang.Double", "D", "doubleValue"}}};

const Value* typed(Machine& machine, const Value* value, const std::string& type) {
  const auto* integer = value->as<IntegerValue>();
  return integer == nullptr || type.size() != 1 ? value : machine.values.integer(integer->value, type.front());
}

std::optional<const Value*> parse_number(Machine& machine, const Value* text, const std::string& primitive) {
  return map_alternatives(machine, {text}, [&](const std::vector<const Value*>& one) -> std::optional<const Value*> {
    const auto* known = one.front()->as<TextValue>();
    if (known == nullptr)
      return unknown_from(machine, one.front(), primitive);
    if (primitive == "Z")
      return machine.values.integer(known->text == "true" || known->text == "TRUE", 'Z');
    std::int64_t number = 0;
    const char* end = known->text.data() + known->text.size();
    const auto [at, error] = std::from_chars(known->text.data(), end, number);
    if (error != std::errc{} || at != end || primitive == "F" || primitive == "D")
      return unknown_from(machine, one.front(), primitive);
    return machine.values.integer(number, primitive.front());
  });
}

std::string simple_name(Machine& machine, const std::string& name) {
  if (const LoadedClass* loaded = machine.pool.find(name))
    for (const InnerClass& inner : loaded->attributes.inner_classes)
      if (binary_name(inner.inner) == name)
        return text_of(inner.simple_name);
  return name.substr(name.find_last_of(".$") + 1);
}

std::optional<const Value*> call_class(Machine& machine, const LibraryCall& call) {
  if (call.receiver == nullptr && call.name == "forName" && !call.arguments.empty()) {
    const auto* name = call.arguments[0]->as<TextValue>();
    if (name == nullptr)
      return machine.unknown(UnknownReason::reflection, "Ljava/lang/Class;");
    std::string internal = name->text;
    std::ranges::replace(internal, '.', '/');
    return machine.values.class_literal(internal.starts_with('[') ? internal : "L" + internal + ";");
  }
  if (call.receiver == nullptr)
    return std::nullopt;
  const auto* of = call.receiver->as<ClassValue>();
  if (call.name == "newInstance" || call.name.starts_with("getDeclared") || call.name == "getConstructor" ||
      call.name == "getMethod")
    return machine.unknown(UnknownReason::reflection, method_type(call.descriptor).result);
  if (of == nullptr)
    return std::nullopt;
  if (call.name == "getName" || call.name == "getTypeName")
    return machine.values.text(of->name());
  if (call.name == "getSimpleName")
    return machine.values.text(simple_name(machine, of->name()));
  if (call.name == "getCanonicalName") {
    std::string name = of->name();
    std::ranges::replace(name, '$', '.');
    return machine.values.text(std::move(name));
  }
  if (call.name == "desiredAssertionStatus")
    return machine.values.integer(0, 'Z');
  return call.name == "cast" && call.arguments.size() == 1 ? std::optional(call.arguments[0]) : std::nullopt;
}

std::optional<const Value*> call_enum(Machine& machine, const LibraryCall& call) {
  if (call.receiver == nullptr && call.name == "valueOf" && call.arguments.size() == 2) {
    const auto* of = call.arguments[0]->as<ClassValue>();
    const auto* name = call.arguments[1]->as<TextValue>();
    if (of != nullptr && name != nullptr && machine.pool.find_field_owner(of->name(), name->text) != nullptr)
      return get_static(machine, of->name(), name->text, of->descriptor);
    return unknown_from(machine, call.arguments[1], of == nullptr ? std::string{} : of->descriptor);
  }
  if (call.receiver == nullptr || (call.name != "name" && call.name != "toString" && call.name != "ordinal"))
    return std::nullopt;
  const std::size_t which = call.name == "ordinal" ? 1 : 0;
  return map_alternatives(machine, {call.receiver},
                          [&](const std::vector<const Value*>& one) -> std::optional<const Value*> {
                            const auto* object = one.front()->as<ObjectValue>();
                            if (object == nullptr || object->library_constructor.owner != "java.lang.Enum" ||
                                object->library_constructor.arguments.size() != 2)
                              return unknown_from(machine, one.front(), which == 1 ? "I" : "Ljava/lang/String;");
                            return object->library_constructor.arguments[which];
                          });
}

std::optional<const Value*> call_objects(Machine& machine, const LibraryCall& call) {
  const auto& given = call.arguments;
  if (call.name == "requireNonNull" && !given.empty())
    return given[0];
  if ((call.name == "requireNonNullElse" || call.name == "requireNonNullElseGet") && given.size() == 2) {
    std::vector<const Value*> results;
    for (const Value* one : alternatives(given[0])) {
      if (!one->is<NullValue>())
        results.push_back(one);
      const bool may_be_null = one->is<NullValue>() || one->is<UnknownValue>() || one->is<CallValue>();
      if (may_be_null && call.name == "requireNonNullElse")
        results.push_back(given[1]);
      else if (may_be_null)
        results.push_back(call_function(machine, given[1], {}).value_or(machine.values.null()));
    }
    return machine.values.one_of(results);
  }
  if (call.name == "equals" && given.size() == 2)
    return equality_of(machine, given[0], given[1]);
  if ((call.name == "isNull" || call.name == "nonNull") && given.size() == 1) {
    const Value* null = equality_of(machine, given[0], machine.values.null());
    const auto* known = null->as<IntegerValue>();
    const bool object = given[0]->is<ObjectValue>() || given[0]->is<LambdaValue>() || given[0]->is<ModelledValue>();
    if (known != nullptr || object)
      return machine.values.integer((known != nullptr && known->value != 0) == (call.name == "isNull"), 'Z');
    return null;
  }
  return call.name == "toString" && given.size() == 1 ? std::optional(join_texts(machine, {given[0]})) : std::nullopt;
}

/// Values that differ in each run.
bool is_nondeterministic(const LibraryCall& call) {
  const bool clock = call.name == "now" && call.owner.starts_with("java.time.");
  const bool system = call.owner == "java.lang.System" && (call.name == "currentTimeMillis" || call.name == "nanoTime");
  const bool random = (call.owner == "java.util.UUID" && call.name == "randomUUID") ||
                      (call.owner == "java.lang.Math" && call.name == "random") ||
                      (call.owner == "java.util.Random" && call.name != "<init>") ||
                      call.owner == "java.util.concurrent.ThreadLocalRandom";
  return clock || system || random;
}

}  // namespace

const Value* equality_of(Machine& machine, const Value* a, const Value* b) {
  const auto result = map_alternatives(machine, {a, b}, [&](const std::vector<const Value*>& pair) {
    const auto is_constant = [&](const Value* value) {
      return value->is<TextValue>() || value->is<IntegerValue>() || value->is<NullValue>() || value->is<ClassValue>() ||
             !enum_constant_name(machine, *value).empty();
    };
    if (same_value(*pair[0], *pair[1]))
      return std::optional(machine.values.integer(1, 'Z'));
    if (is_constant(pair[0]) && is_constant(pair[1]))
      return std::optional(machine.values.integer(0, 'Z'));
    return std::optional(unknown_from(machine, is_constant(pair[0]) ? pair[1] : pair[0], "Z"));
  });
  return result ? *result : machine.unknown(UnknownReason::branches, "Z");
}

std::string primitive_of_box(const std::string& class_name) {
  if (class_name == "java.lang.Void")
    return "V";
  const auto box = std::ranges::find(kBoxes, class_name, &Box::class_name);
  return box == kBoxes.end() ? std::string{} : box->primitive;
}

std::string enum_constant_name(Machine& machine, const Value& value) {
  const auto* object = value.as<ObjectValue>();
  if (object == nullptr || object->library_constructor.owner != "java.lang.Enum" ||
      !machine.pool.is_own(object->class_name) || object->library_constructor.arguments.empty())
    return {};
  const auto* name = object->library_constructor.arguments.front()->as<TextValue>();
  return name == nullptr ? std::string{} : name->text;
}

std::optional<const Value*> call_box(Machine& machine, const LibraryCall& call) {
  const auto box = std::ranges::find(kBoxes, call.owner, &Box::class_name);
  const bool unboxes = call.receiver != nullptr && call.arguments.empty() && call.name.ends_with("Value") &&
                       call.owner.starts_with("java.lang.");
  if (unboxes) {
    const std::string type = method_type(call.descriptor).result;
    return map_alternatives(
        machine, {call.receiver}, [&](const std::vector<const Value*>& one) -> std::optional<const Value*> {
          const bool number = one.front()->is<IntegerValue>() || one.front()->is<FloatingValue>();
          return number ? typed(machine, one.front(), type) : unknown_from(machine, one.front(), type);
        });
  }
  if (box == kBoxes.end())
    return std::nullopt;
  if (call.receiver != nullptr)
    return call.name == "toString" && call.arguments.empty() ? std::optional(join_texts(machine, {call.receiver}))
                                                             : std::nullopt;
  const bool of_text = call.descriptor.starts_with("(Ljava/lang/String;)");
  if (of_text && (call.name == "valueOf" || call.name.starts_with("parse")))
    return parse_number(machine, call.arguments[0], box->primitive);
  if (call.name == "valueOf" && call.arguments.size() == 1)
    return typed(machine, call.arguments[0], box->primitive);
  if (call.name == "toString" && call.arguments.size() == 1)
    return join_texts(machine, {call.arguments[0]});
  return std::nullopt;
}

std::optional<const Value*> call_object_method(Machine& machine, const LibraryCall& call) {
  if (is_nondeterministic(call))
    return machine.unknown(UnknownReason::nondeterministic, method_type(call.descriptor).result);
  if (call.owner == "java.util.Objects")
    return call_objects(machine, call);
  if (call.owner == "java.lang.Class")
    return call_class(machine, call);
  if (const auto of_enum = call.owner == "java.lang.Enum" || call.name == "ordinal" || call.name == "name"
                               ? call_enum(machine, call)
                               : std::nullopt)
    return of_enum;
  if (call.receiver == nullptr)
    return std::nullopt;
  if (call.name == "clone" && call.arguments.empty())
    if (const auto* array = call.receiver->as<ArrayValue>())
      if (const SequenceValue* elements = known_elements(machine, call.receiver))
        return machine.new_array(array->component, elements->values);
  if (call.name == "getClass" && call.arguments.empty()) {
    const auto* object = call.receiver->as<ObjectValue>();
    if (object == nullptr)
      return std::nullopt;
    std::string internal = object->class_name;
    std::ranges::replace(internal, '.', '/');
    return machine.values.class_literal("L" + internal + ";");
  }
  if (call.name == "equals" && call.arguments.size() == 1)
    return equality_of(machine, call.receiver, call.arguments[0]);
  if (call.name == "toString" && call.arguments.empty() && known_text(machine, *call.receiver))
    return join_texts(machine, {call.receiver});
  return std::nullopt;
}

}  // namespace preflight
