#include "classfile/attributes.h"

#include <algorithm>
#include <array>

#include "classfile/attribute_rows.h"

namespace preflight {
namespace {

// The smallest records, against which counts are compared.
constexpr std::uint64_t kIndexBytes = 2;
constexpr std::uint64_t kInnerClassBytes = 8;
constexpr std::uint64_t kRecordComponentBytes = 6;
constexpr std::uint64_t kBootstrapMethodBytes = 4;

std::vector<std::string_view> class_names(AttributeInput& input, const char* count_name, const char* what) {
  const std::uint16_t count = input.count(kIndexBytes, count_name);
  std::vector<std::string_view> names;
  names.reserve(count);
  for (unsigned i = 0; i < count; ++i)
    names.push_back(input.class_name(what));
  return names;
}

bool says_deprecated(const std::vector<Annotation>& annotations) {
  return std::any_of(annotations.begin(), annotations.end(),
                     [](const Annotation& annotation) { return annotation.type == "Ljava/lang/Deprecated;"; });
}

void read_inner_classes(AttributeInput& input, ClassAttributes& result) {
  const std::uint16_t count = input.count(kInnerClassBytes, "number of inner classes");
  result.inner_classes.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    InnerClass& inner = result.inner_classes.emplace_back();
    inner.inner = input.class_name("an inner class");
    inner.outer = input.class_name_or_none("an outer class");
    inner.simple_name = input.utf8_or_none("an inner class's name");
    inner.access_flags = input.reader.u2("access flags of an inner class");
  }
}

void read_enclosing_method(AttributeInput& input, ClassAttributes& result) {
  EnclosingMethod& enclosing = result.enclosing_method.emplace();
  enclosing.class_name = input.class_name("an enclosing class");
  const ByteReader at = input.reader;
  const std::uint16_t method = input.reader.u2("an enclosing method");
  if (method == 0)
    return;
  const auto name_and_type = input.view.pool.name_and_type(method, at, "an enclosing method");
  enclosing.method = name_and_type.name;
  enclosing.descriptor = name_and_type.descriptor;
}

constexpr std::array<AttributeRow<RecordComponent>, 1> kRecordComponentRows = {{
    {"Signature", 49,
     [](AttributeInput& input, RecordComponent& result) { result.signature = input.utf8("Signature"); }},
}};

void read_record(AttributeInput& input, ClassAttributes& result) {
  const std::uint16_t count = input.count(kRecordComponentBytes, "number of record components");
  std::vector<RecordComponent>& components = result.record.emplace();
  components.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    RecordComponent& component = components.emplace_back();
    component.name = input.utf8("a record component's name");
    component.descriptor = input.utf8("a record component's descriptor");
    const AttributeTable attributes = take_attribute_table(input.reader);
    read_attribute_rows(input.view, attributes, input.reader.place(), kRecordComponentRows, component);
  }
}

/// JVMS table 4.4-C.
bool is_loadable(ConstantTag tag) {
  switch (tag) {
    case ConstantTag::integer:
    case ConstantTag::floating:
    case ConstantTag::long_integer:
    case ConstantTag::double_floating:
    case ConstantTag::class_entry:
    case ConstantTag::string:
    case ConstantTag::method_handle:
    case ConstantTag::method_type:
    case ConstantTag::dynamic:
      return true;
    default:
      return false;
  }
}

void read_bootstrap_methods(AttributeInput& input, ClassAttributes& result) {
  const ConstantPool& pool = input.view.pool;
  const std::uint16_t count = input.count(kBootstrapMethodBytes, "number of bootstrap methods");
  result.bootstrap_methods.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    BootstrapMethod& method = result.bootstrap_methods.emplace_back();
    ByteReader at = input.reader;
    method.handle = input.reader.u2("a bootstrap method");
    if (pool.tag(method.handle) != ConstantTag::method_handle)
      at.fail(
          InputErrorKind::corrupt,
          fmt::format("expected a CONSTANT_MethodHandle for a bootstrap method, found none at constant pool index {}",
                      method.handle));
    const std::uint16_t arguments = input.count(kIndexBytes, "number of bootstrap arguments");
    method.arguments.reserve(arguments);
    for (unsigned k = 0; k < arguments; ++k) {
      at = input.reader;
      const std::uint16_t argument = input.reader.u2("a bootstrap argument");
      if (!is_loadable(pool.tag(argument)))
        at.fail(
            InputErrorKind::corrupt,
            fmt::format("expected a loadable constant for a bootstrap argument, found none at constant pool index {}",
                        argument));
      method.arguments.push_back(argument);
    }
  }
}

