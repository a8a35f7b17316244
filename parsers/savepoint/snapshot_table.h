#pragma once

#include <cstdint>
#include <string>

#include "input/byte_reader.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

class SnapshotReader;

/// How the body of a snapshot class is laid out.
enum class SnapshotLayout : std::uint8_t {
  simple,     ///< SimpleTypeSerializerSnapshot: empty.
  generic,    ///< GenericTypeSerializerSnapshot: the name of the type's class.
  composite,  ///< CompositeTypeSerializerSnapshot: an outer part of its own, then the nested snapshots.
  own,        ///< Its own.
};

/// Reads the outer part of a composite, or the whole body of a class with a layout of its own.
using SnapshotBody = void (*)(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot,
                              std::int32_t version);

struct SnapshotRow {
  SnapshotLayout layout = SnapshotLayout::simple;
  std::int32_t oldest_version = 0;  ///< Of the body, or of a composite's outer part.
  std::int32_t newest_version = 0;
  SnapshotBody body = nullptr;
  const char* serializer = nullptr;  ///< Where the class name does not tell it.
};

/// The layout of a snapshot class by its binary name, or nullptr for an unknown one.
const SnapshotRow* find_snapshot_row(const std::string& snapshot_class);

}  // namespace preflight
