#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "classfile/class_view.h"
#include "input/input_error.h"

namespace preflight {

// The attributes of class files (JVMS 4.7) that the analysis reads. Each function walks one attribute table, as
// class_view.h hands it out, and throws InputError (truncated, corrupt, unsupported) at the attribute's place. Names
// are internal names and modified UTF-8, as views of the class file.
//
// As in the JVM, an attribute that is younger than the class file's version is not looked at (JVMS table 4.7-C), and
// one that stands twice in a table is corrupt.

struct Annotation;

/// An element_value (JVMS 4.7.16.1). Of a constant its text or number, of an enum constant its name.
struct AnnotationValue {
  enum class Kind { number, text, enum_constant, class_reference, annotation, array };
  Kind kind = Kind::number;
  std::int64_t number = 0;              ///< boolean, byte, char, short, int, long; of float and double the bits.
  std::string_view text;                ///< text; the constant's name; the class's descriptor
  std::string_view type;                ///< Of an enum constant its type's descriptor.
  std::vector<AnnotationValue> values;  ///< array
  std::vector<Annotation> annotations;  ///< annotation: exactly one
};

struct AnnotationElement {
  std::string_view name;
  AnnotationValue value;
};

struct Annotation {
  std::string_view type;  ///< Descriptor: Lorg/apache/flink/annotation/Public;
  std::vector<AnnotationElement> elements;
};

/// RuntimeVisibleAnnotations and RuntimeInvisibleAnnotations together (JVMS 4.7.16, 4.7.17): Flink's own have the
/// default retention, and so stand in the second. Unsupported: values nested deeper than 32, more than 100,000 of them.
std::vector<Annotation> read_annotations(const ClassView& view, const AttributeTable& table, const InputPlace& place);

struct InnerClass {
  std::string_view inner;
  std::string_view outer;        ///< Empty for local and anonymous classes.
  std::string_view simple_name;  ///< Empty for anonymous classes.
  std::uint16_t access_flags = 0;
};

struct EnclosingMethod {
  std::string_view class_name;
  std::string_view method;  ///< Empty where no method encloses the class.
  std::string_view descriptor;
};

struct RecordComponent {
  std::string_view name;
  std::string_view descriptor;
  std::string_view signature;  ///< Empty where there is none.
};

struct BootstrapMethod {
  std::uint16_t handle = 0;              ///< Constant pool index of the CONSTANT_MethodHandle.
  std::vector<std::uint16_t> arguments;  ///< Constant pool indices.
};

/// The attributes of a class as such. Absent ones are empty.
struct ClassAttributes {
  std::string_view source_file;
  std::string_view signature;
  bool deprecated = false;  ///< The attribute or the annotation.
  std::vector<Annotation> annotations;
  std::vector<InnerClass> inner_classes;
  std::optional<EnclosingMethod> enclosing_method;
  std::string_view nest_host;
  std::vector<std::string_view> nest_members;
  std::vector<std::string_view> permitted_subclasses;
  std::optional<std::vector<RecordComponent>> record;  ///< Set for a record, also one without components.
  std::vector<BootstrapMethod> bootstrap_methods;
};
ClassAttributes read_class_attributes(const ClassView& view, const InputPlace& place);

/// Access flags as the source says them: of a nested class those of its InnerClasses entry (protected and private
/// stand only there), else those of the class file.
std::uint16_t declared_access_flags(const ClassView& view, const ClassAttributes& attributes);

/// The attributes of a field or method.
struct MemberAttributes {
  std::string_view signature;
  bool deprecated = false;
  std::vector<Annotation> annotations;
  std::uint16_t constant_value = 0;          ///< Constant pool index of a static field's constant; 0 where it has none.
  std::vector<std::string_view> exceptions;  ///< Of a method's throws clause.
};
MemberAttributes read_member_attributes(const ClassView& view, const AttributeTable& table, const InputPlace& place);

/// LineNumberTable (JVMS 4.7.12): which source line a bytecode offset belongs to.
class LineNumbers {
 public:
  LineNumbers(const ClassView& view, const MethodView& method, const InputPlace& place);
  /// 0 where the table has no answer.
  int line_of(std::uint32_t code_offset) const;

 private:
  struct Row {
    std::uint16_t start;
    std::uint16_t line;
  };
  std::vector<Row> rows_;  ///< By start.
};

}  // namespace preflight