constexpr std::array<AttributeRow<ClassAttributes>, 10> kClassRows = {{
    {"SourceFile", 45, [](AttributeInput& in, ClassAttributes& result) { result.source_file = in.utf8("SourceFile"); }},
    {"Signature", 49, [](AttributeInput& in, ClassAttributes& result) { result.signature = in.utf8("Signature"); }},
    {"Deprecated", 45, [](AttributeInput&, ClassAttributes& result) { result.deprecated = true; }, true},
    {"InnerClasses", 45, read_inner_classes},
    {"EnclosingMethod", 49, read_enclosing_method},
    {"NestHost", 55, [](AttributeInput& in, ClassAttributes& result) { result.nest_host = in.class_name("NestHost"); }},
    {"NestMembers", 55,
     [](AttributeInput& in, ClassAttributes& result) {
       result.nest_members = class_names(in, "number of nest members", "a nest member");
     }},
    {"PermittedSubclasses", 61,
     [](AttributeInput& in, ClassAttributes& result) {
       result.permitted_subclasses = class_names(in, "number of permitted subclasses", "a permitted subclass");
     }},
    {"Record", 60, read_record},
    {"BootstrapMethods", 51, read_bootstrap_methods},
}};

void read_constant_value(AttributeInput& input, MemberAttributes& result) {
  const ByteReader at = input.reader;
  result.constant_value = input.reader.u2("a constant value");
  switch (input.view.pool.tag(result.constant_value)) {
    case ConstantTag::integer:
    case ConstantTag::floating:
    case ConstantTag::long_integer:
    case ConstantTag::double_floating:
    case ConstantTag::string:
      return;
    default:
      at.fail(InputErrorKind::corrupt,
              fmt::format("expected a number or string for a constant value, found none at constant pool index {}",
                          result.constant_value));
  }
}

constexpr std::array<AttributeRow<MemberAttributes>, 4> kMemberRows = {{
    {"Signature", 49, [](AttributeInput& in, MemberAttributes& result) { result.signature = in.utf8("Signature"); }},
    {"Deprecated", 45, [](AttributeInput&, MemberAttributes& result) { result.deprecated = true; }, true},
    {"ConstantValue", 45, read_constant_value},
    {"Exceptions", 45,
     [](AttributeInput& in, MemberAttributes& result) {
       result.exceptions = class_names(in, "number of exceptions", "an exception");
     }},
}};

}  // namespace

ClassAttributes read_class_attributes(const ClassView& view, const InputPlace& place) {
  ClassAttributes result;
  read_attribute_rows(view, view.attributes, place, kClassRows, result);
  result.annotations = read_annotations(view, view.attributes, place);
  result.deprecated = result.deprecated || says_deprecated(result.annotations);
  return result;
}

std::uint16_t declared_access_flags(const ClassView& view, const ClassAttributes& attributes) {
  const auto own = std::find_if(attributes.inner_classes.begin(), attributes.inner_classes.end(),
                                [&](const InnerClass& inner) { return inner.inner == view.name; });
  return own == attributes.inner_classes.end() ? view.access_flags : own->access_flags;
}

MemberAttributes read_member_attributes(const ClassView& view, const AttributeTable& table, const InputPlace& place) {
  MemberAttributes result;
  read_attribute_rows(view, table, place, kMemberRows, result);
  result.annotations = read_annotations(view, table, place);
  result.deprecated = result.deprecated || says_deprecated(result.annotations);
  return result;
}

}  // namespace preflight
