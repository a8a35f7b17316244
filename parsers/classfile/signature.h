#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input/input_error.h"

namespace preflight {

// The text of Signature attributes (JVMS 4.7.9.1): the generic types of the source, which descriptors have lost. All
// names are internal names and modified UTF-8. Each function throws InputError at `place`, the class file's: corrupt
// (no signature), unsupported (types nested deeper than 512, a class in more than 64 others).

struct TypeArgument;

struct GenericType {
  enum class Kind { primitive, class_type, type_variable, array };
  Kind kind = Kind::class_type;
  /// java/util/Map$Entry of a class, also where the signature writes java/util/Map<...>.Entry; the name of a type
  /// variable; the letter of a primitive type (JVMS table 4.3-A), V for void; empty for an array.
  std::string name;
  std::vector<TypeArgument> arguments;  ///< Of a class; empty for one that is not generic, and for a raw type.
  /// Of an inner class of a generic one the classes around it with their type arguments, outermost first.
  std::vector<GenericType> enclosing;
  std::vector<GenericType> component;  ///< Of an array exactly one.
};

/// String, ? extends Number, ? super T, ?
struct TypeArgument {
  enum class Kind { exact, extends, super, any };
  Kind kind = Kind::exact;
  std::vector<GenericType> type;  ///< Exactly one, none for `any`.
};

struct TypeParameter {
  std::string name;
  /// The class bound, where there is one, before the interfaces; java.lang.Object where empty. The first is the
  /// erasure.
  std::vector<GenericType> bounds;
};

struct ClassSignature {
  std::vector<TypeParameter> type_parameters;
  GenericType super_class;
  std::vector<GenericType> interfaces;
};

struct MethodSignature {
  std::vector<TypeParameter> type_parameters;
  std::vector<GenericType> parameters;
  GenericType result;
  std::vector<GenericType> exceptions;
};

ClassSignature parse_class_signature(std::string_view signature, const InputPlace& place);
MethodSignature parse_method_signature(std::string_view signature, const InputPlace& place);
/// Of a field, a record component or a local variable.
GenericType parse_field_signature(std::string_view signature, const InputPlace& place);

}  // namespace preflight
