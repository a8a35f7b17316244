#include "savepoint/metadata.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "savepoint/checkpoint_properties.h"

namespace preflight {
namespace {

constexpr std::uint32_t kMagic = 0x4960672D;
constexpr std::uint32_t kMasterStateMagic = 0xC96B1696;

/// What tells the versions apart, and the releases that write them (looked up in the released flink-runtime JARs; no
/// release up to 2.3 writes version 7, which is on Flink's master since FLIP-600).
struct Layout {
  std::int32_t version;
  const char* first_writer;
  const char* last_writer;
  bool names_and_uids = false;
  bool chain_length = false;           ///< And, in a subtask, duration and legacy states: unused since Flink 1.3.
  bool coordinators = false;           ///< And the marks of finished operators and subtasks, and channel state.
  bool typed_channel_handles = false;  ///< FLINK-33734: merged channel state handles.
  bool properties = false;
  bool referenced_checkpoint = false;
};

constexpr std::array<Layout, 6> kLayouts = {{
    {.version = 2, .first_writer = "1.3", .last_writer = "1.10", .chain_length = true},
    {.version = 3, .first_writer = "1.11", .last_writer = "1.15", .coordinators = true},
    {.version = 4, .first_writer = "1.16", .last_writer = "1.20", .coordinators = true, .properties = true},
    {.version = 5,
     .first_writer = "2.0",
     .last_writer = "2.0",
     .names_and_uids = true,
     .coordinators = true,
     .properties = true},
    {.version = 6,
     .first_writer = "2.1",
     .last_writer = "",
     .names_and_uids = true,
     .coordinators = true,
     .typed_channel_handles = true,
     .properties = true},
    {.version = 7,
     .first_writer = "2.4",
     .last_writer = "",
     .names_and_uids = true,
     .coordinators = true,
     .typed_channel_handles = true,
     .properties = true,
     .referenced_checkpoint = true},
}};

const Layout* layout_of(std::int32_t version) {
  for (const Layout& layout : kLayouts)
    if (layout.version == version)
      return &layout;
  return nullptr;
}

const Layout& read_header(ByteReader& reader) {
  if (reader.at_end())
    reader.fail(InputErrorKind::not_this_format, "expected a savepoint's _metadata, found an empty file");
  const std::uint32_t magic = reader.u4("a savepoint's magic");
  if (magic != kMagic)
    reader.fail_at(0, InputErrorKind::not_this_format,
                   fmt::format("expected a savepoint's magic 0x{:08X}, found 0x{:08X}", kMagic, magic));
  const std::int32_t version = reader.i4("metadata version");
  const Layout* layout = layout_of(version);
  if (layout == nullptr)
    reader.fail_at(reader.offset() - 4, InputErrorKind::unsupported,
                   fmt::format("expected metadata version {} to {}, found {}{}", kLayouts.front().version,
                               kLayouts.back().version, version, version == 1 ? " (Flink 1.1 and 1.2)" : ""));
  return *layout;
}

std::int32_t read_at_least(ByteReader& reader, std::int32_t least, const char* what) {
  const std::int32_t value = reader.i4(what);
  if (value < least)
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected {} of at least {}, found {}", what, least, value));
  return value;
}

MasterState read_master_state(ByteReader& reader) {
  const std::uint32_t magic = reader.u4("a master state's magic");
  if (magic != kMasterStateMagic)
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected a master state's magic 0x{:08X}, found 0x{:08X}", kMasterStateMagic, magic));
  ByteReader body = reader.slice(reader.count(1, "length of a master state"), "master state");
  MasterState state;
  state.version = body.i4("version of a master state");
  state.name = body.utf("name of a master state");
  state.bytes = body.count(1, "number of bytes of a master state");
  body.skip(state.bytes, "bytes of a master state");
  if (!body.at_end())
    body.fail(InputErrorKind::corrupt,
              fmt::format("expected the end of the master state, found {} more bytes", body.remaining()));
  return state;
}

/// Flink writes an absent name or uid as the empty text.
std::optional<std::string> read_optional_text(ByteReader& reader, const char* what) {
  std::string text = reader.utf(what);
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

OperatorId read_operator_id(ByteReader& reader) {
  OperatorId id;
  const auto bytes = reader.bytes(id.bytes.size(), "operator ID");
  for (std::size_t i = 0; i < id.bytes.size(); ++i)
    id.bytes[i] = std::to_integer<std::uint8_t>(bytes[i]);
  return id;
}

StreamHandle read_coordinator(ByteReader& reader) {
  const std::uint64_t start = reader.offset();
  const StreamHandle handle = read_stream_handle(reader);
  if (handle.kind != StreamHandle::Kind::none && handle.kind != StreamHandle::Kind::inline_bytes)
    reader.fail_at(start, InputErrorKind::corrupt, "expected coordinator state inside _metadata, found a file");
  return handle;
}

/// The two lists of channel state handles, with the types of their entries from metadata version 6 on.
struct ChannelList {
  const char* count;
  std::uint8_t single;
  std::uint8_t merged;
};
constexpr std::array<ChannelList, 2> kChannelLists = {{
    {"number of input channel handles", 1, 3},
    {"number of result subpartition handles", 2, 4},
}};

void read_channel_handle(ByteReader& reader, const Layout& layout, const ChannelList& list, MetadataSubtask& subtask) {
  const std::uint8_t type = layout.typed_channel_handles ? reader.u1("type of a channel state handle") : list.single;
  if (type != list.single && type != list.merged)
    reader.fail_at(
        reader.offset() - 1, InputErrorKind::unsupported,
        fmt::format("expected the type {} or {} of a channel state handle, found {}", list.single, list.merged, type));
  const bool merged = type == list.merged;
  reader.i4("subtask of a channel state handle");
  if (!merged) {
    reader.i4("gate or partition of a channel state handle");
    reader.i4("channel of a channel state handle");
    reader.skip(std::uint64_t{reader.count(8, "number of channel state offsets")} * 8, "channel state offsets");
  }
  subtask.channel_bytes = saturating_sum(subtask.channel_bytes, read_size(reader, "size of channel state"));
  read_stream_handle(reader);
  if (merged)
    reader.skip(reader.count(1, "length of merged channel offsets"), "merged channel offsets");
}

void read_channel_handles(ByteReader& reader, const Layout& layout, MetadataSubtask& subtask) {
  constexpr std::uint64_t kSmallestHandle = 17;
  for (const ChannelList& list : kChannelLists) {
    const std::uint32_t handles = reader.count(kSmallestHandle, list.count);
    for (std::uint32_t i = 0; i < handles; ++i)
      read_channel_handle(reader, layout, list, subtask);
    subtask.channel_handles += handles;
  }
}

/// Empties the subtask and keeps the capacity of its lists.
void reset(MetadataSubtask& subtask) {
  for (KeyedStateHandle* handle : {&subtask.managed_keyed, &subtask.raw_keyed}) {
    handle->present = false;
    handle->changelog = false;
    handle->state_bytes = 0;
    handle->parts.clear();
  }
  for (OperatorStateHandle* handle : {&subtask.managed_operator, &subtask.raw_operator})
    if (handle->present)
      *handle = {};
  subtask.channel_handles = 0;
  subtask.channel_bytes = 0;
}

void read_subtask_body(ByteReader& reader, const Layout& layout, MetadataSubtask& subtask) {
  if (layout.chain_length) {
    reader.i8("duration of a subtask");
    if (const std::int32_t legacy = reader.i4("number of legacy states"); legacy != 0)
      reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                     fmt::format("expected no legacy states (Flink 1.2), found {}", legacy));
  }
  if (reader.i4("whether there is managed operator state") != 0)
    read_operator_state_handle(reader, subtask.managed_operator);
  if (reader.i4("whether there is raw operator state") != 0)
    read_operator_state_handle(reader, subtask.raw_operator);
  read_keyed_state_handle(reader, subtask.managed_keyed);
  read_keyed_state_handle(reader, subtask.raw_keyed);
  if (layout.coordinators)
    read_channel_handles(reader, layout, subtask);
  if (layout.referenced_checkpoint && reader.boolean("whether a checkpoint is referenced"))
    reader.i8("referenced checkpoint");
}

/// Moves over the handles of a subtask that wrote nothing, as most do: they are all zero. Asking for that first halves
/// the work where it is so.
bool skip_null_handles(ByteReader& reader, const Layout& layout) {
  constexpr std::array<std::byte, 18> kNullHandles{};
  if (!layout.coordinators || layout.referenced_checkpoint || reader.remaining() < kNullHandles.size())
    return false;
  ByteReader peek = reader;
  const std::span<const std::byte> handles = peek.bytes(kNullHandles.size(), "handles of a subtask");
  if (std::memcmp(handles.data(), kNullHandles.data(), kNullHandles.size()) != 0)
    return false;
  reader = peek;
  return true;
}

/// A negative index says that the subtask had finished (FLIP-147).
void read_subtask(ByteReader& reader, const Layout& layout, const MetadataOperator& head, MetadataSubtask& subtask,
                  MetadataVisitor& visitor) {
  const std::int32_t index = reader.i4("index of a subtask");
  const bool finished = layout.coordinators && index < 0;
  subtask.index = finished ? -(index + 1) : index;
  if (subtask.index < 0 || subtask.index >= head.parallelism)
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected a subtask below the parallelism {}, found {}", head.parallelism, index));
  if (finished)
    return visitor.on_finished_subtask();
  reset(subtask);
  if (!skip_null_handles(reader, layout))
    read_subtask_body(reader, layout, subtask);
  visitor.on_subtask(subtask);
}

MetadataOperator read_operator_head(ByteReader& reader, const Layout& layout) {
  MetadataOperator head;
  if (layout.names_and_uids) {
    head.name = read_optional_text(reader, "operator name");
    head.uid = read_optional_text(reader, "operator uid");
  }
  head.id = read_operator_id(reader);
  head.parallelism = read_at_least(reader, 0, "parallelism");
  head.max_parallelism = reader.i4("max parallelism");
  if (head.parallelism > head.max_parallelism)
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected a max parallelism of at least the parallelism {}, found {}", head.parallelism,
                               head.max_parallelism));
  if (layout.chain_length)
    reader.i4("chain length");
  if (layout.coordinators)
    head.coordinator = read_coordinator(reader);
  return head;
}

