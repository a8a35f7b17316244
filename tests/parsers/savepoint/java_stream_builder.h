#pragma once

#include <string>
#include <utility>
#include <vector>

#include "java_bytes.h"

namespace preflight::test {

// Pieces of a Java object serialization stream.

inline JavaBytes java_stream(const JavaBytes& content) {
  return JavaBytes().hex4(0xACED0005).add(content);
}
inline JavaBytes java_null() {
  return JavaBytes().u1(0x70);
}
inline JavaBytes java_string(const std::string& text) {
  return JavaBytes().u1(0x74).utf(text);
}
inline JavaBytes java_reference(unsigned index) {
  return JavaBytes().u1(0x71).hex4(0x7E0000U + index);
}

struct JavaField {
  char type;
  std::string name;
};

/// A class descriptor with no annotation. Fields of a reference type have a signature of their own.
inline JavaBytes java_class(const std::string& name, const std::vector<JavaField>& fields = {},
                            const JavaBytes& super = java_null(), unsigned flags = 0x02) {
  JavaBytes bytes;
  bytes.u1(0x72).utf(name).i8(1).u1(flags).i2(static_cast<std::int16_t>(fields.size()));
  for (const JavaField& field : fields) {
    bytes.u1(static_cast<unsigned char>(field.type)).utf(field.name);
    if (field.type == 'L' || field.type == '[')
      bytes.add(java_string("Lsome/Signature;"));
  }
  return bytes.u1(0x78).add(super);
}
inline JavaBytes java_object(const JavaBytes& descriptor, const JavaBytes& field_values = {}) {
  return JavaBytes().u1(0x73).add(descriptor).add(field_values);
}
inline JavaBytes java_enum(const std::string& class_name, const std::string& constant) {
  const JavaBytes base = java_class("java.lang.Enum", {}, java_null(), 0x12);
  return JavaBytes().u1(0x7E).add(java_class(class_name, {}, base, 0x12)).add(java_string(constant));
}

/// An object of an org.apache.flink.table.types.logical type: the root, whether it may be null, and its own fields.
inline JavaBytes logical_type(const std::string& class_name, const std::string& root, bool nullable,
                              const std::vector<JavaField>& own_fields = {}, const JavaBytes& own_values = {}) {
  const JavaBytes base =
      java_class("org.apache.flink.table.types.logical.LogicalType", {{'Z', "isNullable"}, {'L', "typeRoot"}});
  const JavaBytes values =
      JavaBytes().u1(nullable).add(java_enum("org.apache.flink.table.types.logical.LogicalTypeRoot", root));
  return java_object(java_class("org.apache.flink.table.types.logical." + class_name, own_fields, base),
                     JavaBytes(values).add(own_values));
}

}  // namespace preflight::test
