#include "savepoint/legacy_snapshot.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "savepoint/java_stream.h"
#include "savepoint/snapshot_bodies.h"
#include "savepoint/snapshot_reader.h"
#include "savepoint/snapshot_table.h"

namespace preflight {
namespace {

using Texts = std::vector<std::string>;

void add(SerializerSnapshot& snapshot, const char* name, decltype(SnapshotParameter::value) value) {
  snapshot.parameters.push_back({name, std::move(value)});
}

void read_parameterless(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  snapshot.serializer = serializer_name_of(reader.utf("identifier of a serialization format"));
}

void read_composite_config(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  snapshot.nested = read_resilient_list(snapshots, reader);
}

/// The name of a class that was written as a serialized java.lang.Class.
std::string read_class_object(ByteReader& reader) {
  const JavaStream stream = read_java_stream(reader);
  return stream.class_name(stream.node(stream.root));
}

void read_tuple_config(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  snapshot.nested = read_resilient_list(snapshots, reader);
  add(snapshot, "class", read_class_object(reader));
}

void read_generic_array_config(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot,
                               std::int32_t) {
  snapshot.nested = read_resilient_list(snapshots, reader);
  add(snapshot, "component_class", read_class_object(reader));
}

/// Version 1 holds the constants as a serialized array, version 2 their names.
void read_enum_config(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot,
                      std::int32_t version) {
  constexpr std::int32_t kNames = 2;
  if (version >= kNames)
    return read_enum(snapshots, reader, snapshot, version);
  add(snapshot, "class", reader.utf("name of an enum class"));
  const JavaStream stream = read_java_stream(reader);
  Texts constants;
  for (const JavaNodeId constant : stream.node(stream.root).extra)
    snapshots.spend_text(reader, constants.emplace_back(stream.text(stream.node(constant))));
  add(snapshot, "constants", std::move(constants));
}

void read_kryo_config(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  constexpr std::uint64_t kSmallestRegistration = 8;
  add(snapshot, "class", reader.utf("class that Kryo serializes"));
  Texts registrations;
  Texts serializers;
  const std::uint32_t count = reader.count(kSmallestRegistration, "number of Kryo registrations");
  for (std::uint32_t i = 0; i < count; ++i) {
    reader.utf("tag of a Kryo registration");
    KryoRegistration registration = read_kryo_registration(reader);
    snapshots.spend_text(reader, registrations.emplace_back(std::move(registration.type)));
    snapshots.spend_text(reader, serializers.emplace_back(std::move(registration.serializer)));
  }
  add(snapshot, "registrations", std::move(registrations));
  add(snapshot, "registration_serializers", std::move(serializers));
}

void read_avro_schema_config(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "schema", reader.utf("Avro schema"));
}

/// Offsets of an entry in the bytes that follow a list of them.
struct EntryOffsets {
  std::uint64_t serializer = 0;
  std::uint64_t config = 0;
};

/// `count` pairs of offsets, then the bytes they point into. Offsets must ascend, as Flink writes them: entries that
/// share bytes would let a small file ask for unbounded work.
std::vector<EntryOffsets> read_entry_offsets(SnapshotReader& snapshots, ByteReader& reader, const char* what) {
  constexpr std::uint64_t kSmallestEntry = 8;
  std::vector<EntryOffsets> entries;
  const std::uint32_t count = reader.count(kSmallestEntry, what);
  std::uint64_t last = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t place = reader.offset();
    const EntryOffsets entry{reader.u4("offset of a serializer"), reader.u4("offset of a config snapshot")};
    if (entry.serializer < last || entry.config < entry.serializer || (i != 0 && entry.serializer == last))
      reader.fail_at(place, InputErrorKind::corrupt,
                     fmt::format("expected ascending offsets of serializers, found {} and {} after {}",
                                 entry.serializer, entry.config, last));
    last = entry.config;
    snapshots.spend(reader, kGrowingElement<EntryOffsets>);
    entries.push_back(entry);
  }
  return entries;
}

