#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classfile/constant_pool.h"
#include "input/input_error.h"

namespace preflight {

/// An attribute_info table (JVMS 4.7) that has been walked once: its count and its records. attributes.h reads it.
struct AttributeTable {
  std::uint16_t count = 0;
  std::span<const std::byte> bytes;  ///< Behind the count.
  std::uint64_t offset = 0;          ///< Of `bytes` in the class file, for errors.
};

struct FieldView {
  std::uint16_t access_flags = 0;
  std::string_view name;
  std::string_view descriptor;
  AttributeTable attributes;
};

struct MethodView {
  std::uint16_t access_flags = 0;
  std::string_view name;
  std::string_view descriptor;
  std::span<const std::byte> code;  ///< Empty for abstract and native methods.
  std::uint64_t code_offset = 0;    ///< Of `code` in the class file.
  AttributeTable attributes;
  AttributeTable code_attributes;              ///< LineNumberTable and its kin.
  std::span<const std::byte> exception_table;  ///< Rows of eight bytes (JVMS 4.7.3).
};

/// A class file (JVMS 4.1) as views of its own bytes, which must outlive it: what a scan over tens of thousands of
/// classes can afford. Names are internal names (java/lang/String) in modified UTF-8.
struct ClassView {
  std::uint16_t minor_version = 0;
  std::uint16_t major_version = 0;
  ConstantPool pool;
  std::uint16_t access_flags = 0;
  std::string_view name;
  std::string_view super_class;  ///< Empty for java/lang/Object and module-info.
  std::vector<std::string_view> interfaces;
  std::vector<FieldView> fields;
  std::vector<MethodView> methods;
  AttributeTable attributes;
  /// Classes named by CONSTANT_Class entries and by descriptors, arrays by element; in no order, some more than once.
  std::vector<std::string_view> references;
};

/// Throws InputError as parse_class_file does.
ClassView view_class_file(std::span<const std::byte> bytes, const InputPlace& place);
/// The same into `view`, with the memory of the class that it was before. What it is after an InputError is of no use.
void view_class_file(std::span<const std::byte> bytes, const InputPlace& place, ClassView& view);

}  // namespace preflight
