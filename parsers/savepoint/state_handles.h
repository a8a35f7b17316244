#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "input/byte_reader.h"
#include "savepoint/savepoint.h"

namespace preflight {

// State handles say where the bytes of a state are. They are read as views into `_metadata`: a savepoint of a million
// subtasks has millions of them, so none owns anything but the short list of parts of a keyed handle, which is reused.
// Layouts: org.apache.flink.runtime.checkpoint.metadata.MetadataV2V3SerializerBase and its subclasses.

/// Bytes of `_metadata` and where they start in it.
struct ByteView {
  std::span<const std::byte> bytes;
  std::uint64_t offset = 0;

  ByteReader reader(const InputPlace& place) const { return {bytes, place, offset}; }
};

/// Where a stream of state bytes lives (org.apache.flink.runtime.state.StreamStateHandle).
struct StreamHandle {
  enum class Kind : std::uint8_t {
    none,           ///< No stream.
    inline_bytes,   ///< In `_metadata` itself. Its label, often a path, is never opened.
    file,           ///< A file by its absolute path or URI.
    relative_file,  ///< A file beside `_metadata`.
    file_segment,   ///< A part of a file that several subtasks share (file merging, Flink 1.20).
    empty_segment,  ///< A part of such a file that holds nothing.
  };
  Kind kind = Kind::none;
  ByteView inline_bytes;
  std::span<const std::byte> path;  ///< Modified UTF-8, as written.
  std::uint64_t start = 0;          ///< First byte in the file; zero unless a segment.
  std::uint64_t size = 0;           ///< In bytes; zero where Flink did not know it.
};

/// List, union and broadcast state of one subtask (org.apache.flink.runtime.state.OperatorStateHandle).
struct OperatorStateHandle {
  bool present = false;
  std::uint32_t states = 0;
  ByteView state_entries;  ///< `states` times: name, mode, offsets. See for_each_state.
  StreamHandle stream;
};

/// A part of a keyed state handle whose bytes can be looked at by themselves.
struct KeyedStatePart {
  enum class Kind : std::uint8_t {
    key_groups,            ///< Heap or full RocksDB, tags 3 and 12: `stream` begins with the header.
    canonical_key_groups,  ///< Canonical savepoint, tag 7: likewise.
    incremental,           ///< RocksDB or ForSt, tags 5 and 11: `stream` is the metadata stream.
    changelog_in_memory,   ///< Tag 9: `changes`.
    changelog_in_files,    ///< Tags 10 and 13: `changes` says where they are.
  };
  Kind kind = Kind::key_groups;
  StreamHandle stream;
  ByteView key_group_offsets;  ///< i8 for each key group.
  std::uint32_t change_count = 0;
  ByteView changes;  ///< `change_count` times: key group, length, bytes; in files: offset and stream handle.
};

/// Keyed state of one subtask (org.apache.flink.runtime.state.KeyedStateHandle), flattened to its parts.
struct KeyedStateHandle {
  bool present = false;
  bool changelog = false;  ///< The changelog state backend wrapped it (tags 8 and 14).
  std::uint64_t state_bytes = 0;
  std::vector<KeyedStatePart> parts;
};

StreamHandle read_stream_handle(ByteReader& reader);
/// Reads into `handle`, so that its capacity is used again.
void read_operator_state_handle(ByteReader& reader, OperatorStateHandle& handle);
void read_keyed_state_handle(ByteReader& reader, KeyedStateHandle& handle);

/// The kind that a distribution mode stands for (OperatorStateHandle.Mode: split, union, broadcast).
StateKind state_kind_of_mode(std::int8_t mode);

/// Calls `visit(name, kind, first_offset)` for the states that an operator state handle lists; first_offset, that of
/// the first element in the stream, is nullopt for a state without elements.
template <typename Visit>
void for_each_state(const OperatorStateHandle& handle, const InputPlace& place, const Visit& visit) {
  ByteReader reader = handle.state_entries.reader(place);
  for (std::uint32_t i = 0; i < handle.states; ++i) {
    const std::string name = reader.utf("state name");
    const std::int8_t mode = reader.i1("distribution mode");
    const std::uint32_t offsets = reader.count(8, "number of state offsets");
    std::optional<std::uint64_t> first_offset;
    if (offsets > 0)
      first_offset = static_cast<std::uint64_t>(reader.i8("state offset"));
    reader.skip(std::uint64_t{offsets - (offsets > 0 ? 1U : 0U)} * 8, "state offsets");
    visit(name, state_kind_of_mode(mode), first_offset);
  }
}

/// A sum of sizes stays at the maximum instead of wrapping: the sizes are whatever the file says.
std::uint64_t saturating_sum(std::uint64_t a, std::uint64_t b);

/// A size as Flink writes it: -1 where it is not known.
std::uint64_t read_size(ByteReader& reader, std::string_view what);

}  // namespace preflight
