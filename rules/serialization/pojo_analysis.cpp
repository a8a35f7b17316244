#include "serialization/pojo_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "serialization/property_methods.h"

namespace preflight {
namespace {

/// Super classes that nothing has to be known of: they have no fields, and no methods that count here.
constexpr std::array<std::string_view, 3> kWithoutFields = {"java.lang.Record", "java.lang.Enum",
                                                            "org.apache.flink.api.java.tuple.Tuple"};

bool has(std::uint16_t access_flags, std::uint16_t flag) {
  return (access_flags & flag) != 0;
}

/// TypeExtractor#getAllDeclaredFields: each class's own, from the analysed class up.
std::vector<PojoField> collect_fields(const DataClasses::Chain& chain, const TypeBindings& bindings) {
  std::vector<PojoField> fields;
  TypeBindings here = bindings;
  for (std::size_t i = 0; i < chain.classes.size(); ++i) {
    const ClassShape& shape = *chain.classes[i];
    for (const ShapeField& field : shape.fields)
      if (!has(field.access_flags, kAccStatic) && !has(field.access_flags, kAccTransient))
        fields.push_back({&field, &shape, here});
    if (i + 1 < chain.classes.size())
      here = bindings_of(*chain.classes[i + 1], substitute(shape.generic.super_class, here));
  }
  return fields;
}

const PojoField* find_repeated(const std::vector<PojoField>& fields) {
  std::set<std::string_view> names;
  for (const PojoField& field : fields)
    if (!names.insert(field.field->name).second)
      return &field;
  return nullptr;
}

/// "the field `tags`", with its class where that is another one.
std::string field_words(const PojoField& field, const ClassShape& shape) {
  if (field.declared_by == &shape)
    return fmt::format("the field `{}`", field.field->name);
  return fmt::format("the field `{}` of {}", field.field->name, field.declared_by->name);
}

std::string why_unreachable(const PojoField& field, const ClassShape& shape, const PropertyMethods& methods) {
  if (has(field.field->access_flags, kAccPublic))
    return {};
  const bool getter = methods.has_getter(*field.field, field.bindings);
  const bool setter = methods.has_setter(*field.field, field.bindings);
  if (getter && setter)
    return {};
  const char* lacks = getter   ? "no public setter"
                      : setter ? "no public getter"
                               : "neither a public getter nor a setter";
  return fmt::format("has {}, which is not public and has {} of its type", field_words(field, shape), lacks);
}

bool is_record(const ClassShape& shape) {
  return binary_name(shape.generic.super_class.name) == "java.lang.Record";
}

std::string own_serialization(const DataClasses::Chain& chain) {
  for (const ClassShape* shape : chain.classes)
    for (const ShapeMethod& method : shape->methods)
      if (method.name == "readObject" || method.name == "writeObject")
        return fmt::format("has a method {}{}", method.name,
                           shape == chain.classes.front() ? "" : " from its super class " + shape->name);
  return {};
}

std::string why_not_constructible(const ClassShape& shape) {
  const auto constructor = std::ranges::find_if(
      shape.methods, [](const ShapeMethod& method) { return method.name == "<init>" && method.descriptor == "()V"; });
  if (constructor != shape.methods.end())
    return has(constructor->access_flags, kAccPublic) ? std::string()
                                                      : "has a constructor without parameters that is not public";
  if (has(shape.access_flags, kAccAbstract) || has(shape.access_flags, kAccInterface))
    return {};
  return "has no public constructor without parameters";
}

/// In Flink's order: the first reason is the one that decides.
std::string why_no_pojo(const DataClasses& classes, const ClassShape& shape, const DataClasses::Chain& chain,
                        const std::vector<PojoField>& fields, const FlinkVersion& release) {
  constexpr FlinkVersion kRecords{1, 19};
  if (const PojoField* repeated = find_repeated(fields))
    return fmt::format("has two fields named `{}` in its hierarchy", repeated->field->name);
  if (fields.empty())
    return "has no field that is neither static nor transient";
  if (is_record(shape))
    return release < kRecords ? "is a record, which Flink takes for a POJO from 1.19 on" : own_serialization(chain);
  if (shape.inner)
    return "is an inner class that is not static: there is none without its outer instance";
  const PropertyMethods methods(classes, shape, release);
  for (const PojoField& field : fields)
    if (std::string why = why_unreachable(field, shape, methods); !why.empty())
      return why;
  if (std::string why = own_serialization(chain); !why.empty())
    return why;
  return why_not_constructible(shape);
}

}  // namespace

PojoAnalysis analyze_pojo(const DataClasses& classes, const ClassShape& shape, const TypeBindings& bindings,
                          const FlinkVersion& release) {
  if (!has(shape.access_flags, kAccPublic))
    return {.why_not = "is not public"};
  DataClasses::Chain chain = classes.chain_of(shape);
  if (std::ranges::find(kWithoutFields, chain.missing) != kWithoutFields.end())
    chain.missing.clear();
  std::vector<PojoField> fields = collect_fields(chain, bindings);
  std::string why_not = why_no_pojo(classes, shape, chain, fields, release);
  if (!why_not.empty() && !(fields.empty() && !chain.missing.empty()))
    return {.why_not = std::move(why_not)};
  if (!chain.missing.empty())
    return {.unknown_because = fmt::format("its super class {} is not in the JAR", chain.missing)};
  return {.fields = std::move(fields)};
}

}  // namespace preflight
