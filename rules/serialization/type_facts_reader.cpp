#include "serialization/type_facts_reader.h"

#include "classfile/access_flags.h"
#include "job/generic_types.h"

namespace preflight {
namespace {

/// "size:I"
ShapeField read_field(const TableRow& row, const std::string& text, std::uint16_t access_flags) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos)
    row.fail("fields written as name:descriptor");
  std::string descriptor = text.substr(colon + 1);
  // The signature of a field is none where its type is primitive; a method's result may be.
  GenericType type =
      parse_method_signature("()" + descriptor, {.path = "the compatibility table", .entry = text}).result;
  return {.name = text.substr(0, colon),
          .descriptor = std::move(descriptor),
          .type = std::move(type),
          .access_flags = access_flags};
}

ShapeMethod method_without_parameters(const char* name, std::uint16_t access_flags) {
  MethodSignature type;
  type.result = {.kind = GenericType::Kind::primitive, .name = "V"};
  return {.name = name, .descriptor = "()V", .type = std::move(type), .access_flags = access_flags};
}

ClassShape read_library_class(const TableRow& row) {
  ClassShape shape{
      .name = row.text("name"), .access_flags = kAccPublic, .enum_constants = row.optional_texts("enum_constants")};
  std::string super_class = row.optional_text("super_class");
  if (!shape.enum_constants.empty()) {
    super_class = "java.lang.Enum";
    shape.access_flags |= kAccEnum | kAccFinal;
  }
  shape.generic.super_class = class_type(super_class.empty() ? "java.lang.Object" : super_class);
  for (const std::string& field : row.optional_texts("fields"))
    shape.fields.push_back(read_field(row, field, kAccPrivate));
  for (const std::string& field : row.optional_texts("pojo_fields"))
    shape.fields.push_back(read_field(row, field, kAccPublic));
  shape.methods.push_back(method_without_parameters("<init>", kAccPublic));
  if (row.optional_boolean("serializes_itself", false))
    shape.methods.push_back(method_without_parameters("readObject", kAccPrivate));
  return shape;
}

}  // namespace

TypeSerializer read_type_serializer(const TableRow& row) {
  return {.types = row.texts("types"),
          .type_information = row.text("type_information"),
          .serializer = row.text("serializer"),
          .composite = row.optional_boolean("composite", false),
          .parameters = row.optional_texts("parameters"),
          .extracted = row.boolean("extracted"),
          .sources = row.texts("sources")};
}

SerializerForm read_serializer_form(const TableRow& row) {
  return {.serializer = row.text("serializer"),
          .snapshot = row.text("snapshot"),
          .nested = row.texts("nested"),
          .sources = row.texts("sources")};
}

LibraryPackage read_library_package(const TableRow& row) {
  LibraryPackage package{
      .name = row.text("package"), .complete = row.boolean("complete"), .sources = row.texts("sources")};
  for (const TableRow& shape : row.rows("classes"))
    package.classes.push_back(read_library_class(shape));
  return package;
}

}  // namespace preflight
