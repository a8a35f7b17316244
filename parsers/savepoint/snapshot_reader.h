#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "input/byte_reader.h"
#include "savepoint/memory_limit.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

/// Reads serializer snapshots (TypeSerializerSnapshot#writeVersionedSnapshot): class name, version, and a body whose
/// layout only the class knows. There is no length, so a class outside the table (snapshot_table.h) ends the stream:
/// InputError (unsupported) names it. Inside the length-delimited frames of POJO snapshots it ends that frame alone;
/// the snapshot there becomes a leaf with an `unread` parameter, and unread() lists the reason.
class SnapshotReader {
 public:
  /// `input_bytes` is the most that there is to read, where that is known: it bounds the memory that may be taken.
  explicit SnapshotReader(std::uint64_t input_bytes = 0);

  /// A snapshot at the top of a state (TypeSerializerSnapshotSerializationUtil): its layout version comes first, 2
  /// since Flink 1.7, 1 for the config snapshots before it.
  SerializerSnapshot read_with_layout_version(ByteReader& reader);

  /// A nested snapshot.
  SerializerSnapshot read(ByteReader& reader);

  /// The list of nested snapshots that composites end with (NestedSerializersSnapshotDelegate).
  std::vector<SerializerSnapshot> read_nested(ByteReader& reader);

  /// A snapshot that fills `frame`; a leaf with the reason where it cannot be read.
  enum class Framed : std::uint8_t { nested, with_layout_version };
  SerializerSnapshot read_frame(const ByteReader& frame, Framed framed);

  const std::vector<std::string>& unread() const { return unread_; }

  /// To be called for whatever a file may ask for many of: takes `bytes` of memory for what is read at `reader`.
  /// Throws InputError (over_limit) where that is more than any real header needs.
  void spend(const ByteReader& reader, std::uint64_t bytes);
  /// The same for a text in a growing list.
  void spend_text(const ByteReader& reader, const std::string& text);

 private:
  SerializerSnapshot read_body(ByteReader& reader, std::string snapshot_class, std::uint64_t start);

  MemoryLimit memory_;
  int depth_ = 0;
  std::vector<std::string> unread_;
};

/// The short name of the serializer that a snapshot class stands for: "LongSerializer" of
/// "org…LongSerializer$LongSerializerSnapshot", "TtlSerializer" of "…TtlStateFactory$TtlSerializerSnapshot".
std::string serializer_name_of(const std::string& snapshot_class);

}  // namespace preflight
