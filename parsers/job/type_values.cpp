#include "job/type_values.h"

#include <algorithm>

#include "job/job_settings.h"
#include "job/method_types.h"

namespace preflight {
namespace {

const std::string kTypeInformation = "org.apache.flink.api.common.typeinfo.TypeInformation";
const std::string kTypeSerializer = "org.apache.flink.api.common.typeutils.TypeSerializer";
const std::string kTypeHint = "org.apache.flink.api.common.typeinfo.TypeHint";
/// Types within types; one that makes itself would never end.
constexpr int kDeepestType = 24;

/// Flink's naming: of classes that are not in the JAR nothing else tells.
bool named_as_serializer(std::string_view class_name) {
  return class_name.ends_with("Serializer");
}

bool named_as_type_information(std::string_view class_name) {
  return class_name.ends_with("TypeInfo") || class_name.ends_with("TypeInformation");
}

}  // namespace

TypeExpression unknown_type(std::string reason, CodePlace place) {
  TypeExpression type;
  type.reason = std::move(reason);
  type.place = std::move(place);
  return type;
}

TypeExpression extracted_type(GenericType type, CodePlace place) {
  TypeExpression result;
  result.form = TypeExpression::Form::extracted;
  result.type = std::move(type);
  result.place = std::move(place);
  return result;
}

GenericType type_of_descriptor(std::string_view descriptor) {
  GenericType type;
  if (descriptor.starts_with('[')) {
    type.kind = GenericType::Kind::array;
    type.component.push_back(type_of_descriptor(descriptor.substr(1)));
  } else if (descriptor.starts_with('L') && descriptor.ends_with(';')) {
    type.name = descriptor.substr(1, descriptor.size() - 2);
  } else {
    type.kind = GenericType::Kind::primitive;
    type.name = descriptor;
  }
  return type;
}

TypeExpression TypeReader::type_of(const Value* value) {
  if (value == nullptr || depth_ >= kDeepestType)
    return unknown_type(why_unknown(value), interpreter_.place());
  ++depth_;
  TypeExpression type;
  if (const auto* literal = value->as<ClassValue>())
    type = extracted_type(type_of_descriptor(literal->descriptor));
  else if (const auto* object = value->as<ObjectValue>())
    type = type_of_object(*object, value);
  else if (const auto* call = value->as<CallValue>())
    type = type_of_call(*call);
  else if (const auto* field = value->as<LibraryFieldValue>())
    type = type_of_field(*field);
  else
    type = unknown_type(why_unknown(value), interpreter_.place());
  --depth_;
  return type;
}

TypeExpression TypeReader::type_of_object(const ObjectValue& object, const Value* value) {
  if (interpreter_.classes().is_own(object.class_name))
    return type_of_own(object, value);
  TypeExpression type;
  type.place = object.place;
  type.made_class = object.class_name;
  const TypeFactory* row = calls_.find_type_factory(object.class_name, "<init>");
  if (row != nullptr || named_as_type_information(object.class_name))
    type.form = TypeExpression::Form::type_information;
  else if (named_as_serializer(object.class_name))
    type.form = TypeExpression::Form::serializer;
  else
    return unknown_type("it is a " + object.class_name, object.place);
  add_arguments(type, object.constructor.arguments, row != nullptr && row->classes_are_types);
  return type;
}

bool TypeReader::extends(const std::string& class_name, const std::string& ancestor) {
  return std::ranges::any_of(interpreter_.classes().library_ancestors(class_name),
                             [&](const std::string& one) { return calls_.extends(one, ancestor); });
}

TypeExpression TypeReader::type_of_own(const ObjectValue& object, const Value* value) {
  if (extends(object.class_name, kTypeHint)) {
    const auto hinted = type_argument(shapes_.lookup(), object.class_name, kTypeHint, 0);
    return hinted ? extracted_type(*hinted, object.place)
                  : unknown_type("the TypeHint " + object.class_name + " has no type argument", object.place);
  }
  TypeExpression type;
  type.place = object.place;
  type.made_class = object.class_name;
  if (extends(object.class_name, kTypeSerializer)) {
    type.form = TypeExpression::Form::serializer;
    own_serializers_.emplace(object.class_name, value);
    add_arguments(type, object.constructor.arguments, false);
    return type;
  }
  if (const TypeFactory* row = calls_.find_type_factory(object.library_constructor.owner, "<init>"))
    return type_of_extended(*row, object, value);
  if (!extends(object.class_name, kTypeInformation))
    return unknown_type("it is a " + object.class_name, object.place);
  const Value* config = interpreter_.values().unknown(UnknownReason::parameter);
  return type_of(interpreter_.invoke_virtual(value, "createSerializer", "", {config}));
}

/// What Scala's compiler makes of createTypeInformation: a class that hands everything to the one that it extends.
TypeExpression TypeReader::type_of_extended(const TypeFactory& row, const ObjectValue& object, const Value* value) {
  TypeExpression type;
  type.form = TypeExpression::Form::type_information;
  type.place = object.place;
  type.made_class = row.makes;
  std::vector<const Value*> told = object.library_constructor.arguments;
  if (row.ignores >= 0 && static_cast<std::size_t>(row.ignores) < told.size())
    told.erase(told.begin() + row.ignores);
  add_arguments(type, told, row.classes_are_types);
  if (!row.serializer_says_more)
    return type;
  const Value* config = interpreter_.values().unknown(UnknownReason::parameter);
  const Value* serializer = interpreter_.invoke_virtual(value, "createSerializer", "", {config});
  if (const auto* made = serializer->as<ObjectValue>())
    for (const Value* argument :
         (made->library_constructor.owner.empty() ? made->constructor : made->library_constructor).arguments)
      if (const auto* text = argument->as<TextValue>())
        type.texts.push_back(text->text);
  return type;
}

TypeExpression TypeReader::type_of_call(const CallValue& call) {
  const TypeFactory* row = calls_.find_type_factory(call.owner, call.name);
  if (row == nullptr) {
    // TypeInformation#createSerializer of a known type is that type's serializer.
    if (call.name == "createSerializer" && call.receiver != nullptr)
      return type_of(call.receiver);
    return unknown_type("library-internal(" + call.owner + "." + call.name + ")", call.place);
  }
  if (row->makes.empty())
    return call.arguments.empty() ? type_of(call.receiver) : type_of(call.arguments.front());
  TypeExpression type;
  type.form =
      named_as_serializer(row->makes) ? TypeExpression::Form::serializer : TypeExpression::Form::type_information;
  type.place = call.place;
  type.made_class = row->makes;
  add_arguments(type, call.arguments, row->classes_are_types);
  return type;
}

TypeExpression TypeReader::type_of_field(const LibraryFieldValue& field) const {
  TypeExpression type;
  type.place = interpreter_.place();
  if (const TypeFactory* row = calls_.find_type_factory(field.owner, field.name)) {
    type.form = TypeExpression::Form::type_information;
    type.made_class = row->makes;
    type.texts.push_back(row->text);
    return type;
  }
  if (!named_as_serializer(field.owner) || field.name != "INSTANCE")
    return unknown_type("library-internal(" + field.owner + "." + field.name + ")", type.place);
  type.form = TypeExpression::Form::serializer;
  type.made_class = field.owner;
  return type;
}

void TypeReader::add_arguments(TypeExpression& type, const std::vector<const Value*>& values, bool classes_are_types) {
  for (const Value* value : values)
    add_argument(type, value, classes_are_types);
}

void TypeReader::add_argument(TypeExpression& type, const Value* value, bool classes_are_types) {
  if (value == nullptr || value->is<NullValue>() || value->is<IntegerValue>())
    return;
  if (const auto* text = value->as<TextValue>()) {
    type.texts.push_back(text->text);
    return;
  }
  if (const auto* literal = value->as<ClassValue>(); literal != nullptr && !classes_are_types) {
    type.texts.push_back(literal->name());
    return;
  }
  if (const auto entries = interpreter_.entries(value)) {
    for (const auto& [key, mapped] : *entries) {
      add_argument(type, key, classes_are_types);
      add_argument(type, mapped, classes_are_types);
    }
    return;
  }
  if (const auto elements = interpreter_.elements(value)) {
    add_arguments(type, *elements, classes_are_types);
    return;
  }
  type.arguments.push_back(type_of(value));
}

}  // namespace preflight
