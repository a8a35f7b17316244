#include <fmt/format.h>

#include <algorithm>

#include "serialization/schema_comparer.h"

namespace preflight {

const SnapshotParameter* find_parameter(const SerializerSnapshot& snapshot, std::string_view name) {
  const auto found = std::ranges::find(snapshot.parameters, name, &SnapshotParameter::name);
  return found == snapshot.parameters.end() ? nullptr : &*found;
}

const std::vector<std::string>& list_parameter(const SerializerSnapshot& snapshot, std::string_view name) {
  static const std::vector<std::string> none;
  const SnapshotParameter* parameter = find_parameter(snapshot, name);
  const auto* list = parameter == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&parameter->value);
  return list == nullptr ? none : *list;
}

std::string serializer_words(const SerializerSnapshot& snapshot) {
  const std::string* class_name = string_parameter(snapshot, "class");
  if (snapshot.serializer == "NullableSerializer" && snapshot.nested.size() == 1)
    return serializer_words(snapshot.nested.front());
  if (class_name == nullptr)
    return snapshot.serializer;
  if (snapshot.serializer == "KryoSerializer")
    return fmt::format("{} through Kryo", *class_name);
  return fmt::format("{} ({})", *class_name, snapshot.serializer);
}

}  // namespace preflight
