#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "serialization/serializer_choice.h"
#include "serialization/snapshot_forms.h"

namespace preflight {
namespace {

constexpr std::string_view kTuple = "org.apache.flink.api.java.tuple.Tuple";
constexpr std::string_view kEither = "org.apache.flink.types.Either";
const TypeBindings kNoBindings;

/// As Java writes it, without type arguments: long[], java.util.List.
std::string java_name(const GenericType& type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kPrimitives = {{{"Z", "boolean"},
                                                                                         {"B", "byte"},
                                                                                         {"C", "char"},
                                                                                         {"S", "short"},
                                                                                         {"I", "int"},
                                                                                         {"J", "long"},
                                                                                         {"F", "float"},
                                                                                         {"D", "double"},
                                                                                         {"V", "void"}}};
  if (type.kind == GenericType::Kind::array)
    return java_name(type.component.front()) + "[]";
  if (type.kind != GenericType::Kind::primitive)
    return binary_name(type.name);
  for (const auto& [letter, name] : kPrimitives)
    if (letter == type.name)
      return std::string(name);
  return type.name;
}

/// As Class#getName has it: [Ljava.lang.String;
std::string class_name_of(const GenericType& type) {
  if (type.kind != GenericType::Kind::array)
    return java_name(type);
  const GenericType& component = type.component.front();
  if (component.kind == GenericType::Kind::primitive)
    return "[" + component.name;
  const std::string name = class_name_of(component);
  return component.kind == GenericType::Kind::array ? "[" + name : "[L" + name + ";";
}

/// Whether reflection has a java.lang.Class for it, and not one of the other kinds of Type.
bool is_plain_class(const GenericType& type) {
  switch (type.kind) {
    case GenericType::Kind::primitive:
      return true;
    case GenericType::Kind::array:
      return is_plain_class(type.component.front());
    case GenericType::Kind::type_variable:
      return false;
    case GenericType::Kind::class_type:
      return type.arguments.empty() && type.enclosing.empty();
  }
  return false;
}

bool is_plain_argument(const TypeArgument& argument) {
  return argument.kind == TypeArgument::Kind::exact && is_plain_class(argument.type.front());
}

enum class Collection { none, list, set, map };

Collection collection_of(std::string_view name) {
  if (name == "java.util.Map")
    return Collection::map;
  if (name == "java.util.Set")
    return Collection::set;
  constexpr std::array<std::string_view, 4> kOfLists = {"java.util.List", "java.util.Collection", "java.lang.Iterable",
                                                        "java.util.SequencedCollection"};
  return std::ranges::find(kOfLists, name) == kOfLists.end() ? Collection::none : Collection::list;
}

bool is_enum(const ClassShape& shape) {
  return binary_name(shape.generic.super_class.name) == "java.lang.Enum";
}

std::size_t public_fields(const DataClasses::Chain& chain) {
  std::size_t count = 0;
  for (const ClassShape* shape : chain.classes)
    count += static_cast<std::size_t>(std::ranges::count_if(shape->fields, [](const ShapeField& field) {
      return (field.access_flags & kAccPublic) != 0 && (field.access_flags & (kAccStatic | kAccTransient)) == 0;
    }));
  return count;
}

/// Counts how deep types are nested in each other at the moment.
class Level {
 public:
  explicit Level(int& depth) : depth_(++depth) {}
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  int& depth_;
};

ChosenSerializer invalid(std::string why) {
  return {.invalid = std::move(why)};
}

}  // namespace

ChosenSerializer SerializerChoice::extract(const GenericType& type, const std::string& where) {
  return of_type({type, kNoBindings}, {java_name(type)}, where);
}

ChosenSerializer SerializerChoice::of_type(const TypeUse& use, Hierarchy hierarchy, const std::string& where) {
  constexpr int kMaxDepth = 200;
  const Level level(depth_);
  if (--steps_left_ < 0 || depth_ > kMaxDepth)
    return unknown({}, "the type holds too many others to follow them all");
  switch (use.type.kind) {
    case GenericType::Kind::type_variable: {
      const auto bound = use.bindings.find(use.type.name);
      if (bound == use.bindings.end() || bound->second.kind == GenericType::Kind::type_variable)
        return invalid(fmt::format("nothing tells what the type variable {} stands for", use.type.name));
      return of_type({bound->second, kNoBindings}, std::move(hierarchy), where);
    }
    case GenericType::Kind::primitive:
      if (const TypeSerializer* row = find_extracted(java_name(use.type)))
        return {.snapshot = snapshot_of(table_, row->serializer), .type_class = row->types.front()};
      return invalid("a primitive type that there is no value of");
    case GenericType::Kind::array:
      return of_array(use, hierarchy, where);
    case GenericType::Kind::class_type:
      return of_class(use, std::move(hierarchy), where);
  }
  return invalid("no type");
}

const TypeSerializer* SerializerChoice::find_extracted(const std::string& java_type) const {
  const TypeSerializer* row = table_.find_type_serializer(java_type);
  return row != nullptr && row->extracted ? row : nullptr;
}

ChosenSerializer SerializerChoice::of_array(const TypeUse& use, const Hierarchy& hierarchy, const std::string& where) {
  const GenericType& component = use.type.component.front();
  if (is_plain_class(use.type))
    if (const TypeSerializer* row = find_extracted(java_name(use.type)))
      return {.snapshot = snapshot_of(table_, row->serializer), .type_class = class_name_of(use.type)};
  ChosenSerializer element = of_type({component, use.bindings}, hierarchy, where + "[0]");
  if (!element.invalid.empty())
    return element;
  // Of T[] the component is what T stands for.
  const std::string component_class = is_plain_class(component) ? class_name_of(component) : element.type_class;
  return {.snapshot = array_snapshot(table_, component_class, std::move(element.snapshot)),
          .type_class = class_name_of({.kind = GenericType::Kind::array, .component = {class_type(component_class)}})};
}

ChosenSerializer SerializerChoice::of_class(const TypeUse& use, Hierarchy hierarchy, const std::string& where) {
  const std::string name = binary_name(use.type.name);
  const ClassShape* shape = classes_.find(name);
  if (shape != nullptr)
    if (const std::string factory = factory_of(*shape); !factory.empty())
      return made_by(factory, where);
  if (name == kEither)
    return of_either(use, hierarchy, where);
  if (name == kTuple)
    return invalid("Tuple itself is no type: one of its subclasses is");
  if (shape != nullptr && classes_.chain_of(*shape).missing == kTuple)
    return of_tuple(use, *shape, std::move(hierarchy), where);
  if (name == "java.lang.Object" || name == "java.lang.Class")
    return generic(name, "can hold anything", where);
  if (std::ranges::count(hierarchy, name) > 1)
    return generic(name, "holds itself, which Flink's own serializers cannot follow", where);
  if (const TypeSerializer* row = find_extracted(name))
    return {.snapshot = snapshot_of(table_, row->serializer), .type_class = name};
  if (collection_of(name) != Collection::none)
    return of_collection(use, name, where);
  if (shape != nullptr)
    return of_shape(use, *shape, std::move(hierarchy), where);
  if (classes_.is_plainly_generic(name))
    return generic(name, "is a class of the JDK that Flink has no serializer for", where);
  return unknown(name, "the class is not in the JAR");
}

ChosenSerializer SerializerChoice::of_shape(const TypeUse& use, const ClassShape& shape, Hierarchy hierarchy,
                                            const std::string& where) {
  constexpr std::string_view kValue = "org.apache.flink.types.Value";
  constexpr std::string_view kCopyable = "org.apache.flink.types.CopyableValue";
  const auto of_its_class = [&](const char* serializer) {
    return ChosenSerializer{with_parameter(snapshot_of(table_, serializer), "class", shape.name), shape.name, {}};
  };
  if (classes_.is_subclass_of_any(shape, {"org.apache.hadoop.io.Writable", "org.apache.hadoop.io.WritableComparable"}))
    return of_its_class("org.apache.flink.api.java.typeutils.runtime.WritableSerializer");
  if (classes_.is_subclass_of_any(shape, {kCopyable}))
    return of_its_class("org.apache.flink.api.java.typeutils.runtime.CopyableValueSerializer");
  if (classes_.is_subclass_of_any(shape,
                                  {kValue, "org.apache.flink.types.Key", "org.apache.flink.types.NormalizableKey",
                                   "org.apache.flink.types.ResettableValue"}))
    return of_its_class("org.apache.flink.api.java.typeutils.runtime.ValueSerializer");
  if (is_enum(shape))
    return {.snapshot = enum_snapshot(table_, shape), .type_class = shape.name};
  if (classes_.is_subclass_of_any(shape, {"org.apache.avro.specific.SpecificRecordBase"}))
    return {.snapshot = avro_snapshot(table_, shape.name, shape.avro_schema), .type_class = shape.name};
  if ((shape.access_flags & kAccInterface) != 0)
    return generic(shape.name, "is an interface: its values can be of any class that implements it", where);
  return of_pojo(use, shape, std::move(hierarchy), where);
}

ChosenSerializer SerializerChoice::of_tuple(const TypeUse& use, const ClassShape& shape, Hierarchy hierarchy,
                                            const std::string& where) {
  const DataClasses::Chain chain = classes_.chain_of(shape);
  const ClassShape& tuple = *chain.classes.back();
  const std::size_t arity = tuple.generic.type_parameters.size();
  if (arity == 0)
    return {.snapshot = snapshot_of(table_, "org.apache.flink.api.java.typeutils.runtime.Tuple0Serializer"),
            .type_class = shape.name};
  const ShapeLookup lookup = [this](std::string_view name) { return classes_.find(name); };
  const auto as_tuple = super_type(lookup, substitute(use.type, use.bindings), tuple.name);
  if (!as_tuple || as_tuple->arguments.size() != arity)
    return invalid("a tuple without type arguments");
  for (const ClassShape* above : chain.classes)
    hierarchy.push_back(above->name);
  if (public_fields(chain) > arity)
    return of_pojo(use, shape, std::move(hierarchy), where);
  std::vector<SerializerSnapshot> fields;
  for (const TypeArgument& argument : as_tuple->arguments) {
    if (argument.kind != TypeArgument::Kind::exact)
      return invalid("a tuple with a wildcard");
    Hierarchy below = hierarchy;
    below.push_back(java_name(argument.type.front()));
    ChosenSerializer field =
        of_type({argument.type.front(), kNoBindings}, std::move(below), fmt::format("{}[{}]", where, fields.size()));
    if (!field.invalid.empty())
      return field;
    fields.push_back(std::move(field.snapshot));
  }
  return {.snapshot = tuple_snapshot(table_, shape.name, std::move(fields)), .type_class = shape.name};
}

/// EitherTypeInfoFactory.
ChosenSerializer SerializerChoice::of_either(const TypeUse& use, const Hierarchy& hierarchy, const std::string& where) {
  std::vector<SerializerSnapshot> sides;
  for (const TypeArgument& argument : use.type.arguments) {
    if (argument.kind != TypeArgument::Kind::exact)
      return invalid("an Either with a wildcard");
    ChosenSerializer side =
        of_type({argument.type.front(), use.bindings}, hierarchy, fmt::format("{}[{}]", where, sides.size()));
    if (!side.invalid.empty())
      return side;
    sides.push_back(std::move(side.snapshot));
  }
  if (sides.empty())
    return invalid("an Either without type arguments");
  return {
      .snapshot = snapshot_of(table_, "org.apache.flink.api.java.typeutils.runtime.EitherSerializer", std::move(sides)),
      .type_class = std::string(kEither)};
}

/// From 2.0 on List, Map and Set have serializers of their own, where their type arguments are classes.
ChosenSerializer SerializerChoice::of_collection(const TypeUse& use, const std::string& name,
                                                 const std::string& where) {
  constexpr FlinkVersion kOwnSerializers{2, 0};
  if (release_ < kOwnSerializers)
    return generic(name, "has no serializer of its own in Flink 1.x", where);
  if (use.type.arguments.empty())
    return generic(name, "is given without type arguments, which would tell what it holds", where);
  if (!std::ranges::all_of(use.type.arguments, is_plain_argument))
    return generic(name, "has a type argument that is not a plain class", where);
  // Each starts anew: a class that holds itself in a collection is not found to do so.
  const auto of_argument = [&](std::size_t index, const std::string& at) {
    return extract(use.type.arguments[index].type.front(), at);
  };
  const Collection kind = collection_of(name);
  ChosenSerializer first = of_argument(0, where + (kind == Collection::set ? "[0][0]" : "[0][0][0]"));
  if (!first.invalid.empty())
    return first;
  if (kind == Collection::set)
    return {.snapshot = nullable(table_, snapshot_of(table_, "org.apache.flink.api.common.typeutils.base.SetSerializer",
                                                     {std::move(first.snapshot)})),
            .type_class = name};
  if (kind == Collection::list)
    return {.snapshot = nullable(table_, list_snapshot(table_, nullable(table_, std::move(first.snapshot)))),
            .type_class = name};
  ChosenSerializer value = of_argument(1, where + "[0][1]");
  if (!value.invalid.empty())
    return value;
  return {.snapshot = nullable(
              table_, map_snapshot(table_, nullable(table_, std::move(first.snapshot)), std::move(value.snapshot))),
          .type_class = name};
}

ChosenSerializer SerializerChoice::of_pojo(const TypeUse& use, const ClassShape& shape, Hierarchy hierarchy,
                                           const std::string& where) {
  if (std::ranges::find(open_pojos_, shape.name) != open_pojos_.end()) {
    note(where, shape.name, "holds itself in a collection: Flink 2.x ends with a StackOverflowError on it");
    return unknown(shape.name,
                   "it holds itself in a collection, which Flink 2.x cannot follow: the job does not start");
  }
  const TypeBindings bindings = bindings_of(shape, substitute(use.type, use.bindings));
  const PojoAnalysis analysis = analyze_pojo(classes_, shape, bindings, release_);
  if (!analysis.unknown_because.empty())
    return unknown(shape.name, analysis.unknown_because);
  if (!analysis.is_pojo())
    return generic(shape.name,
                   job_.shapes.contains(shape.name) ? analysis.why_not
                                                    : "is a class of a library that Flink has no serializer for",
                   where);
  for (const ClassShape* above : classes_.chain_of(shape).classes)
    hierarchy.push_back(above->name);
  open_pojos_.push_back(shape.name);
  std::vector<SerializerField> fields;
  for (const PojoField& field : analysis.fields)
    fields.push_back(field_of(field, hierarchy, where + "." + field.field->name));
  ChosenSerializer chosen = pojo_snapshot(shape, std::move(fields), where);
  open_pojos_.pop_back();
  return chosen;
}

SerializerField SerializerChoice::field_of(const PojoField& field, Hierarchy hierarchy, const std::string& where) {
  const GenericType& type = field.field->type;
  ChosenSerializer chosen;
  if (!field.field->type_info_factory.empty()) {
    chosen = made_by(field.field->type_info_factory, where);
  } else {
    if (type.kind != GenericType::Kind::type_variable)
      hierarchy.push_back(java_name(type));
    chosen = of_type({type, field.bindings}, std::move(hierarchy), where);
  }
  if (!chosen.invalid.empty()) {
    const bool has_class = type.kind == GenericType::Kind::class_type || is_plain_class(type);
    chosen =
        generic(has_class ? class_name_of(type) : "java.lang.Object", "cannot be analysed: " + chosen.invalid, where);
  }
  return {.name = field.field->name,
          .declaring_class = field.declared_by->name,
          .serializer = {std::move(chosen.snapshot)}};
}

/// The factory of the class or of the nearest super class that has one.
std::string SerializerChoice::factory_of(const ClassShape& shape) const {
  for (const ClassShape* above : classes_.chain_of(shape).classes) {
    for (const auto& [type, factory] : job_.serialization.type_info_factories)
      if (type == above->name)
        return factory;
    if (!above->type_info_factory.empty())
      return above->type_info_factory;
  }
  return {};
}

ChosenSerializer SerializerChoice::made_by(const std::string& factory, const std::string& where) {
  const auto made = job_.made_types.find(factory);
  if (made == job_.made_types.end())
    return unknown({}, fmt::format("what the factory {} makes could not be told from its code", factory));
  if (std::ranges::find(open_factories_, factory) != open_factories_.end())
    return unknown({}, fmt::format("the factory {} makes the type that it is asked for by asking for it", factory));
  open_factories_.push_back(factory);
  ChosenSerializer chosen = of_expression(made->second, where);
  open_factories_.pop_back();
  return chosen;
}

}  // namespace preflight
