#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "input/byte_reader.h"

namespace preflight {

// Java Object Serialization Stream Protocol, version 5, read without loading any class: savepoints embed SQL types,
// comparators and CheckpointProperties in this form, without a length, so the grammar is walked to find the end.
//
//   stream  := AC ED 00 05 content
//   content := null | reference | class descriptor | object | string | array | class | enum constant | block data
//
// An object's bytes are its fields, superclass first, as its class descriptor lists them, followed by whatever its
// writeObject method added (kept as `extra`). Objects are numbered as they appear, and a reference names such a number.

/// An index into JavaStream::nodes. The graph may be cyclic: bound the depth of any walk.
using JavaNodeId = std::uint32_t;

/// A primitive field's value as a number, or the object that a field refers to. Floating-point fields are kept as bits.
using JavaValue = std::variant<std::int64_t, JavaNodeId>;

struct JavaFieldDescriptor {
  char type = 0;  ///< JVMS 4.3.2: 'I', 'Z', 'L', '[' …
  std::string name;
};

struct JavaClassDescriptor {
  std::string name;  ///< Binary name: "java.util.ArrayList", "[B".
  std::uint8_t flags = 0;
  std::vector<JavaFieldDescriptor> fields;
  std::optional<JavaNodeId> super;
};

struct JavaNode {
  enum class Kind : std::uint8_t {
    null,
    text,
    object,
    array,
    enum_constant,
    class_object,
    class_descriptor,
    block_data
  };
  Kind kind = Kind::null;
  std::optional<JavaNodeId> descriptor;  ///< Of object, array, enum constant and class object.
  std::string text;                      ///< Of a string. See JavaStream::text for that of an enum constant.
  std::vector<JavaValue> fields;         ///< Of an object: in the order of the descriptors, topmost superclass first.
  std::vector<JavaNodeId> extra;         ///< What writeObject added to an object; the elements of an object array; the
                                         ///< name of an enum constant.
  std::unique_ptr<JavaClassDescriptor> described;  ///< Of a class descriptor.
};

struct JavaStream {
  std::vector<JavaNode> nodes;
  JavaNodeId root = 0;

  const JavaNode& node(JavaNodeId id) const { return nodes[id]; }
  /// A string, or the name of an enum constant; empty for anything else.
  const std::string& text(const JavaNode& node) const;
  /// The name of the class of an object, array, enum constant or class object; empty for anything else.
  const std::string& class_name(const JavaNode& node) const;
  /// A field by name, looked up from the object's own class upwards; nullopt where there is none.
  std::optional<JavaValue> field(const JavaNode& object, std::string_view name) const;
  /// The node that a field refers to, or nullptr where there is no such field or it holds a primitive or null.
  const JavaNode* object_field(const JavaNode& object, std::string_view name) const;
  /// The text of a string or enum field; empty where there is none.
  std::string text_field(const JavaNode& object, std::string_view name) const;
  /// The value of a primitive field; nullopt where there is none.
  std::optional<std::int64_t> number_field(const JavaNode& object, std::string_view name) const;
};

/// Reads one stream with one object in it; the reader moves behind it. Throws InputError: truncated, corrupt (not the
/// grammar), unsupported (an Externalizable of protocol 1, whose end cannot be found), over_limit (nesting, objects).
JavaStream read_java_stream(ByteReader& reader);

}  // namespace preflight
