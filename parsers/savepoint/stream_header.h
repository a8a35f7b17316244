#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "input/byte_reader.h"
#include "savepoint/savepoint.h"

namespace preflight {

// A stream of managed state begins with a header that names its states and their serializers; the values behind it are
// not needed. The header has no length of its own: it is read to its end, or to where its bytes make no sense.
//
//   operator state: i4 version, from 6 a compression flag, i2 n, n states, from 3 i2 n, n broadcast states
//                   (OperatorBackendSerializationProxy; 5: Flink 1.7 to 1.17, 6: since 1.18)
//   keyed state:    i4 version, from 4 a compression flag, the key serializer, i2 n, n states
//                   (KeyedBackendSerializationProxy; 6: since Flink 1.7)
//   a state:        name, type, options, serializers (StateMetaInfoSnapshotReadersWriters)

/// What a header says of one state.
struct StateMetaInfo {
  std::string name;
  std::optional<StateKind> kind;  ///< Empty only while it has not been read.
  std::string backend_state_type;
  std::vector<std::pair<std::string, std::string>> options;
  /// Under the names of StateMetaInfoSnapshot.CommonSerializerKeys: "KEY_SERIALIZER", "VALUE_SERIALIZER" …
  std::vector<std::pair<std::string, SerializerSnapshot>> serializers;
};

struct StreamHeader {
  std::optional<SerializerSnapshot> key_serializer;
  std::vector<StateMetaInfo> states;
  std::uint64_t length = 0;           ///< Bytes that were looked at.
  std::vector<std::string> unread;    ///< Reasons for snapshots inside frames; the rest was read.
  std::optional<InputError> problem;  ///< Where and why reading ended early; `states` holds those before it.
};

StreamHeader read_operator_state_header(ByteReader reader);
StreamHeader read_keyed_state_header(ByteReader reader);

/// Heap timers of the RocksDB backend up to Flink 1.12, in a raw keyed stream at the offset of a key group
/// (InternalTimerServiceSerializationProxy). Only the first timer service has its serializers before the first timer.
/// Empty where the bytes are something else: raw state of an operator's own.
std::optional<StreamHeader> read_raw_timers_header(ByteReader reader);

/// The state that a metadata change of the changelog state backend adds.
StreamHeader read_changelog_metadata(ByteReader reader);

}  // namespace preflight
