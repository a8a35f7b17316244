#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/input_error.h"

namespace preflight {

/// A reference from a class file's constant pool to a member (JVMS 4.4.2).
struct MemberReference {
  enum class Kind { field, method, interface_method };
  Kind kind = Kind::method;
  std::string owner;  ///< Binary name of the class named as owner, for example java.lang.String; "[I" for an array.
  std::string name;
  std::string descriptor;  ///< As in the file: (Ljava/lang/String;)V
};

struct FieldDeclaration {
  std::string name;
  std::string descriptor;
  std::uint16_t access_flags = 0;
};

struct MethodBody {
  std::string name;
  std::string descriptor;
  std::uint16_t access_flags = 0;
  std::span<const std::byte>
      code;  ///< Bytecode; empty for abstract and native methods. Points into the class file's bytes.
};

/// Of a class file that was compiled with --enable-preview (JVMS 4.1): it runs on exactly one Java release.
bool is_preview(std::uint16_t major_version, std::uint16_t minor_version);

/// What a class file says about itself and what it refers to (JVMS chapter 4). Names are binary names (a.b.C$D).
struct ClassFile {
  std::uint16_t minor_version = 0;
  std::uint16_t major_version = 0;  ///< 52 is Java 8, 55 Java 11, 61 Java 17, 65 Java 21.
  std::uint16_t access_flags = 0;
  std::string name;
  std::string super_class;  ///< Empty for java.lang.Object and module-info.
  std::vector<std::string> interfaces;
  std::vector<FieldDeclaration> fields;
  std::vector<MethodBody> methods;
  std::vector<std::string>
      referenced_classes;  ///< Sorted, unique: class entries, owners and descriptors; arrays by element.
  std::vector<MemberReference> member_references;
  std::vector<std::string> string_constants;  ///< CONSTANT_String entries in pool order, in UTF-8.

  /// A module-info (JVMS 4.1, from Java 9 on): no JVM loads it as a class.
  bool is_module() const { return major_version >= 53 && (access_flags & 0x8000U) != 0; }
  bool is_preview() const { return preflight::is_preview(major_version, minor_version); }
};

/// The Java release of a class-file major version: 52 → 8. Zero for versions before 45.
int java_release(std::uint16_t major_version);

/// Reads a class file of Java 1.1 to 25. `bytes` must outlive the result (MethodBody::code points into it).
/// Throws InputError: not_this_format (magic), truncated, corrupt (an index out of range, a wrong tag at an index, a
/// tag younger than the class file's version, a minor version that its major version does not have, no descriptor where
/// one must be, trailing bytes), unsupported (a major version outside 45 to 69). class_view.h has the same without the
/// copies.
ClassFile parse_class_file(std::span<const std::byte> bytes, const InputPlace& place);

}  // namespace preflight
