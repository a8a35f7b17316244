#pragma once

#include "input/byte_reader.h"
#include "savepoint/snapshot_reader.h"
#include "savepoint/stream_header.h"

namespace preflight {

/// Reads a state's meta info into `info`, which on an InputError holds what came before it.
using MetaInfoReader = void (*)(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);

void read_meta_info(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);

// The layouts before Flink 1.7.
void read_meta_info_1_6(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);
void read_keyed_meta_info_1_3(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);
void read_keyed_meta_info_1_2(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);
void read_operator_meta_info_1_3(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);
void read_operator_meta_info_1_2(SnapshotReader& snapshots, ByteReader& reader, StateMetaInfo& info);

}  // namespace preflight