void read_operator(ByteReader& reader, const Layout& layout, MetadataSubtask& subtask, MetadataVisitor& visitor) {
  constexpr std::uint64_t kSmallestSubtask = 4;
  MetadataOperator head = read_operator_head(reader, layout);
  ByteReader peek = reader;
  head.fully_finished = layout.coordinators && peek.i4("number of subtasks") < 0;
  if (head.fully_finished && head.coordinator.kind != StreamHandle::Kind::none)
    reader.fail(InputErrorKind::corrupt, "expected no coordinator state of a finished operator, found some");
  visitor.on_operator(head);
  if (head.fully_finished) {
    reader = peek;
    return;
  }
  const std::uint32_t subtasks = reader.count(kSmallestSubtask, "number of subtasks");
  for (std::uint32_t i = 0; i < subtasks; ++i)
    read_subtask(reader, layout, head, subtask, visitor);
}

}  // namespace

Metadata read_metadata(std::span<const std::byte> bytes, const InputPlace& place, MetadataVisitor& visitor) {
  constexpr std::uint64_t kSmallestMasterState = 18;
  constexpr std::uint64_t kSmallestOperator = 28;
  ByteReader reader(bytes, place);
  const Layout& layout = read_header(reader);
  Metadata metadata;
  metadata.version = layout.version;
  metadata.checkpoint_id = reader.i8("checkpoint ID");
  if (metadata.checkpoint_id < 0)
    reader.fail_at(reader.offset() - 8, InputErrorKind::corrupt,
                   fmt::format("expected a checkpoint ID of at least 0, found {}", metadata.checkpoint_id));
  const std::uint32_t master_states = reader.count(kSmallestMasterState, "number of master states");
  metadata.master_states.reserve(master_states);
  for (std::uint32_t i = 0; i < master_states; ++i)
    metadata.master_states.push_back(read_master_state(reader));
  const std::uint32_t operators = reader.count(kSmallestOperator, "number of operators");
  MetadataSubtask subtask;
  for (std::uint32_t i = 0; i < operators; ++i)
    read_operator(reader, layout, subtask, visitor);
  if (layout.properties)
    metadata.properties = read_checkpoint_properties(reader);
  if (!reader.at_end())
    reader.fail(InputErrorKind::corrupt,
                fmt::format("expected the end of the file, found {} more bytes", reader.remaining()));
  return metadata;
}

WriterVersions writers_of_metadata_version(std::int32_t metadata_version) {
  const Layout* layout = layout_of(metadata_version);
  return layout == nullptr ? WriterVersions{} : WriterVersions{layout->first_writer, layout->last_writer};
}

}  // namespace preflight
