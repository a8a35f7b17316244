#include "savepoint/stream_header.h"

#include <fmt/format.h>

#include <array>

#include "savepoint/legacy_snapshot.h"
#include "savepoint/snapshot_reader.h"
#include "savepoint/state_meta_info.h"

namespace preflight {
namespace {

/// How a keyed stream's key serializer is laid out.
SerializerSnapshot read_key(SnapshotReader& snapshots, ByteReader& reader) {
  return snapshots.read_with_layout_version(reader);
}
SerializerSnapshot read_key_1_3(SnapshotReader& snapshots, ByteReader& reader) {
  const std::uint64_t start = reader.offset();
  std::vector<SerializerSnapshot> list = read_resilient_list(snapshots, reader);
  if (list.size() != 1)
    reader.fail_at(start, InputErrorKind::corrupt, fmt::format("expected one key serializer, found {}", list.size()));
  return std::move(list.front());
}
SerializerSnapshot read_key_1_2(SnapshotReader&, ByteReader& reader) {
  return read_bare_serializer(reader);
}

struct OperatorLayout {
  std::int32_t version;
  bool compression_flag;
  bool broadcast_states;
  MetaInfoReader read_state;
};
constexpr std::array kOperatorLayouts = std::to_array<OperatorLayout>({
    {1, false, false, read_operator_meta_info_1_2},
    {2, false, false, read_operator_meta_info_1_3},
    {3, false, true, read_operator_meta_info_1_3},
    {4, false, true, read_meta_info_1_6},
    {5, false, true, read_meta_info},
    {6, true, true, read_meta_info},
});

struct KeyedLayout {
  std::int32_t version;
  bool compression_flag;
  SerializerSnapshot (*read_key)(SnapshotReader& snapshots, ByteReader& reader);
  MetaInfoReader read_state;
};
constexpr std::array kKeyedLayouts = std::to_array<KeyedLayout>({
    {1, false, read_key_1_2, read_keyed_meta_info_1_2},
    {2, false, read_key_1_2, read_keyed_meta_info_1_2},
    {3, false, read_key_1_3, read_keyed_meta_info_1_3},
    {4, true, read_key_1_3, read_keyed_meta_info_1_3},
    {5, true, read_key_1_3, read_meta_info_1_6},
    {6, true, read_key, read_meta_info},
});

template <typename Layouts>
const auto& read_layout(ByteReader& reader, const Layouts& layouts, const char* what) {
  const std::int32_t version = reader.i4(what);
  for (const auto& layout : layouts)
    if (layout.version == version)
      return layout;
  reader.fail_at(
      reader.offset() - 4, InputErrorKind::unsupported,
      fmt::format("expected {} of {} to {}, found {}", what, layouts.front().version, layouts.back().version, version));
}

/// One state; on an error what is known of it stays in the header.
void read_state(SnapshotReader& snapshots, ByteReader& reader, MetaInfoReader read, StreamHeader& header) {
  StateMetaInfo info;
  snapshots.spend(reader, kGrowingElement<StateMetaInfo>);
  try {
    read(snapshots, reader, info);
  } catch (const InputError&) {
    if (info.kind)
      header.states.push_back(std::move(info));
    throw;
  }
  header.states.push_back(std::move(info));
}

void read_states(SnapshotReader& snapshots, ByteReader& reader, MetaInfoReader read, StreamHeader& header) {
  const std::int16_t count = reader.i2("number of states");
  if (count < 0)
    reader.fail_at(reader.offset() - 2, InputErrorKind::corrupt,
                   fmt::format("expected a number of states of at least 0, found {}", count));
  for (std::int16_t i = 0; i < count; ++i)
    read_state(snapshots, reader, read, header);
}

/// Runs `read(snapshots, reader, header)` and records how far it came.
template <typename Read>
StreamHeader read_header(ByteReader& reader, const Read& read) {
  StreamHeader header;
  SnapshotReader snapshots(reader.remaining());
  const std::uint64_t start = reader.offset();
  try {
    read(snapshots, header);
  } catch (const InputError& error) {
    header.problem = error;
  }
  header.length = reader.offset() - start;
  header.unread = snapshots.unread();
  return header;
}

}  // namespace

StreamHeader read_operator_state_header(ByteReader reader) {
  return read_header(reader, [&](SnapshotReader& snapshots, StreamHeader& header) {
    const OperatorLayout& layout = read_layout(reader, kOperatorLayouts, "an operator state header's version");
    if (layout.compression_flag)
      reader.boolean("whether operator state is compressed");
    read_states(snapshots, reader, layout.read_state, header);
    if (layout.broadcast_states)
      read_states(snapshots, reader, layout.read_state, header);
  });
}

StreamHeader read_keyed_state_header(ByteReader reader) {
  return read_header(reader, [&](SnapshotReader& snapshots, StreamHeader& header) {
    const KeyedLayout& layout = read_layout(reader, kKeyedLayouts, "a keyed state header's version");
    if (layout.compression_flag)
      reader.boolean("whether key groups are compressed");
    header.key_serializer = layout.read_key(snapshots, reader);
    read_states(snapshots, reader, layout.read_state, header);
  });
}

std::optional<StreamHeader> read_raw_timers_header(ByteReader reader) {
  constexpr std::uint32_t kMagic = 0xF1CD859F;
  constexpr std::int32_t kVersion = 2;
  if (reader.remaining() < sizeof kMagic || reader.u4("magic of raw timers") != kMagic)
    return std::nullopt;
  return read_header(reader, [&](SnapshotReader& snapshots, StreamHeader& header) {
    const std::int32_t version = reader.i4("version of raw timers");
    if (version != kVersion)
      reader.fail_at(reader.offset() - 4, InputErrorKind::unsupported,
                     fmt::format("expected raw timers of version {}, found {}", kVersion, version));
    const std::int32_t services = reader.i4("number of timer services");
    if (services <= 0)
      return;
    StateMetaInfo service;
    service.name = reader.utf("name of a timer service");
    service.kind = StateKind::raw_keyed;
    header.states.push_back(std::move(service));
    for (const char* serializer : {"KEY_SERIALIZER", "NAMESPACE_SERIALIZER"})
      header.states.back().serializers.emplace_back(serializer, snapshots.read(reader));
    if (services > 1)
      reader.fail(InputErrorKind::unsupported,
                  fmt::format("expected one timer service in raw keyed state, found {}; those behind the first one's "
                              "timers were not read",
                              services));
  });
}

StreamHeader read_changelog_metadata(ByteReader reader) {
  constexpr std::uint8_t kMetadata = 8;
  constexpr std::int32_t kOldestVersion = 6;
  constexpr std::int32_t kNewestVersion = 7;
  return read_header(reader, [&](SnapshotReader& snapshots, StreamHeader& header) {
    const std::uint8_t operation = reader.u1("operation of a changelog change");
    if (operation != kMetadata)
      reader.fail_at(reader.offset() - 1, InputErrorKind::unsupported,
                     fmt::format("expected a metadata change {}, found {}", kMetadata, operation));
    const std::int32_t version = reader.i4("version of state meta info");
    if (version < kOldestVersion || version > kNewestVersion)
      reader.fail_at(reader.offset() - 4, InputErrorKind::unsupported,
                     fmt::format("expected state meta info of version {} or {}, found {}", kOldestVersion,
                                 kNewestVersion, version));
    read_state(snapshots, reader, read_meta_info, header);
  });
}

}  // namespace preflight
