#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace preflight {

struct SerializerField;

/// A named value of a serializer snapshot that decides compatibility: the POJO class, the tuple arity, the enum
/// constants in order, Kryo's registrations in order, the Avro schema.
struct SnapshotParameter {
  std::string name;
  std::variant<bool, std::int64_t, std::string, std::vector<std::string>> value;

  bool operator==(const SnapshotParameter&) const = default;
};

/// What a savepoint says about the serializer that wrote a state: org.apache.flink.api.common.typeutils
/// .TypeSerializerSnapshot in its versioned wire form, as a tree.
struct SerializerSnapshot {
  std::string snapshot_class;  ///< Binary name as written, for example org…PojoSerializerSnapshot.
  std::string serializer;      ///< Short name of the serializer it stands for: "PojoSerializer", "LongSerializer".
  std::int32_t version = 0;    ///< Of the snapshot class's own layout.
  std::vector<SnapshotParameter> parameters;
  std::vector<SerializerSnapshot> nested;  ///< In the order of the snapshot: key and value, tuple fields, element.
  std::vector<SerializerField> fields;     ///< Of a POJO, in Flink's order.

  bool operator==(const SerializerSnapshot&) const;
};

/// A field of a POJO snapshot. A field whose serializer could not be loaded when Flink rewrote the snapshot has none.
struct SerializerField {
  std::string name;
  std::string declaring_class;
  std::vector<SerializerSnapshot> serializer;  ///< One, or none.

  bool operator==(const SerializerField&) const;
};

/// The tree on one line: PojoSerializer[com.example.Order]{id: LongSerializer, tags: KryoSerializer[java.util.List]}.
std::string to_text(const SerializerSnapshot& snapshot);

/// The value of a string parameter, or nullptr where the snapshot has none of that name.
const std::string* string_parameter(const SerializerSnapshot& snapshot, const std::string& name);

/// Calls `visit(snapshot, path)` for the snapshot and everything nested in it, POJO fields included; `path` names the way
/// down, "order.tags" for a field, "[1]" for a nested serializer.
template <typename Visit>
void for_each_snapshot(const SerializerSnapshot& snapshot, const std::string& path, const Visit& visit) {
  visit(snapshot, path);
  for (std::size_t i = 0; i < snapshot.nested.size(); ++i)
    for_each_snapshot(snapshot.nested[i], path + "[" + std::to_string(i) + "]", visit);
  for (const SerializerField& field : snapshot.fields)
    for (const SerializerSnapshot& serializer : field.serializer)
      for_each_snapshot(serializer, path + "." + field.name, visit);
}

}  // namespace preflight
