#include "job/class_shape.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/class_code.h"

namespace preflight {
namespace {

constexpr std::string_view kTypeInfo = "Lorg/apache/flink/api/common/typeinfo/TypeInfo;";

/// Lcom/acme/Factory; → com.acme.Factory
std::string class_of_descriptor(std::string_view descriptor) {
  return descriptor.size() < 2 ? std::string() : binary_name(descriptor.substr(1, descriptor.size() - 2));
}

std::string factory_of(const std::vector<Annotation>& annotations) {
  const auto marked = std::ranges::find(annotations, kTypeInfo, &Annotation::type);
  if (marked == annotations.end())
    return {};
  const auto value = std::ranges::find(marked->elements, "value", &AnnotationElement::name);
  if (value == marked->elements.end() || value->value.kind != AnnotationValue::Kind::class_reference)
    return {};
  return class_of_descriptor(value->value.text);
}

GenericType raw_type(std::string_view internal_name) {
  return {.kind = GenericType::Kind::class_type, .name = std::string(internal_name)};
}

ClassSignature generic_of(const ClassView& view, const ClassAttributes& attributes, const InputPlace& place) {
  if (!attributes.signature.empty())
    return parse_class_signature(attributes.signature, place);
  ClassSignature plain{.super_class = raw_type(view.super_class)};
  for (const std::string_view interface : view.interfaces)
    plain.interfaces.push_back(raw_type(interface));
  return plain;
}

/// A descriptor as a type: of a field it may be primitive, which no Signature attribute of one is.
GenericType type_of_descriptor(std::string_view descriptor, const InputPlace& place) {
  return parse_method_signature("()" + std::string(descriptor), place).result;
}

ShapeField field_of(const ClassView& view, const FieldView& field, const InputPlace& place) {
  const MemberAttributes attributes = read_member_attributes(view, field.attributes, place);
  return {.name = text_of(field.name),
          .descriptor = text_of(field.descriptor),
          .type = attributes.signature.empty() ? type_of_descriptor(field.descriptor, place)
                                               : parse_field_signature(attributes.signature, place),
          .access_flags = field.access_flags,
          .type_info_factory = factory_of(attributes.annotations)};
}

ShapeMethod method_of(const ClassView& view, const MethodView& method, const InputPlace& place) {
  const MemberAttributes attributes = read_member_attributes(view, method.attributes, place);
  return {
      .name = text_of(method.name),
      .descriptor = text_of(method.descriptor),
      .type = parse_method_signature(attributes.signature.empty() ? method.descriptor : attributes.signature, place),
      .access_flags = method.access_flags};
}

std::optional<std::int64_t> serial_version_uid(const ClassView& view, const InputPlace& place) {
  for (const FieldView& field : view.fields) {
    if (field.name != "serialVersionUID" || field.descriptor != "J" || (field.access_flags & kAccStatic) == 0 ||
        (field.access_flags & kAccFinal) == 0)
      continue;
    const MemberAttributes attributes = read_member_attributes(view, field.attributes, place);
    if (view.pool.tag(attributes.constant_value) == ConstantTag::long_integer)
      return view.pool.number(attributes.constant_value, ConstantTag::long_integer,
                              ByteReader(field.attributes.bytes, place, field.attributes.offset), "ConstantValue");
  }
  return std::nullopt;
}

/// Of a member class its flags tell; a local or anonymous one keeps the outer instance where it has it in a field.
bool takes_outer_instance(const ClassView& view, const ClassAttributes& attributes) {
  const auto self = std::ranges::find(attributes.inner_classes, view.name, &InnerClass::inner);
  if (self == attributes.inner_classes.end())
    return false;
  if (!self->outer.empty())
    return (self->access_flags & kAccStatic) == 0;
  return std::ranges::any_of(view.fields, [](const FieldView& field) { return field.name.starts_with("this$"); });
}

}  // namespace

ClassShape shape_of(const ClassView& view, const ClassAttributes& attributes, const InputPlace& place) {
  ClassShape shape{.name = binary_name(view.name),
                   .access_flags = declared_access_flags(view, attributes),
                   .inner = takes_outer_instance(view, attributes),
                   .generic = generic_of(view, attributes, place),
                   .type_info_factory = factory_of(attributes.annotations),
                   .serial_version_uid = serial_version_uid(view, place),
                   .avro_schema = avro_schema_of(view, place),
                   .code_digest = digest_of_code(view, attributes, place)};
  for (const FieldView& field : view.fields) {
    shape.fields.push_back(field_of(view, field, place));
    if ((field.access_flags & kAccEnum) != 0)
      shape.enum_constants.push_back(shape.fields.back().name);
  }
  for (const MethodView& method : view.methods)
    shape.methods.push_back(method_of(view, method, place));
  if (attributes.record) {
    shape.record_components.emplace();
    for (const RecordComponent& component : *attributes.record)
      shape.record_components->push_back(text_of(component.name));
  }
  return shape;
}

bool has_super_class(const ClassShape& shape, const ClassShapes& shapes, std::string_view super_class) {
  std::set<std::string_view> seen;  // A hostile JAR may have a circle.
  for (const ClassShape* next = &shape; seen.insert(next->name).second;) {
    const std::string above = binary_name(next->generic.super_class.name);
    if (above == super_class)
      return true;
    const auto found = shapes.find(above);
    if (found == shapes.end())
      return false;
    next = &found->second;
  }
  return false;
}

}  // namespace preflight
