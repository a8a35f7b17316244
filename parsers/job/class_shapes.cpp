#include "job/class_shapes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::size_t kMaxShapes = 20'000;
/// Whether it is there decides how Flink fills Avro's place among Kryo's registrations (AvroUtils).
constexpr const char* kAvroMarker = "org.apache.flink.formats.avro.utils.AvroKryoSerializerUtils";

/// The classes that a type names, its arguments and components included.
void add_classes(const GenericType& type, std::vector<std::string>& names) {
  if (type.kind == GenericType::Kind::class_type && !type.name.empty())
    names.push_back(binary_name(type.name));
  for (const TypeArgument& argument : type.arguments)
    for (const GenericType& exact : argument.type)
      add_classes(exact, names);
  for (const GenericType& component : type.component)
    add_classes(component, names);
}

std::vector<std::string> classes_of(const ClassShape& shape) {
  std::vector<std::string> names;
  add_classes(shape.generic.super_class, names);
  for (const GenericType& interface : shape.generic.interfaces)
    add_classes(interface, names);
  for (const TypeParameter& parameter : shape.generic.type_parameters)
    for (const GenericType& bound : parameter.bounds)
      add_classes(bound, names);
  for (const ShapeField& field : shape.fields) {
    add_classes(field.type, names);
    if (!field.type_info_factory.empty())
      names.push_back(field.type_info_factory);
  }
  if (!shape.type_info_factory.empty())
    names.push_back(shape.type_info_factory);
  return names;
}

void add_classes(const TypeExpression& type, std::vector<std::string>& names) {
  add_classes(type.type, names);
  if (!type.made_class.empty())
    names.push_back(type.made_class);
  // Field names are among the texts too: a class of that name is merely not found.
  names.insert(names.end(), type.texts.begin(), type.texts.end());
  for (const TypeExpression& argument : type.arguments)
    add_classes(argument, names);
}

void add_classes(const SerializationSettings& settings, std::vector<std::string>& names) {
  names.insert(names.end(), settings.pojo_types.begin(), settings.pojo_types.end());
  for (const auto* pairs : {&settings.kryo_types, &settings.kryo_default_serializers, &settings.type_info_factories})
    for (const auto& [type, serializer] : *pairs)
      names.insert(names.end(), {type, serializer});
}

}  // namespace

const ClassShape* ShapeCache::find(std::string_view class_name) {
  const auto known = shapes_.find(class_name);
  if (known != shapes_.end())
    return known->second ? &*known->second : nullptr;
  std::optional<ClassShape>& shape = shapes_[std::string(class_name)];
  const LoadedClass* loaded = pool_.find(std::string(class_name));
  if (loaded == nullptr)
    return nullptr;
  try {
    shape = shape_of(loaded->view, loaded->attributes, loaded->place);
  } catch (const InputError&) {
    // No JVM would load it: it counts as a class that is not there.
    return nullptr;
  }
  return &*shape;
}

ClassShapes collect_shapes(ShapeCache& cache, const std::vector<std::string>& roots) {
  ClassShapes shapes;
  std::set<std::string> seen(roots.begin(), roots.end());
  seen.insert(kAvroMarker);
  std::vector<std::string> open(seen.begin(), seen.end());
  while (!open.empty() && shapes.size() < kMaxShapes) {
    const std::string name = std::move(open.back());
    open.pop_back();
    const ClassShape* shape = cache.find(name);
    if (shape == nullptr)
      continue;
    shapes.emplace(name, *shape);
    for (std::string& next : classes_of(*shape))
      if (seen.insert(next).second)
        open.push_back(std::move(next));
  }
  return shapes;
}

std::vector<std::string> type_roots(const JobModel& job) {
  std::vector<std::string> names;
  for (const JobOperator& job_operator : job.operators) {
    add_classes(job_operator.output, names);
    if (job_operator.key)
      add_classes(*job_operator.key, names);
    for (const JobState& state : job_operator.states) {
      add_classes(state.value, names);
      add_classes(state.key, names);
      if (state.namespace_type)
        add_classes(*state.namespace_type, names);
    }
  }
  for (const auto& [factory, made] : job.made_types)
    add_classes(made, names);
  for (const auto& [serializer, own] : job.own_serializers)
    for (const TypeExpression& nested : own.nested)
      add_classes(nested, names);
  add_classes(job.serialization, names);
  std::ranges::sort(names);
  const auto twice = std::ranges::unique(names);
  names.erase(twice.begin(), twice.end());
  return names;
}

}  // namespace preflight
