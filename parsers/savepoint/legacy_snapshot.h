#pragma once

#include <string>
#include <vector>

#include "input/byte_reader.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

class SnapshotReader;

// What Flink 1.3 to 1.6 wrote in place of serializer snapshots: a config snapshot beside the serializer itself as a
// serialized Java object. Flink up to 1.16 still restores them; the parameter `legacy` marks them in the tree.

/// The body of a config snapshot whose class name was read. Throws InputError (unsupported) for an unknown class.
SerializerSnapshot read_config_snapshot(SnapshotReader& snapshots, ByteReader& reader, std::string config_class);

/// A list of serializers with their config snapshots
/// (TypeSerializerSerializationUtil#writeSerializersAndConfigsWithResilience). It is length-delimited: an entry that
/// cannot be read becomes a leaf with the reason.
std::vector<SerializerSnapshot> read_resilient_list(SnapshotReader& snapshots, ByteReader& reader);

/// A serializer as Flink 1.2 wrote it, as a serialized Java object: only its class is known.
SerializerSnapshot read_serialized_serializer(ByteReader& reader);
/// Likewise behind a layout version and a length.
SerializerSnapshot read_bare_serializer(ByteReader& reader);

}  // namespace preflight
