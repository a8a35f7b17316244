#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "serialization/schema_comparer.h"

namespace preflight {
namespace {

// Kryo's snapshots name it on every release up to 2.0; Flink has a stand-in where the JAR does not pack Avro.
constexpr std::string_view kAvroArray = "org.apache.avro.generic.GenericData$Array";

/// [[Lcom.acme.Order; → com.acme.Order; empty for an array of primitives.
std::string_view element_class(std::string_view name) {
  if (!name.starts_with('['))
    return name;
  const std::size_t element = name.find_first_not_of('[');
  if (element == std::string_view::npos || name[element] != 'L')
    return {};
  return name.substr(element + 1, name.size() - element - 2);
}

const ClassShape* find_shape(const JobModel* job, std::string_view binary_name) {
  if (job == nullptr)
    return nullptr;
  const auto found = job->shapes.find(binary_name);
  return found == job->shapes.end() ? nullptr : &found->second;
}

/// Shapes are of types of data; the classes of serializers are listed by themselves.
bool is_of_own_serializer(const JobModel& job, std::string_view binary_name) {
  return std::ranges::any_of(job.own_serializers, [&](const auto& entry) {
    return entry.first == binary_name || entry.second.snapshot_class == binary_name;
  });
}

bool is_primitive(std::string_view name) {
  constexpr std::array<std::string_view, 9> kPrimitives = {"int",    "long",  "boolean", "byte", "char",
                                                           "double", "float", "short",   "void"};
  return std::ranges::find(kPrimitives, name) != kPrimitives.end();
}

/// The classes that Flink loads when it reads a snapshot or makes its serializer again.
std::vector<std::string> named_classes(const SerializerSnapshot& snapshot) {
  std::vector<std::string> names;
  for (const char* parameter : {"class", "component_class", "comparator"})
    if (const std::string* name = string_parameter(snapshot, parameter))
      names.push_back(*name);
  for (const char* parameter : {"registered_subclasses", "unregistered_subclasses", "registrations",
                                "registration_serializers", "default_serializer_types", "default_serializers"})
    for (const std::string& name : list_parameter(snapshot, parameter))
      names.push_back(name);
  std::erase_if(names, [](const std::string& name) { return name.empty() || name == kAvroArray; });
  return names;
}

/// The first constant that the enum of the new job no longer has; empty where it has all of them.
std::string lost_constant(const SchemaComparer& comparer, const SerializerSnapshot& snapshot) {
  const std::string* class_name = string_parameter(snapshot, "class");
  const ClassShape* shape = class_name == nullptr ? nullptr : comparer.shape_after(*class_name);
  if (snapshot.serializer != "EnumSerializer" || shape == nullptr)
    return {};
  for (const std::string& constant : list_parameter(snapshot, "constants"))
    if (std::ranges::find(shape->enum_constants, constant) == shape->enum_constants.end())
      return constant;
  return {};
}

std::string why_unreadable(const SchemaComparer& comparer, const SerializerSnapshot& snapshot) {
  const SchemaWorlds& worlds = comparer.worlds();
  const RemovedSnapshot* removed =
      worlds.table == nullptr ? nullptr : worlds.table->find_removed_snapshot(snapshot.snapshot_class, worlds.to);
  if (removed != nullptr && comparer.shape_after(snapshot.snapshot_class) == nullptr)
    return fmt::format("Flink {} cannot read {}: {}", worlds.to.minor_text(), snapshot.snapshot_class, removed->why);
  if (!comparer.has_class(snapshot.snapshot_class))
    return fmt::format("the savepoint names the serializer snapshot {}, which is not in the new JAR",
                       snapshot.snapshot_class);
  for (const std::string& name : named_classes(snapshot))
    if (!comparer.has_class(name))
      return fmt::format(
          "the savepoint names the class {} ({}), which is not in the new JAR: keep the old class, or "
          "give the state another name",
          name, snapshot.serializer);
  const std::string constant = lost_constant(comparer, snapshot);
  if (!constant.empty())
    return fmt::format(
        "the enum {} no longer has the constant {}, which the savepoint names: Flink cannot make the "
        "old serializer again, whether or not a value has it",
        *string_parameter(snapshot, "class"), constant);
  return {};
}

}  // namespace

const ClassShape* SchemaComparer::shape_before(std::string_view binary_name) const {
  return find_shape(worlds_.before, binary_name);
}

const ClassShape* SchemaComparer::shape_after(std::string_view binary_name) const {
  return find_shape(worlds_.after, binary_name);
}

bool SchemaComparer::has_class(std::string_view binary_name) const {
  const std::string_view name = element_class(binary_name);
  if (worlds_.after == nullptr || name.empty() || is_primitive(name) || name.starts_with("java."))
    return true;
  if (worlds_.application != nullptr && worlds_.application->find_class(name) != nullptr)
    return true;
  return shape_after(name) != nullptr || is_of_own_serializer(*worlds_.after, name) ||
         (worlds_.table != nullptr && worlds_.table->is_parent_first(name, worlds_.to));
}

std::optional<SchemaComparison> find_unreadable(const SerializerSnapshot& before, const SchemaWorlds& worlds) {
  const SchemaComparer comparer(worlds);
  std::optional<SchemaComparison> found;
  for_each_snapshot(before, "", [&](const SerializerSnapshot& part, const std::string& path) {
    if (found)
      return;
    std::string why = why_unreadable(comparer, part);
    if (!why.empty())
      found = answer(SchemaAnswer::unreadable, {path, ""}, std::move(why));
  });
  return found;
}

}  // namespace preflight
