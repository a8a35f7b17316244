#pragma once

#include <set>
#include <string>

#include "compatibility_table.h"
#include "job/class_shape.h"

namespace preflight {

/// The types of the objects that values of a type can hold, as far as declared types tell: of fields, type arguments,
/// components, super classes and known subclasses.
struct ReachableTypes {
  std::set<std::string> names;  ///< As in Java: "com.acme.Tag", "int", "long[]".
  bool open = false;  ///< Some can be of any class: a raw collection, an Object, an interface, a type variable.
};
/// Follows the classes of `shapes`; `table` tells which of the JDK hold no others. A class that neither has leaves it
/// open.
ReachableTypes reachable_types(const GenericType& type, const ClassShapes& shapes, const CompatibilityTable* table);

/// "java.util.List<com.acme.Tag>", "long[]", "?"
std::string java_text(const GenericType& type);
/// The same without type arguments; a type variable is java.lang.Object.
std::string java_name(const GenericType& type);

/// The fields that Kryo and Java serialization write: neither static nor transient nor the compiler's own; those of
/// super classes as far as `shapes` has them.
std::vector<const ShapeField*> serialized_fields(const ClassShape& shape, const ClassShapes& shapes);

}  // namespace preflight