/// The bytes from one offset to another in `bytes`.
ByteReader part_of(ByteReader bytes, std::uint64_t from, std::uint64_t to, const char* what) {
  bytes.skip(from, what);
  return bytes.slice(to - from, what);
}

/// One of the three groups of a POJO's config snapshot. The entries follow each other: name, serializer (where one was
/// written), config snapshot.
template <typename Visit>
void for_each_pojo_entry(SnapshotReader& snapshots, ByteReader& reader, const char* what, const Visit& visit) {
  const std::vector<EntryOffsets> entries = read_entry_offsets(snapshots, reader, what);
  ByteReader names = reader.slice(reader.count(1, "length of a group of serializers"), "group of serializers");
  const ByteReader bytes = names;
  const std::uint64_t size = bytes.remaining();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::string name = names.utf("name in a POJO's config snapshot");
    snapshots.spend(reader, kGrowingElement<SerializerField>);
    snapshots.spend_text(reader, name);
    const std::uint64_t config = entries[i].config;
    if (config < names.offset() - bytes.offset() || config > size)
      reader.fail(InputErrorKind::corrupt, fmt::format("expected the offset of a config snapshot, found {}", config));
    // The length of an entry follows from where the next one's serializer begins, less its name: found by reading.
    ByteReader config_reader = part_of(bytes, config, size, "config snapshot of a POJO");
    SerializerSnapshot serializer = snapshots.read_with_layout_version(config_reader);
    names = config_reader;
    visit(std::move(name), std::move(serializer));
  }
}

void read_pojo_config(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "class", reader.utf("name of a POJO class"));
  for_each_pojo_entry(snapshots, reader, "number of POJO fields", [&](std::string name, SerializerSnapshot serializer) {
    SerializerField field;
    field.name = std::move(name);
    field.serializer.push_back(std::move(serializer));
    snapshot.fields.push_back(std::move(field));
  });
  for (const char* group : {"registered_subclasses", "unregistered_subclasses"}) {
    Texts names;
    for_each_pojo_entry(snapshots, reader, "number of POJO subclasses",
                        [&](std::string name, SerializerSnapshot nested) {
                          names.push_back(std::move(name));
                          snapshot.nested.push_back(std::move(nested));
                        });
    if (!names.empty())
      add(snapshot, group, std::move(names));
  }
}

struct ConfigRow {
  std::string_view simple_name;  ///< Of the class, without its package.
  SnapshotBody body;
};

constexpr std::array kConfigRows = std::to_array<ConfigRow>({
    {"ParameterlessTypeSerializerConfig", read_parameterless},
    {"CollectionSerializerConfigSnapshot", read_composite_config},
    {"MapSerializerConfigSnapshot", read_composite_config},
    {"EitherSerializerConfigSnapshot", read_composite_config},
    {"RowSerializer$RowSerializerConfigSnapshot", read_composite_config},
    {"NullableSerializer$NullableSerializerConfigSnapshot", read_composite_config},
    {"CompositeSerializer$ConfigSnapshot", read_composite_config},
    {"CoGroupedStreams$UnionSerializerConfigSnapshot", read_composite_config},
    {"StreamElementSerializer$StreamElementSerializerConfigSnapshot", read_composite_config},
    {"TimerSerializer$TimerSerializerConfigSnapshot", read_composite_config},
    {"IntervalJoinOperator$BufferSerializerConfigSnapshot", read_composite_config},
    {"CRowSerializer$CRowSerializerConfigSnapshot", read_composite_config},
    {"NFA$NFASerializerConfigSnapshot", read_composite_config},
    {"SharedBuffer$SharedBufferSerializerConfigSnapshot", read_composite_config},
    {"TwoPhaseCommitSinkFunction$StateSerializerConfigSnapshot", read_composite_config},
    {"TraversableSerializerConfigSnapshot", read_composite_config},
    {"OptionSerializer$OptionSerializerConfigSnapshot", read_composite_config},
    {"ScalaOptionSerializerConfigSnapshot", read_composite_config},
    {"ScalaTrySerializerConfigSnapshot", read_composite_config},
    {"TrySerializer$TrySerializerConfigSnapshot", read_composite_config},
    {"TupleSerializerConfigSnapshot", read_tuple_config},
    {"GenericArraySerializerConfigSnapshot", read_generic_array_config},
    {"CopyableValueSerializer$CopyableValueSerializerConfigSnapshot", read_class},
    {"WritableSerializer$WritableSerializerConfigSnapshot", read_class},
    {"EnumSerializer$EnumSerializerConfigSnapshot", read_enum_config},
    {"KryoSerializer$KryoSerializerConfigSnapshot", read_kryo_config},
    {"ValueSerializer$ValueSerializerConfigSnapshot", read_kryo_config},
    {"AvroSerializer$AvroSerializerConfigSnapshot", read_kryo_config},
    {"AvroSerializer$AvroSchemaSerializerConfigSnapshot", read_avro_schema_config},
    {"PojoSerializer$PojoSerializerConfigSnapshot", read_pojo_config},
    {"EnumValueSerializer$ScalaEnumSerializerConfigSnapshot", read_scala_enum},
});

