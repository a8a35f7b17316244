#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "serialization/serializer_choice.h"
#include "serialization/snapshot_forms.h"

namespace preflight {
namespace {

constexpr std::string_view kTypeUtils = "org.apache.flink.api.java.typeutils.";
constexpr std::string_view kTypeInfo = "org.apache.flink.api.common.typeinfo.";

/// "ListTypeInfo" of a type information of Flink's core; empty for any other class.
std::string_view core_name(std::string_view class_name) {
  for (const std::string_view package : {kTypeUtils, kTypeInfo})
    if (class_name.starts_with(package))
      return class_name.substr(package.size());
  return {};
}

/// "java.lang.Long" of java.lang.Long[].
std::string component_of(const std::string& array) {
  return array.ends_with("[]") ? array.substr(0, array.size() - 2) : std::string();
}

std::string first_text(const TypeExpression& type) {
  return type.texts.empty() ? std::string() : type.texts.front();
}

}  // namespace

ChosenSerializer SerializerChoice::of_expression(const TypeExpression& type, const std::string& where) {
  switch (type.form) {
    case TypeExpression::Form::unknown:
      return unknown({}, type.reason);
    case TypeExpression::Form::extracted:
      return extract(type.type, where);
    case TypeExpression::Form::type_information:
      return of_type_information(type, where);
    case TypeExpression::Form::serializer:
      return of_serializer(type, where);
  }
  return unknown({}, type.reason);
}

std::vector<SerializerSnapshot> SerializerChoice::all_of(const std::vector<TypeExpression>& types,
                                                         const std::string& where) {
  std::vector<SerializerSnapshot> snapshots;
  for (const TypeExpression& type : types) {
    ChosenSerializer chosen = of_expression(type, fmt::format("{}[{}]", where, snapshots.size()));
    snapshots.push_back(chosen.invalid.empty() ? std::move(chosen.snapshot) : unknown_serializer(chosen.invalid));
  }
  return snapshots;
}

ChosenSerializer SerializerChoice::of_type_information(const TypeExpression& type, const std::string& where) {
  const std::string_view name = core_name(type.made_class);
  const std::string text = first_text(type);
  const auto made = [&](const char* serializer, std::string_view type_class) {
    return ChosenSerializer{
        snapshot_of(table_, serializer, all_of(type.arguments, where)), std::string(type_class), {}};
  };
  if (name == "ListTypeInfo")
    return made("org.apache.flink.api.common.typeutils.base.ListSerializer", "java.util.List");
  if (name == "MapTypeInfo")
    return made("org.apache.flink.api.common.typeutils.base.MapSerializer", "java.util.Map");
  if (name == "SetTypeInfo")
    return made("org.apache.flink.api.common.typeutils.base.SetSerializer", "java.util.Set");
  if (name == "EitherTypeInfo")
    return made("org.apache.flink.api.java.typeutils.runtime.EitherSerializer", "org.apache.flink.types.Either");
  if (name == "MultisetTypeInfo") {
    std::vector<SerializerSnapshot> parts = all_of(type.arguments, where);
    parts.push_back(snapshot_of(table_, "org.apache.flink.api.common.typeutils.base.IntSerializer"));
    return {
        .snapshot = snapshot_of(table_, "org.apache.flink.api.common.typeutils.base.MapSerializer", std::move(parts)),
        .type_class = "java.util.Map"};
  }
  if (name == "TupleTypeInfo" && !type.arguments.empty()) {
    const std::string tuple_class =
        text.empty() ? fmt::format("org.apache.flink.api.java.tuple.Tuple{}", type.arguments.size()) : text;
    return {.snapshot = tuple_snapshot(table_, tuple_class, all_of(type.arguments, where)), .type_class = tuple_class};
  }
  if (name == "RowTypeInfo")
    return {.snapshot = with_parameter(made("org.apache.flink.api.java.typeutils.runtime.RowSerializer", "").snapshot,
                                       "supports_row_kind", true),
            .type_class = "org.apache.flink.types.Row"};
  if (name == "GenericTypeInfo" && !text.empty())
    return generic(text, "is declared generic by the code", where);
  if (name == "PojoTypeInfo" && !text.empty())
    return of_made_pojo(type, where);
  if (name == "ObjectArrayTypeInfo" && !type.arguments.empty()) {
    ChosenSerializer component = of_expression(type.arguments.front(), where + "[0]");
    return {.snapshot = array_snapshot(table_, component.type_class, std::move(component.snapshot)),
            .type_class = "[L" + component.type_class + ";"};
  }
  if (name == "EnumTypeInfo" || name == "ValueTypeInfo" || name == "WritableTypeInfo" ||
      type.made_class == "org.apache.flink.formats.avro.typeutils.AvroTypeInfo")
    if (!text.empty() && table_.find_type_serializer(text) == nullptr)
      return extract(class_type(text), where);
  if (type.made_class == "org.apache.flink.formats.avro.typeutils.GenericRecordAvroTypeInfo")
    return {.snapshot = avro_snapshot(table_, "org.apache.avro.generic.GenericRecord", text),
            .type_class = "org.apache.avro.generic.GenericRecord"};
  if (std::optional<ChosenSerializer> composite = of_composite_row(type, where))
    return *std::move(composite);
  return of_table_row(type, where);
}

/// A type information that rows say to be made of others: its serializer has theirs, and some of its texts.
std::optional<ChosenSerializer> SerializerChoice::of_composite_row(const TypeExpression& type,
                                                                   const std::string& where) {
  const auto row = std::ranges::find_if(table_.type_serializers, [&](const TypeSerializer& candidate) {
    return candidate.composite && candidate.type_information == type.made_class;
  });
  if (row == table_.type_serializers.end())
    return std::nullopt;
  SerializerSnapshot snapshot = snapshot_of(table_, row->serializer, all_of(type.arguments, where));
  for (std::size_t i = 0; i < row->parameters.size(); ++i) {
    if (row->parameters[i].empty())
      continue;
    if (i >= type.texts.size())
      return unknown(type.made_class, fmt::format("its {} could not be told from its code", row->parameters[i]));
    snapshot = with_parameter(std::move(snapshot), row->parameters[i].c_str(), type.texts[i]);
  }
  return ChosenSerializer{.snapshot = std::move(snapshot),
                          .type_class = row->types.empty() ? first_text(type) : row->types.front()};
}

/// Types.LONG, Types.PRIMITIVE_ARRAY(Types.LONG), BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO.
ChosenSerializer SerializerChoice::of_table_row(const TypeExpression& type, const std::string& where) {
  std::string text = first_text(type);
  if (core_name(type.made_class) == "PrimitiveArrayTypeInfo" && !type.arguments.empty())
    if (const TypeSerializer* element = table_.find_type_serializer(first_text(type.arguments.front())))
      text = element->types.back() + "[]";
  if (const TypeSerializer* row = table_.find_type_serializer(text))
    return {.snapshot = snapshot_of(table_, row->serializer), .type_class = text};
  const std::string component = component_of(text);
  if (const TypeSerializer* row = table_.find_type_serializer(component))
    return {.snapshot = array_snapshot(table_, component, snapshot_of(table_, row->serializer)),
            .type_class = "[L" + component + ";"};
  note(where, type.made_class, "is a type information whose serializer could not be told from its code");
  return unknown(type.made_class, "its serializer could not be told from its code");
}

/// Types.POJO(C), or with the types of its fields: texts are then the class and the names.
ChosenSerializer SerializerChoice::of_made_pojo(const TypeExpression& type, const std::string& where) {
  const std::string& name = type.texts.front();
  if (type.arguments.empty() && type.texts.size() == 1)
    return extract(class_type(name), where);
  const ClassShape* shape = classes_.find(name);
  if (shape == nullptr || type.texts.size() != type.arguments.size() + 1)
    return unknown(name, "the types of its fields could not be told from the code");
  const DataClasses::Chain chain = classes_.chain_of(*shape);
  std::vector<SerializerField> fields;
  for (std::size_t i = 0; i < type.arguments.size(); ++i) {
    SerializerField field{.name = type.texts[i + 1]};
    for (const ClassShape* declares : chain.classes)
      if (field.declaring_class.empty() &&
          std::ranges::find(declares->fields, field.name, &ShapeField::name) != declares->fields.end())
        field.declaring_class = declares->name;
    field.serializer.push_back(of_expression(type.arguments[i], where + "." + field.name).snapshot);
    fields.push_back(std::move(field));
  }
  return pojo_snapshot(*shape, std::move(fields), where);
}

ChosenSerializer SerializerChoice::of_serializer(const TypeExpression& type, const std::string& where) {
  const auto own = job_.own_serializers.find(type.made_class);
  if (own != job_.own_serializers.end() && !own->second.snapshot_class.empty()) {
    const bool composite = own->second.form == OwnSerializer::Form::composite;
    const std::vector<TypeExpression>& nested =
        composite && own->second.nested.empty() ? type.arguments : own->second.nested;
    return {.snapshot = own_snapshot(own->second, all_of(nested, where))};
  }
  const std::string text = first_text(type);
  SerializerSnapshot snapshot = snapshot_of(table_, type.made_class, all_of(type.arguments, where));
  if (const std::string* why = why_unknown(snapshot))
    return unknown({}, *why);
  const std::string& name = snapshot.serializer;
  if (name == "KryoSerializer" && !text.empty())
    return generic(text, "is serialized with Kryo by the code", where);
  if ((name == "PojoSerializer" || name == "AvroSerializer" || name == "EnumSerializer") && !text.empty())
    return extract(class_type(text), where);
  if (name == "TupleSerializer" || name == "ValueSerializer" || name == "CopyableValueSerializer" ||
      name == "WritableSerializer")
    snapshot = with_parameter(std::move(snapshot), "class", text);
  else if (name == "JavaSerializer" && !text.empty())
    snapshot = with_parameter(std::move(snapshot), "class", text);
  else if (name == "GenericArraySerializer")
    snapshot = with_parameter(std::move(snapshot), "component_class", text);
  else if (name == "RowSerializer")
    snapshot = with_parameter(std::move(snapshot), "supports_row_kind", true);
  else if (name == "NullableSerializer")
    snapshot = with_parameter(std::move(snapshot), "null_padding", std::int64_t{0});
  else if (name == "NFAStateSerializer")
    snapshot = with_parameter(std::move(snapshot), "supports_previous_timestamp", true);
  return {.snapshot = std::move(snapshot)};
}

}  // namespace preflight
