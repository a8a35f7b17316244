#include "restore/unreadable_serializers.h"

#include <algorithm>

namespace preflight {
namespace {

constexpr std::string_view kKryoSnapshot = "org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot";

std::string_view major_of(std::string_view version) {
  return version.substr(0, version.find('.'));
}

/// Some snapshot classes come with the application (flink-scala, flink-avro) rather than with the runtime.
bool bundled(const Upgrade& upgrade, const std::string& class_name) {
  return upgrade.application && upgrade.application->find_class(class_name) != nullptr;
}

void collect(const SerializerSnapshot& snapshot, const std::string& where, const Upgrade& upgrade,
             std::vector<UnreadableSerializer>& found) {
  const bool kryo_changes = kryo_format_changes(upgrade).value_or(false);
  for_each_snapshot(snapshot, where, [&](const SerializerSnapshot& part, const std::string& path) {
    const RemovedSnapshot* removed = upgrade.table->find_removed_snapshot(part.snapshot_class, upgrade.to);
    if (removed != nullptr && !bundled(upgrade, part.snapshot_class)) {
      found.push_back({UnreadableSerializer::Cause::snapshot_removed, path, part.snapshot_class, removed});
    } else if (kryo_changes && part.snapshot_class == kKryoSnapshot) {
      const std::string* type = string_parameter(part, "class");
      found.push_back({UnreadableSerializer::Cause::kryo, path, type ? *type : std::string()});
    }
  });
}

}  // namespace

std::optional<bool> kryo_format_changes(const Upgrade& upgrade) {
  const FlinkRelease* target = upgrade.table->find_release(upgrade.to);
  if (!upgrade.from || target == nullptr)
    return std::nullopt;
  bool any_known = false;
  for (const FlinkRelease& release : upgrade.table->releases) {
    if (release.version < upgrade.from->lowest || upgrade.from->highest < release.version)
      continue;
    any_known = true;
    if (major_of(release.kryo) == major_of(target->kryo))
      return false;
  }
  return any_known ? std::optional<bool>(true) : std::nullopt;
}

std::vector<UnreadableSerializer> unreadable_serializers(const State& state, const Upgrade& upgrade) {
  std::vector<UnreadableSerializer> found;
  const auto add = [&](const std::optional<SerializerSnapshot>& snapshot, const char* where) {
    if (snapshot)
      collect(*snapshot, where, upgrade, found);
  };
  add(state.key, "key");
  add(state.namespace_serializer, "namespace");
  add(state.value, "value");
  add(state.element, "element");
  for (const auto& [role, snapshot] : state.other_serializers)
    collect(snapshot, role, upgrade, found);
  return found;
}

std::vector<UnreadableSerializer> unreadable_key(const OperatorState& operator_state, const Upgrade& upgrade) {
  std::vector<UnreadableSerializer> found;
  if (operator_state.key_serializer)
    collect(*operator_state.key_serializer, "key", upgrade, found);
  return found;
}

}  // namespace preflight
