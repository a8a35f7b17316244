#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace preflight {

struct SerializerField;

/// A named value of a serializer snapshot that decides compatibility. Lists that belong together have one length.
///
/// - PojoSerializer: class; registered_subclasses, unregistered_subclasses (names in order; `nested` holds their
///   serializers, registered ones first); subclasses_without_serializer (these have no entry in `nested`)
/// - KryoSerializer: class; registrations (classes in order) and registration_serializers (an empty text is Kryo's own
///   serializer for the class); default_serializer_types and default_serializers (first instances, then classes)
/// - EnumSerializer: class; constants (in order)
/// - ScalaEnumSerializer: class; constants; ids
/// - TupleSerializer, ScalaCaseClassSerializer: class; arity is the number of `nested`
/// - RowSerializer: supports_row_kind
/// - GenericArraySerializer: component_class
/// - NullableSerializer: null_padding (bytes)
/// - AvroSerializer: class; schema (JSON)
/// - ValueSerializer, CopyableValueSerializer, WritableSerializer: class
/// - TtlAwareSerializer: ttl_enabled
/// - RowDataSerializer: types (SQL text of the columns, by position)
/// - BinaryRowDataSerializer: arity
/// - DecimalDataSerializer: precision; scale
/// - TimestampDataSerializer: precision
/// - ArrayDataSerializer: element_type; element_serializer
/// - MapDataSerializer: key_type; value_type; key_serializer; value_serializer
/// - SortedMapSerializer: comparator (class); comparator_digest (of its serialized form)
/// - RowDataKeySerializer: equaliser_digest; hash_function_digest
/// - ExternalSerializer: data_type; internal_input
/// - LinkedListSerializer: has_null_mask
/// - NFAStateSerializer: supports_previous_timestamp
/// - StateSerializer (two-phase commit sink): supports_null_transaction
/// - TraversableSerializer: builder_code
/// - PulsarSerializer: schema_digest
///
/// On any of them: `legacy` = true, a config snapshot of Flink 1.3 to 1.6 (readable up to Flink 1.16 only); `unread` =
/// the reason why the rest of this snapshot could not be read (an unknown class inside a POJO's field, say).
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
  std::string declaring_class;  ///< Empty where the class could not be loaded when Flink rewrote the snapshot.
  std::vector<SerializerSnapshot> serializer;  ///< One, or none.

  bool operator==(const SerializerField&) const;
};

/// The tree on one line: class in brackets, other parameters in parentheses, nested serializers in angle brackets,
/// fields in braces: PojoSerializer[com.example.Order]{id: LongSerializer, tags:
/// ListSerializer<KryoSerializer[com.example.Tag]>}.
std::string to_text(const SerializerSnapshot& snapshot);

/// The value of a string parameter, or nullptr where the snapshot has none of that name.
const std::string* string_parameter(const SerializerSnapshot& snapshot, const std::string& name);

/// Calls `visit(snapshot, path)` for the snapshot and everything nested in it, POJO fields included; `path` names the
/// way down, "order.tags" for a field, "[1]" for a nested serializer.
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
