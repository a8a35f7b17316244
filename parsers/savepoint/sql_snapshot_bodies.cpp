#include "savepoint/sql_snapshot_bodies.h"

#include <fmt/format.h>

#include "savepoint/java_stream.h"
#include "savepoint/logical_type.h"
#include "savepoint/murmur3.h"
#include "savepoint/operator_id.h"
#include "savepoint/snapshot_reader.h"

namespace preflight {
namespace {

void add(SerializerSnapshot& snapshot, const char* name, decltype(SnapshotParameter::value) value) {
  snapshot.parameters.push_back({name, std::move(value)});
}

/// A serialized LogicalType or DataType as SQL text.
std::string read_type(ByteReader& reader) {
  const std::uint64_t start = reader.offset();
  const JavaStream stream = read_java_stream(reader);
  std::optional<std::string> text = logical_type_text(stream);
  if (!text)
    reader.fail_at(start, InputErrorKind::over_limit, "expected a SQL type of bounded length and depth, found more");
  return *std::move(text);
}

/// The class of a serialized object.
std::string read_object_class(ByteReader& reader) {
  const JavaStream stream = read_java_stream(reader);
  return stream.class_name(stream.node(stream.root));
}

std::string digest_of(std::span<const std::byte> bytes) {
  return OperatorId{murmur3_x64_128(bytes)}.hex();
}

std::string read_digest(ByteReader& reader, const char* what) {
  return digest_of(reader.bytes(reader.count(1, what), what));
}

}  // namespace

void read_external(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "data_type", read_type(reader));
  add(snapshot, "internal_input", reader.boolean("whether the input is internal"));
}

void read_linked_list(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version) {
  constexpr std::int32_t kAlwaysWithMask = 2;
  const bool null_mask =
      version > kAlwaysWithMask ? reader.boolean("whether there is a null mask") : version == kAlwaysWithMask;
  add(snapshot, "has_null_mask", null_mask);
}

void read_row_data(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  constexpr std::uint64_t kSmallestType = 5;
  std::vector<std::string> types;
  const std::uint32_t count = reader.count(kSmallestType, "number of row fields");
  for (std::uint32_t i = 0; i < count; ++i)
    snapshots.spend_text(reader, types.emplace_back(read_type(reader)));
  add(snapshot, "types", std::move(types));
  snapshot.nested = snapshots.read_nested(reader);
}

void read_binary_row_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "arity", std::int64_t{reader.i4("number of row fields")});
}

void read_decimal_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "precision", std::int64_t{reader.i4("precision of a decimal")});
  add(snapshot, "scale", std::int64_t{reader.i4("scale of a decimal")});
}

void read_timestamp_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "precision", std::int64_t{reader.i4("precision of a timestamp")});
}

void read_array_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "element_type", read_type(reader));
  add(snapshot, "element_serializer", read_object_class(reader));
}

void read_map_data(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "key_type", read_type(reader));
  add(snapshot, "value_type", read_type(reader));
  add(snapshot, "key_serializer", read_object_class(reader));
  add(snapshot, "value_serializer", read_object_class(reader));
}

void read_sorted_map(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  ByteReader start = reader;
  add(snapshot, "comparator", read_object_class(reader));
  add(snapshot, "comparator_digest", digest_of(start.bytes(reader.offset() - start.offset(), "comparator")));
  snapshot.nested = snapshots.read_nested(reader);
}

void read_row_data_key(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "equaliser_digest", read_digest(reader, "serialized row equaliser"));
  add(snapshot, "hash_function_digest", read_digest(reader, "serialized hash function"));
  snapshot.nested.push_back(snapshots.read(reader));
}

void read_pulsar_schema(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "schema_digest", read_digest(reader, "serialized Pulsar schema"));
}

}  // namespace preflight
