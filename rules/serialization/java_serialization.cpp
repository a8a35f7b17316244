#include "serialization/java_serialization.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "input/digest.h"
#include "job/generic_types.h"
#include "serialization/reachable_types.h"
#include "serialization/schema_comparer.h"

namespace preflight {
namespace {

constexpr unsigned kOfMethods = kAccPublic | kAccPrivate | kAccProtected | kAccStatic | kAccFinal | kAccSynchronized |
                                kAccNative | kAccAbstract | kAccStrict;
constexpr unsigned kOfFields =
    kAccPublic | kAccPrivate | kAccProtected | kAccStatic | kAccFinal | kAccVolatile | kAccTransient;

/// What java.io.DataOutputStream writes.
class Stream {
 public:
  void utf(std::string_view text) {
    bytes_ += static_cast<char>(text.size() >> 8U);
    bytes_ += static_cast<char>(text.size());
    bytes_ += text;
  }

  void number(unsigned value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
      bytes_ += static_cast<char>(value >> shift);
  }

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

bool is_static_initializer(const ShapeMethod& method) {
  return method.name == "<clinit>";
}

unsigned modifiers_of(const ClassShape& shape, bool has_methods) {
  unsigned modifiers = shape.access_flags & (kAccPublic | kAccFinal | kAccInterface | kAccAbstract);
  if ((modifiers & kAccInterface) != 0)  // javac once did not mark interfaces abstract.
    modifiers = has_methods ? modifiers | kAccAbstract : modifiers & ~unsigned{kAccAbstract};
  return modifiers;
}

void write_interfaces(const ClassShape& shape, Stream& stream) {
  std::vector<std::string> names;
  for (const GenericType& interface : shape.generic.interfaces)
    names.push_back(binary_name(interface.name));
  std::ranges::sort(names);
  for (const std::string& name : names)
    stream.utf(name);
}

void write_fields(const ClassShape& shape, Stream& stream) {
  std::vector<const ShapeField*> fields;
  for (const ShapeField& field : shape.fields)
    fields.push_back(&field);
  std::ranges::sort(fields, {}, &ShapeField::name);
  for (const ShapeField* field : fields) {
    const unsigned modifiers = field->access_flags & kOfFields;
    if ((modifiers & kAccPrivate) != 0 && (modifiers & (kAccStatic | kAccTransient)) != 0)
      continue;
    stream.utf(field->name);
    stream.number(modifiers);
    stream.utf(field->descriptor);
  }
}

void write_methods(const ClassShape& shape, bool constructors, Stream& stream) {
  std::vector<const ShapeMethod*> methods;
  for (const ShapeMethod& method : shape.methods)
    if ((method.name == "<init>") == constructors && !is_static_initializer(method) &&
        (method.access_flags & kAccPrivate) == 0)
      methods.push_back(&method);
  std::ranges::sort(methods, {}, [](const ShapeMethod* method) { return std::tie(method->name, method->descriptor); });
  for (const ShapeMethod* method : methods) {
    std::string signature = method->descriptor;
    std::ranges::replace(signature, '/', '.');
    stream.utf(method->name);
    stream.number(method->access_flags & kOfMethods);
    stream.utf(signature);
  }
}

std::int64_t default_uid(const ClassShape& shape) {
  Stream stream;
  stream.utf(shape.name);
  const bool has_methods =
      std::ranges::any_of(shape.methods, [](const ShapeMethod& method) { return !method.name.starts_with('<'); });
  stream.number(modifiers_of(shape, has_methods));
  write_interfaces(shape, stream);
  write_fields(shape, stream);
  if (std::ranges::any_of(shape.methods, is_static_initializer)) {
    stream.utf("<clinit>");
    stream.number(kAccStatic);
    stream.utf("()V");
  }
  write_methods(shape, true, stream);
  write_methods(shape, false, stream);

  const std::array<std::uint8_t, 20> digest = sha1_of_text(stream.bytes());
  std::uint64_t uid = 0;
  for (std::size_t i = 8; i-- > 0;)
    uid = uid << 8U | digest[i];
  return static_cast<std::int64_t>(uid);
}

/// Of one class that a stream of Java serialization names.
SchemaComparison compare_class(const ClassShape& before, const ClassShape& after, const SchemaPlace& place) {
  if (before.record_components && after.record_components)
    return answer(SchemaAnswer::as_is, place);
  const std::int64_t was = serial_version_uid_of(before);
  const std::int64_t is = serial_version_uid_of(after);
  if (was != is)
    return answer(SchemaAnswer::wrong_values, place,
                  fmt::format("{} is written by Java serialization, and the serialVersionUID of {} changes from {} to "
                              "{}{}: reading a value ends with an InvalidClassException",
                              place.subject, before.name, was, is,
                              after.serial_version_uid ? "" : " (computed; declare the old one to keep it)"));
  for (const ShapeField& field : before.fields) {
    const auto now = std::ranges::find(after.fields, field.name, &ShapeField::name);
    if (now != after.fields.end() && now->descriptor != field.descriptor)
      return answer(SchemaAnswer::unknown, place,
                    fmt::format("{} is written by Java serialization, and field `{}` of {} has another type",
                                place.subject, field.name, before.name));
  }
  return answer(SchemaAnswer::as_is, place);
}

}  // namespace

std::int64_t serial_version_uid_of(const ClassShape& shape) {
  if (!shape.enum_constants.empty())
    return 0;
  return shape.serial_version_uid ? *shape.serial_version_uid : default_uid(shape);
}

SchemaComparison compare_java_serialized(const SchemaComparer& comparer, const std::string& class_name,
                                         const SchemaPlace& place) {
  const SchemaWorlds& worlds = comparer.worlds();
  if (worlds.before == nullptr || worlds.after == nullptr)
    return answer(SchemaAnswer::unknown, place,
                  fmt::format("{} is written by Java serialization; whether {} is still the same, --running-app would "
                              "tell",
                              place.subject, class_name));
  const GenericType type = class_type(class_name);
  const ReachableTypes reached = reachable_types(type, worlds.before->shapes, worlds.table);
  SchemaComparison result = answer(SchemaAnswer::as_is, place);
  for (const std::string& name : reached.names) {
    const ClassShape* before = comparer.shape_before(name);
    const ClassShape* after = comparer.shape_after(name);
    if (before != nullptr && after != nullptr)
      join(result, compare_class(*before, *after, place));
    else if (before != nullptr)
      join(result, answer(SchemaAnswer::unknown, place,
                          fmt::format("{} is written by Java serialization, and {} is not in the new JAR",
                                      place.subject, name)));
  }
  if (reached.open)
    join(result,
         answer(SchemaAnswer::unknown, place,
                fmt::format("{} is written by Java serialization, and values of {} can hold objects of any class",
                            place.subject, class_name)));
  return result;
}

}  // namespace preflight
