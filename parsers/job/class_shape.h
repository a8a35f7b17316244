#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "classfile/attributes.h"
#include "classfile/class_view.h"
#include "classfile/signature.h"

namespace preflight {

struct ShapeField {
  std::string name;
  std::string descriptor;
  GenericType type;  ///< From the Signature attribute, else from the descriptor.
  std::uint16_t access_flags = 0;
  std::string type_info_factory;  ///< Binary name of the class that a @TypeInfo on the field names; empty for none.
};

struct ShapeMethod {
  std::string name;
  std::string descriptor;
  MethodSignature type;
  std::uint16_t access_flags = 0;
};

/// What a class file says of a class as a type of data: all that TypeExtractor, the serializers and Java serialization
/// look at by reflection.
struct ClassShape {
  std::string name;                  ///< Binary name.
  std::uint16_t access_flags = 0;    ///< As declared: of a nested class those of its InnerClasses entry.
  bool inner = false;                ///< A nested class that is not static: its constructors take the outer instance.
  ClassSignature generic;            ///< Type parameters, super class and interfaces with their type arguments.
  std::vector<ShapeField> fields;    ///< In the order of the class file.
  std::vector<ShapeMethod> methods;  ///< Constructors included.
  std::vector<std::string> enum_constants;  ///< In order of declaration; empty for a class that is no enum.
  std::optional<std::vector<std::string>> record_components;
  std::string type_info_factory;                   ///< Binary name; of a @TypeInfo on the class; empty for none.
  std::optional<std::int64_t> serial_version_uid;  ///< The constant, where the class declares it.
  std::string avro_schema;        ///< JSON of a generated Avro record's SCHEMA$; empty where there is none.
  std::uint64_t code_digest = 0;  ///< Of all method bodies without constant pool indices: tells that logic changed.
};

/// Throws InputError (truncated, corrupt, unsupported) at the attribute or the instruction that cannot be read.
/// `attributes` are those of `view`.
ClassShape shape_of(const ClassView& view, const ClassAttributes& attributes, const InputPlace& place);

/// Shapes by binary name: of the application's own classes that its types reach, their super types and field types
/// included. A class that is not in it is not in the JAR.
using ClassShapes = std::map<std::string, ClassShape, std::less<>>;

/// Whether `super_class` is above the class, and all between are in `shapes`.
bool has_super_class(const ClassShape& shape, const ClassShapes& shapes, std::string_view super_class);

}  // namespace preflight
