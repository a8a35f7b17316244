#include <array>

#include "classfile/attribute_rows.h"
#include "classfile/attributes.h"

namespace preflight {
namespace {

// Real annotations are nested three deep, and the largest arrays (Kotlin's metadata) have some thousand values. A value
// takes 3 bytes in the file and about 150 here.
constexpr int kDeepest = 32;
constexpr unsigned kMostValues = 100'000;

constexpr std::uint64_t kAnnotationBytes = 4;
constexpr std::uint64_t kElementBytes = 5;
constexpr std::uint64_t kValueBytes = 3;

/// Reads the annotations of one table; counts values over all of its attributes.
class AnnotationReader {
 public:
  AnnotationReader(AttributeInput& input, unsigned& values) : input_(input), values_(values) {}

  void read_into(std::vector<Annotation>& annotations) {
    const std::uint16_t count = input_.count(kAnnotationBytes, "number of annotations");
    for (unsigned i = 0; i < count; ++i)
      annotations.push_back(annotation(1));
  }

 private:
  Annotation annotation(int depth) {
    Annotation result;
    result.type = input_.utf8("an annotation's type");
    const std::uint16_t count = input_.count(kElementBytes, "number of annotation elements");
    for (unsigned i = 0; i < count; ++i) {
      const std::string_view name = input_.utf8("an annotation element's name");
      result.elements.push_back({name, value(depth)});
    }
    return result;
  }

  AnnotationValue value(int depth) {
    if (depth > kDeepest)
      input_.reader.fail(InputErrorKind::unsupported,
                         fmt::format("expected annotation values nested at most {} deep, found deeper ones", kDeepest));
    if (++values_ > kMostValues)
      input_.reader.fail(InputErrorKind::unsupported,
                         fmt::format("expected at most {} annotation values, found more", kMostValues));
    const ByteReader at = input_.reader;
    const char tag = static_cast<char>(input_.reader.u1("annotation value tag"));
    AnnotationValue result;
    switch (tag) {
      case 'B':
      case 'C':
      case 'I':
      case 'S':
      case 'Z':
        result.number = number(ConstantTag::integer);
        break;
      case 'F':
        result.number = number(ConstantTag::floating);
        break;
      case 'J':
        result.number = number(ConstantTag::long_integer);
        break;
      case 'D':
        result.number = number(ConstantTag::double_floating);
        break;
      case 's':
        result.kind = AnnotationValue::Kind::text;
        result.text = input_.utf8("an annotation's text");
        break;
      case 'e':
        result.kind = AnnotationValue::Kind::enum_constant;
        result.type = input_.utf8("an annotation's enum type");
        result.text = input_.utf8("an annotation's enum constant");
        break;
      case 'c':
        result.kind = AnnotationValue::Kind::class_reference;
        result.text = input_.utf8("an annotation's class");
        break;
      case '@':
        result.kind = AnnotationValue::Kind::annotation;
        result.annotations.push_back(annotation(depth + 1));
        break;
      case '[': {
        result.kind = AnnotationValue::Kind::array;
        const std::uint16_t count = input_.count(kValueBytes, "number of annotation values");
        for (unsigned i = 0; i < count; ++i)
          result.values.push_back(value(depth + 1));
        break;
      }
      default:
        at.fail(InputErrorKind::corrupt,
                fmt::format("expected an annotation value tag of BCDFIJSZsec@[, found 0x{:02X}",
                            static_cast<unsigned>(static_cast<unsigned char>(tag))));
    }
    return result;
  }

  std::int64_t number(ConstantTag tag) {
    const ByteReader at = input_.reader;
    return input_.view.pool.number(input_.reader.u2("annotation constant"), tag, at, "an annotation's constant");
  }

  AttributeInput& input_;
  unsigned& values_;
};

struct AnnotationTable {
  std::vector<Annotation> annotations;
  unsigned values = 0;
};

void read_table(AttributeInput& input, AnnotationTable& table) {
  AnnotationReader(input, table.values).read_into(table.annotations);
}

constexpr std::array<AttributeRow<AnnotationTable>, 2> kAnnotationRows = {{
    {"RuntimeVisibleAnnotations", 49, read_table},
    {"RuntimeInvisibleAnnotations", 49, read_table},
}};

}  // namespace

std::vector<Annotation> read_annotations(const ClassView& view, const AttributeTable& table, const InputPlace& place) {
  AnnotationTable result;
  read_attribute_rows(view, table, place, kAnnotationRows, result);
  return std::move(result.annotations);
}

}  // namespace preflight
