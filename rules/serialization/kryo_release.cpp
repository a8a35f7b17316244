#include <fmt/format.h>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "serialization/kryo_values.h"

namespace preflight {
namespace {

constexpr std::size_t kMostClasses = 200;  // Of one value; each is a call deeper.

/// Kryo's FieldSerializer writes the fields of super classes too: they have to be at hand.
bool has_all_super_classes(const ClassShape& shape, const ClassShapes& shapes) {
  return has_super_class(shape, shapes, "java.lang.Object");
}

}  // namespace

SchemaComparison KryoValues::from_2_to_5(const GenericType& type, bool nested, std::set<std::string>& seen) const {
  const std::string name = java_name(type);
  const std::string serializer = registered_serializer(name);
  if (is_java_serializer(serializer))  // Its bytes are those of Java: compare_contents judges them.
    return answer(SchemaAnswer::as_is, place_);
  if (!serializer.empty())
    return unknown(
        fmt::format("{} goes through Kryo, where {} writes {}: Flink 2.x has Kryo 5 instead of 2, and whether "
                    "it reads the same bytes depends on that class",
                    place_.subject, serializer, name));
  const CompatibilityTable* table = comparer_.worlds().table;
  if (const KryoForm* form = table == nullptr ? nullptr : table->find_kryo_form(name))
    return form_from_2_to_5(*form, type, seen);
  if (const ClassShape* shape = comparer_.shape_before(name))
    return class_from_2_to_5(*shape, nested, seen);
  return unknown(fmt::format(
      "{} is {} through Kryo: Flink 2.x has Kryo 5 instead of 2, and no restore has told yet "
      "whether it reads the old values{}",
      place_.subject, name, comparer_.worlds().before == nullptr ? "; --running-app would tell what is in them" : ""));
}

SchemaComparison KryoValues::form_from_2_to_5(const KryoForm& form, const GenericType& type,
                                              std::set<std::string>& seen) const {
  const std::string name = java_text(type);
  switch (form.from_2_to_5) {
    case KryoForm::Outcome::wrong:
      return wrong(
          fmt::format("{} holds {} through Kryo: Kryo 5 of Flink 2.x reads other values than Kryo 2 of 1.x "
                      "wrote, without an error",
                      place_.subject, name));
    case KryoForm::Outcome::fails:
      return wrong(fmt::format("{} holds {} through Kryo: Kryo 5 of Flink 2.x fails on what Kryo 2 of 1.x wrote",
                               place_.subject, name));
    case KryoForm::Outcome::unknown:
      break;
    case KryoForm::Outcome::right:
      if (form.holds_others && type.arguments.empty())
        break;
      SchemaComparison result = answer(SchemaAnswer::as_is, place_);
      for (const TypeArgument& argument : type.arguments)
        join(result, argument.type.empty() ? unknown(fmt::format("{} holds {} through Kryo", place_.subject, name))
                                           : from_2_to_5(argument.type.front(), true, seen));
      return result;
  }
  return unknown(
      fmt::format("{} holds {} through Kryo: Flink 2.x has Kryo 5 instead of 2, and no restore has told yet "
                  "whether it reads the old values",
                  place_.subject, name));
}

SchemaComparison KryoValues::class_from_2_to_5(const ClassShape& shape, bool nested,
                                               std::set<std::string>& seen) const {
  const ClassShapes& shapes = comparer_.worlds().before->shapes;
  if (!shape.enum_constants.empty())
    return from_2_to_5({.kind = GenericType::Kind::class_type, .name = "enum"}, true, seen);
  if (!seen.insert(shape.name).second)
    return answer(SchemaAnswer::as_is, place_);
  if (seen.size() > kMostClasses || shape.record_components || !has_all_super_classes(shape, shapes) ||
      (nested && (shape.access_flags & kAccFinal) == 0))
    return unknown(
        fmt::format("{} holds {} through Kryo: Flink 2.x has Kryo 5 instead of 2, and no restore has told yet "
                    "how it reads values of such a class",
                    place_.subject, shape.name));
  SchemaComparison result = answer(SchemaAnswer::as_is, place_);
  for (const ShapeField* field : serialized_fields(shape, shapes))
    join(result, from_2_to_5(field->type, true, seen));
  return result;
}

}  // namespace preflight
