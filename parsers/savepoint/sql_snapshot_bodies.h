#pragma once

#include <cstdint>

#include "input/byte_reader.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

class SnapshotReader;

// Bodies of the snapshot classes of flink-table-runtime, for the rows of snapshot_table.cpp.

// Outer parts of composites.
void read_external(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_linked_list(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);

// Whole bodies.
void read_row_data(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_binary_row_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_decimal_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_timestamp_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_array_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_map_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_sorted_map(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_row_data_key(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot,
                       std::int32_t version);

// Of the Pulsar connector, whose schema is as opaque as the generated code above.
void read_pulsar_schema(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);

}  // namespace preflight
