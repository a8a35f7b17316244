#pragma once

#include <cstdint>

#include "input/byte_reader.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

class SnapshotReader;

// Bodies of the snapshot classes of flink-core, flink-streaming, flink-cep and flink-avro, for the rows of
// snapshot_table.cpp. Each adds its parameters (serializer_snapshot.h lists them), fields and nested snapshots.

// Outer parts of composites: the nested snapshots follow.
void read_class(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_component_class(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_builder_code(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_null_padding(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_row(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_two_phase_commit(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_nfa_state(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);

// Whole bodies.
void read_pojo(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_kryo(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_enum(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_scala_enum(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_avro(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);
void read_ttl_aware(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version);

/// One of Kryo's registrations, as the body of a framed map's value and of a config snapshot's list alike: the class,
/// and how it is serialized: by Kryo's own choice, a serializer class, or an instance (named by its class).
struct KryoRegistration {
  std::string type;
  std::string serializer;
};
KryoRegistration read_kryo_registration(ByteReader& reader);

}  // namespace preflight
