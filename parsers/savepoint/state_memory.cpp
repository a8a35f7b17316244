#include "savepoint/state_memory.h"

namespace preflight {
namespace {

std::uint64_t memory_beside(const std::string& text) {
  static const std::size_t inside = std::string().capacity();
  return text.capacity() > inside ? text.capacity() + 1 : 0;
}

struct ParameterMemory {
  std::uint64_t operator()(bool) const { return 0; }
  std::uint64_t operator()(std::int64_t) const { return 0; }
  std::uint64_t operator()(const std::string& text) const { return memory_beside(text); }
  std::uint64_t operator()(const std::vector<std::string>& texts) const {
    std::uint64_t bytes = texts.capacity() * sizeof(std::string);
    for (const std::string& text : texts)
      bytes += memory_beside(text);
    return bytes;
  }
};

}  // namespace

std::uint64_t memory_beside(const SerializerSnapshot& snapshot) {
  std::uint64_t bytes = memory_beside(snapshot.snapshot_class) + memory_beside(snapshot.serializer) +
                        snapshot.parameters.capacity() * sizeof(SnapshotParameter) +
                        snapshot.nested.capacity() * sizeof(SerializerSnapshot) +
                        snapshot.fields.capacity() * sizeof(SerializerField);
  for (const SnapshotParameter& parameter : snapshot.parameters)
    bytes += memory_beside(parameter.name) + std::visit(ParameterMemory{}, parameter.value);
  for (const SerializerSnapshot& nested : snapshot.nested)
    bytes += memory_beside(nested);
  for (const SerializerField& field : snapshot.fields) {
    bytes += memory_beside(field.name) + memory_beside(field.declaring_class) +
             field.serializer.capacity() * sizeof(SerializerSnapshot);
    for (const SerializerSnapshot& serializer : field.serializer)
      bytes += memory_beside(serializer);
  }
  return bytes;
}

std::uint64_t memory_beside(const State& state) {
  std::uint64_t bytes = memory_beside(state.name) + memory_beside(state.backend_state_type) +
                        state.options.capacity() * sizeof(state.options.front()) +
                        state.other_serializers.capacity() * sizeof(state.other_serializers.front());
  for (const auto& [key, value] : state.options)
    bytes += memory_beside(key) + memory_beside(value);
  for (const auto* snapshot : {&state.key, &state.namespace_serializer, &state.value, &state.element})
    bytes += *snapshot ? memory_beside(**snapshot) : 0;
  for (const auto& [key, snapshot] : state.other_serializers)
    bytes += memory_beside(key) + memory_beside(snapshot);
  return bytes;
}

}  // namespace preflight