SnapshotBody config_body_of(std::string_view config_class) {
  const std::string_view simple_name = config_class.substr(config_class.find_last_of('.') + 1);
  for (const ConfigRow& row : kConfigRows)
    if (row.simple_name == simple_name)
      return row.body;
  return nullptr;
}

}  // namespace

SerializerSnapshot read_config_snapshot(SnapshotReader& snapshots, ByteReader& reader, std::string config_class) {
  SerializerSnapshot snapshot;
  snapshot.snapshot_class = std::move(config_class);
  snapshot.serializer = serializer_name_of(snapshot.snapshot_class);
  add(snapshot, "legacy", true);
  const SnapshotBody body = config_body_of(snapshot.snapshot_class);
  if (body == nullptr)
    reader.fail(
        InputErrorKind::unsupported,
        fmt::format("expected a known config snapshot class of Flink 1.6 or older, found {}", snapshot.snapshot_class));
  snapshot.version = reader.i4("version of a config snapshot");
  body(snapshots, reader, snapshot, snapshot.version);
  return snapshot;
}

std::vector<SerializerSnapshot> read_resilient_list(SnapshotReader& snapshots, ByteReader& reader) {
  const std::vector<EntryOffsets> entries = read_entry_offsets(snapshots, reader, "number of serializers");
  const ByteReader bytes = reader.slice(reader.count(1, "length of a list of serializers"), "list of serializers");
  std::vector<SerializerSnapshot> list;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t end = i + 1 < entries.size() ? entries[i + 1].serializer : bytes.remaining();
    const ByteReader config = part_of(bytes, entries[i].config, end, "config snapshot");
    list.push_back(snapshots.read_frame(config, SnapshotReader::Framed::with_layout_version));
  }
  return list;
}

SerializerSnapshot read_serialized_serializer(ByteReader& reader) {
  const JavaStream stream = read_java_stream(reader);
  SerializerSnapshot snapshot;
  snapshot.serializer = serializer_name_of(stream.class_name(stream.node(stream.root)));
  add(snapshot, "legacy", true);
  return snapshot;
}

SerializerSnapshot read_bare_serializer(ByteReader& reader) {
  const std::int32_t version = reader.i4("layout version of a serializer");
  if (version != 1)
    reader.fail_at(reader.offset() - 4, InputErrorKind::unsupported,
                   fmt::format("expected the layout version 1 of a serializer, found {}", version));
  ByteReader serializer = reader.slice(reader.count(1, "length of a serializer"), "serializer");
  return read_serialized_serializer(serializer);
}

}  // namespace preflight
