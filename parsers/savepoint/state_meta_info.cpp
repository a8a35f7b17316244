#include "savepoint/state_meta_info.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "savepoint/legacy_snapshot.h"
#include "savepoint/state_handles.h"

namespace preflight {
namespace {

constexpr const char* kKeySerializer = "KEY_SERIALIZER";
constexpr const char* kNamespaceSerializer = "NAMESPACE_SERIALIZER";
constexpr const char* kValueSerializer = "VALUE_SERIALIZER";
constexpr const char* kDistributionMode = "OPERATOR_STATE_DISTRIBUTION_MODE";

/// StateMetaInfoSnapshot.BackendStateType by ordinal.
struct BackendStateType {
  const char* name;
  StateKind kind;
};
constexpr std::array<BackendStateType, 5> kBackendStateTypes = {{
    {"KEY_VALUE", StateKind::keyed},
    {"OPERATOR", StateKind::operator_list},
    {"BROADCAST", StateKind::broadcast},
    {"PRIORITY_QUEUE", StateKind::timer},
    {"KEY_VALUE_V2", StateKind::keyed},
}};

/// StateDescriptor.Type by ordinal, in the layouts before Flink 1.6.
constexpr std::array kKeyedStateTypes = {"UNKNOWN", "VALUE", "LIST", "REDUCING", "FOLDING", "AGGREGATING", "MAP"};

void read_backend_state_type(ByteReader& reader, StateMetaInfo& info) {
  const std::int32_t ordinal = reader.i4("backend state type");
  if (ordinal < 0 || static_cast<std::size_t>(ordinal) >= kBackendStateTypes.size())
    reader.fail_at(
        reader.offset() - 4, InputErrorKind::unsupported,
        fmt::format("expected a backend state type of 0 to {}, found {}", kBackendStateTypes.size() - 1, ordinal));
  const BackendStateType& type = kBackendStateTypes[static_cast<std::size_t>(ordinal)];
  info.backend_state_type = type.name;
  info.kind = type.kind;
}

void read_options(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info) {
  constexpr std::uint64_t kSmallestOption = 4;
  const std::uint32_t count = reader.count(kSmallestOption, "number of state options");
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string key = reader.utf("name of a state option");
    std::string value = reader.utf("value of a state option");
    snapshots.spend_text(reader, key);
    snapshots.spend_text(reader, value);
    if (key == kDistributionMode && value == "UNION")
      info.kind = StateKind::operator_union;
    info.options.emplace_back(std::move(key), std::move(value));
  }
}

void read_mode(ByteReader& reader, StateMetaInfo& info) {
  constexpr std::array kModes = {"SPLIT_DISTRIBUTE", "UNION", "BROADCAST"};
  const std::int8_t mode = reader.i1("distribution mode");
  if (mode < 0 || static_cast<std::size_t>(mode) >= kModes.size())
    reader.fail_at(reader.offset() - 1, InputErrorKind::corrupt,
                   fmt::format("expected a distribution mode of 0, 1 or 2, found {}", mode));
  info.kind = state_kind_of_mode(mode);
  info.backend_state_type = info.kind == StateKind::broadcast ? "BROADCAST" : "OPERATOR";
  info.options.emplace_back(kDistributionMode, kModes[static_cast<std::uint8_t>(mode)]);
}

void read_keyed_type_and_name(ByteReader& reader, StateMetaInfo& info) {
  const std::int32_t type = reader.i4("keyed state type");
  if (type < 0 || static_cast<std::size_t>(type) >= kKeyedStateTypes.size())
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected a keyed state type of 0 to {}, found {}", kKeyedStateTypes.size() - 1, type));
  info.name = reader.utf("state name");
  info.kind = StateKind::keyed;
  info.backend_state_type = "KEY_VALUE";
  info.options.emplace_back("KEYED_STATE_TYPE", kKeyedStateTypes[static_cast<std::size_t>(type)]);
}

/// Pairs the entries of a resilient list with the names they stand for.
void add_serializers(std::vector<SerializerSnapshot> list, const std::vector<std::string>& names, StateMetaInfo& info) {
  for (std::size_t i = 0; i < std::min(list.size(), names.size()); ++i)
    info.serializers.emplace_back(names[i], std::move(list[i]));
}

}  // namespace

void read_meta_info(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info) {
  constexpr std::uint64_t kSmallestSerializer = 12;
  info.name = reader.utf("state name");
  read_backend_state_type(reader, info);
  read_options(snapshots, reader, info);
  const std::uint32_t serializers = reader.count(kSmallestSerializer, "number of state serializers");
  for (std::uint32_t i = 0; i < serializers; ++i) {
    std::string key = reader.utf("name of a state serializer");
    snapshots.spend_text(reader, key);
    info.serializers.emplace_back(std::move(key), snapshots.read_with_layout_version(reader));
  }
}

void read_meta_info_1_6(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info) {
  info.name = reader.utf("state name");
  read_backend_state_type(reader, info);
  read_options(snapshots, reader, info);
  std::vector<std::string> names;
  const std::uint32_t serializers = reader.count(2, "number of state serializers");
  for (std::uint32_t i = 0; i < serializers; ++i)
    snapshots.spend_text(reader, names.emplace_back(reader.utf("name of a state serializer")));
  add_serializers(read_resilient_list(snapshots, reader), names, info);
}

void read_keyed_meta_info_1_3(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info) {
  read_keyed_type_and_name(reader, info);
  add_serializers(read_resilient_list(snapshots, reader), {kNamespaceSerializer, kValueSerializer}, info);
}

void read_keyed_meta_info_1_2(SnapshotReader&, ByteReader& reader, StateMetaInfo& info) {
  read_keyed_type_and_name(reader, info);
  info.serializers.emplace_back(kNamespaceSerializer, read_bare_serializer(reader));
  info.serializers.emplace_back(kValueSerializer, read_bare_serializer(reader));
}

void read_operator_meta_info_1_3(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info) {
  info.name = reader.utf("state name");
  read_mode(reader, info);
  add_serializers(read_resilient_list(snapshots, reader), {kValueSerializer, kKeySerializer}, info);
}

void read_operator_meta_info_1_2(SnapshotReader&, ByteReader& reader, StateMetaInfo& info) {
  info.name = reader.utf("state name");
  read_mode(reader, info);
  info.serializers.emplace_back(kValueSerializer, read_serialized_serializer(reader));
}

}  // namespace preflight
