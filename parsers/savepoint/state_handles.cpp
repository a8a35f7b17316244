#include "savepoint/state_handles.h"

#include <fmt/format.h>

#include <limits>

namespace preflight {
namespace {

/// Flink nests at most changelog, key groups, stream; deeper nesting comes from a damaged or hostile file.
constexpr int kMaxHandleDepth = 16;
/// A changelog has one part for each checkpoint since its last materialization.
constexpr std::size_t kMaxParts = 16'384;
constexpr std::uint64_t kOffsetBytes = 8;

/// Type bytes of the three tables of handles; which table applies depends on the place.
enum class Tag : std::uint8_t {
  null = 0,
  byte_stream = 1,
  file = 2,
  key_groups = 3,
  partitionable = 4,
  incremental = 5,
  relative_file = 6,
  savepoint_key_groups = 7,
  changelog = 8,
  changelog_bytes = 9,
  changelog_files = 10,
  incremental_v2 = 11,
  key_groups_v2 = 12,
  changelog_files_v2 = 13,
  changelog_v2 = 14,
  segment = 15,
  empty_segment = 16,
  merged_partitionable = 17,
};

void skip_utf(ByteReader& reader, std::string_view what) {
  reader.skip(reader.u2(what), what);
}

std::span<const std::byte> utf_bytes(ByteReader& reader, std::string_view what) {
  return reader.bytes(reader.u2(what), what);
}

/// The bytes that `skip` moves over.
template <typename Skip>
ByteView view_of(ByteReader& reader, const Skip& skip) {
  ByteReader start = reader;
  skip();
  return {start.bytes(reader.offset() - start.offset(), "view"), start.offset()};
}

void check_depth(const ByteReader& reader, int depth) {
  if (depth > kMaxHandleDepth)
    reader.fail(InputErrorKind::over_limit,
                fmt::format("expected state handles nested at most {} deep, found more", kMaxHandleDepth));
}

[[noreturn]] void fail_tag(const ByteReader& reader, const char* expected, Tag tag) {
  reader.fail_at(reader.offset() - 1, InputErrorKind::unsupported,
                 fmt::format("expected the type of {}, found {}", expected, static_cast<unsigned>(tag)));
}

/// Start and number of key groups, and an offset for each.
ByteView read_key_group_offsets(ByteReader& reader) {
  reader.i4("first key group");
  const std::uint32_t groups = reader.count(kOffsetBytes, "number of key groups");
  return view_of(reader, [&] { reader.skip(groups * kOffsetBytes, "key-group offsets"); });
}

StreamHandle read_segment(ByteReader& reader) {
  constexpr std::int32_t kScopes = 2;
  StreamHandle handle;
  handle.kind = StreamHandle::Kind::file_segment;
  const std::int64_t start = reader.i8("start of the file segment");
  if (start < 0)
    reader.fail(InputErrorKind::corrupt, fmt::format("expected a file segment's start of at least 0, found {}", start));
  handle.start = static_cast<std::uint64_t>(start);
  handle.size = read_size(reader, "size of the file segment");
  const std::int32_t scope = reader.i4("scope of the file segment");
  if (scope < 0 || scope >= kScopes)
    reader.fail(InputErrorKind::corrupt, fmt::format("expected a file segment's scope of 0 or 1, found {}", scope));
  handle.path = utf_bytes(reader, "path of the merged file");
  skip_utf(reader, "logical file ID");
  return handle;
}

StreamHandle read_stream_handle(ByteReader& reader, int depth) {
  check_depth(reader, depth);
  StreamHandle handle;
  switch (const Tag tag{reader.u1("type of a stream state handle")}) {
    case Tag::null:
      break;
    case Tag::byte_stream:
      handle.kind = StreamHandle::Kind::inline_bytes;
      skip_utf(reader, "name of a byte-stream handle");
      handle.size = reader.count(1, "number of inline state bytes");
      handle.inline_bytes.offset = reader.offset();
      handle.inline_bytes.bytes = reader.bytes(handle.size, "inline state bytes");
      break;
    case Tag::file:
      handle.kind = StreamHandle::Kind::file;
      handle.size = read_size(reader, "size of a state file");
      handle.path = utf_bytes(reader, "path of a state file");
      break;
    case Tag::relative_file:
      handle.kind = StreamHandle::Kind::relative_file;
      handle.path = utf_bytes(reader, "relative path of a state file");
      handle.size = read_size(reader, "size of a state file");
      break;
    case Tag::key_groups:
      read_key_group_offsets(reader);
      return read_stream_handle(reader, depth + 1);
    case Tag::segment:
      return read_segment(reader);
    case Tag::empty_segment:
      handle.kind = StreamHandle::Kind::empty_segment;
      break;
    default:
      fail_tag(reader, "a stream state handle", tag);
  }
  return handle;
}

/// The SST files and the like of an incremental handle: only their sizes matter.
std::uint64_t read_handle_list_bytes(ByteReader& reader) {
  constexpr std::uint64_t kSmallestEntry = 3;
  std::uint64_t bytes = 0;
  const std::uint32_t entries = reader.count(kSmallestEntry, "number of files of an incremental handle");
  for (std::uint32_t i = 0; i < entries; ++i) {
    skip_utf(reader, "local path of an incremental handle");
    bytes = saturating_sum(bytes, read_stream_handle(reader, 0).size);
  }
  return bytes;
}

void add_part(const ByteReader& reader, KeyedStateHandle& handle, KeyedStatePart part, std::uint64_t state_bytes) {
  if (handle.parts.size() == kMaxParts)
    reader.fail(InputErrorKind::over_limit,
                fmt::format("expected at most {} parts of a keyed state handle, found more", kMaxParts));
  handle.state_bytes = saturating_sum(handle.state_bytes, state_bytes);
  handle.parts.push_back(part);
}

void read_key_groups(ByteReader& reader, KeyedStatePart::Kind kind, KeyedStateHandle& handle) {
  KeyedStatePart part;
  part.kind = kind;
  part.key_group_offsets = read_key_group_offsets(reader);
  part.stream = read_stream_handle(reader);
  add_part(reader, handle, part, part.stream.size);
}

void read_incremental(ByteReader& reader, bool version_2, KeyedStateHandle& handle) {
  KeyedStatePart part;
  part.kind = KeyedStatePart::Kind::incremental;
  reader.i8("checkpoint ID of an incremental handle");
  skip_utf(reader, "backend ID of an incremental handle");
  reader.i4("first key group");
  reader.i4("number of key groups");
  if (version_2)
    reader.i8("checkpointed size");
  part.stream = read_stream_handle(reader);
  const std::uint64_t shared = read_handle_list_bytes(reader);
  const std::uint64_t own = read_handle_list_bytes(reader);
  if (version_2)
    skip_utf(reader, "state handle ID");
  add_part(reader, handle, part, saturating_sum(part.stream.size, saturating_sum(shared, own)));
}

void read_changelog_bytes(ByteReader& reader, KeyedStateHandle& handle) {
  constexpr std::uint64_t kSmallestChange = 8;
  KeyedStatePart part;
  part.kind = KeyedStatePart::Kind::changelog_in_memory;
  reader.i4("first key group");
  reader.i4("number of key groups");
  reader.i8("first sequence number");
  reader.i8("last sequence number");
  part.change_count = reader.count(kSmallestChange, "number of changelog changes");
  std::uint64_t bytes = 0;
  part.changes = view_of(reader, [&] {
    for (std::uint32_t i = 0; i < part.change_count; ++i) {
      reader.i4("key group of a change");
      const std::uint32_t length = reader.count(1, "length of a change");
      reader.skip(length, "change");
      bytes += length;
    }
  });
  skip_utf(reader, "state handle ID");
  add_part(reader, handle, part, bytes);
}

void read_changelog_files(ByteReader& reader, bool version_2, KeyedStateHandle& handle) {
  constexpr std::uint64_t kSmallestEntry = 9;
  KeyedStatePart part;
  part.kind = KeyedStatePart::Kind::changelog_in_files;
  reader.i4("first key group");
  reader.i4("number of key groups");
  part.change_count = reader.count(kSmallestEntry, "number of changelog streams");
  part.changes = view_of(reader, [&] {
    for (std::uint32_t i = 0; i < part.change_count; ++i) {
      reader.i8("offset in a changelog stream");
      read_stream_handle(reader);
    }
  });
  const std::uint64_t bytes = read_size(reader, "size of a changelog handle");
  reader.i8("checkpointed size");
  skip_utf(reader, "state handle ID");
  if (version_2)
    skip_utf(reader, "storage identifier");
  add_part(reader, handle, part, bytes);
}

void read_keyed_state_handle(ByteReader& reader, KeyedStateHandle& handle, int depth);

void read_changelog(ByteReader& reader, bool version_2, KeyedStateHandle& handle, int depth) {
  handle.changelog = true;
  reader.i4("first key group");
  reader.i4("number of key groups");
  reader.i8("checkpointed size");
  for (const char* list : {"number of materialized handles", "number of changelog handles"}) {
    const std::uint32_t handles = reader.count(1, list);
    for (std::uint32_t i = 0; i < handles; ++i)
      read_keyed_state_handle(reader, handle, depth + 1);
  }
  reader.i8("materialization ID");
  if (version_2)
    reader.i8("checkpoint ID of a changelog handle");
  skip_utf(reader, "state handle ID");
}

void read_keyed_state_handle(ByteReader& reader, KeyedStateHandle& handle, int depth) {
  check_depth(reader, depth);
  const Tag tag{reader.u1("type of a keyed state handle")};
  if (tag == Tag::null)
    return;
  handle.present = true;
  switch (tag) {
    case Tag::key_groups:
      return read_key_groups(reader, KeyedStatePart::Kind::key_groups, handle);
    case Tag::key_groups_v2:
      read_key_groups(reader, KeyedStatePart::Kind::key_groups, handle);
      return skip_utf(reader, "state handle ID");
    case Tag::savepoint_key_groups:
      return read_key_groups(reader, KeyedStatePart::Kind::canonical_key_groups, handle);
    case Tag::incremental:
    case Tag::incremental_v2:
      return read_incremental(reader, tag == Tag::incremental_v2, handle);
    case Tag::changelog_bytes:
      return read_changelog_bytes(reader, handle);
    case Tag::changelog_files:
    case Tag::changelog_files_v2:
      return read_changelog_files(reader, tag == Tag::changelog_files_v2, handle);
    case Tag::changelog:
    case Tag::changelog_v2:
      return read_changelog(reader, tag == Tag::changelog_v2, handle, depth);
    default:
      fail_tag(reader, "a keyed state handle", tag);
  }
}

}  // namespace

std::uint64_t saturating_sum(std::uint64_t a, std::uint64_t b) {
  return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max() : a + b;
}

std::uint64_t read_size(ByteReader& reader, std::string_view what) {
  const std::int64_t size = reader.i8(what);
  return size < 0 ? 0 : static_cast<std::uint64_t>(size);
}

StreamHandle read_stream_handle(ByteReader& reader) {
  return read_stream_handle(reader, 0);
}

void read_operator_state_handle(ByteReader& reader, OperatorStateHandle& handle) {
  constexpr std::uint64_t kSmallestEntry = 7;
  constexpr std::int8_t kModes = 3;
  const Tag tag{reader.u1("type of an operator state handle")};
  if (tag == Tag::null)
    return;
  if (tag != Tag::partitionable && tag != Tag::merged_partitionable)
    fail_tag(reader, "an operator state handle", tag);
  handle.present = true;
  handle.states = reader.count(kSmallestEntry, "number of operator states in a handle");
  handle.state_entries = view_of(reader, [&] {
    for (std::uint32_t i = 0; i < handle.states; ++i) {
      skip_utf(reader, "state name");
      const std::int8_t mode = reader.i1("distribution mode");
      if (mode < 0 || mode >= kModes)
        reader.fail_at(reader.offset() - 1, InputErrorKind::corrupt,
                       fmt::format("expected a distribution mode of 0, 1 or 2, found {}", mode));
      reader.skip(reader.count(kOffsetBytes, "number of state offsets") * kOffsetBytes, "state offsets");
    }
  });
  if (tag == Tag::merged_partitionable) {
    skip_utf(reader, "directory of task-owned state");
    skip_utf(reader, "directory of shared state");
    reader.boolean("whether the merged state is empty");
  }
  handle.stream = read_stream_handle(reader);
}

void read_keyed_state_handle(ByteReader& reader, KeyedStateHandle& handle) {
  read_keyed_state_handle(reader, handle, 0);
}

StateKind state_kind_of_mode(std::int8_t mode) {
  constexpr std::int8_t kUnion = 1;
  constexpr std::int8_t kBroadcast = 2;
  if (mode == kBroadcast)
    return StateKind::broadcast;
  return mode == kUnion ? StateKind::operator_union : StateKind::operator_list;
}

}  // namespace preflight
