#include "savepoint/snapshot_bodies.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "savepoint/java_stream.h"
#include "savepoint/snapshot_reader.h"

namespace preflight {
namespace {

using Texts = std::vector<std::string>;

void add(SerializerSnapshot& snapshot, const char* name, decltype(SnapshotParameter::value) value) {
  snapshot.parameters.push_back({name, std::move(value)});
}

/// An entry of org.apache.flink.util.LinkedOptionalMap: key and value are missing where their classes could not be
/// loaded when Flink wrote the snapshot again.
struct FramedEntry {
  std::string name;
  std::optional<ByteReader> key;
  std::optional<ByteReader> value;
};

std::optional<ByteReader> read_optional_frame(ByteReader& reader) {
  if (!reader.boolean("whether a frame follows"))
    return std::nullopt;
  return reader.slice(reader.count(1, "length of a frame"), "frame");
}

template <typename Visit>
void for_each_framed(SnapshotReader& snapshots, ByteReader& reader, const Visit& visit) {
  constexpr std::uint64_t kMagic = 0x000004F2C69A3D70;
  constexpr std::uint64_t kSmallestEntry = 4;
  const std::uint64_t magic = reader.u8("magic of a framed map");
  if (magic != kMagic)
    reader.fail_at(reader.offset() - 8, InputErrorKind::corrupt,
                   fmt::format("expected the magic of a framed map 0x{:X}, found 0x{:X}", kMagic, magic));
  const std::uint32_t entries = reader.count(kSmallestEntry, "number of entries of a framed map");
  for (std::uint32_t i = 0; i < entries; ++i) {
    FramedEntry entry;
    entry.name = reader.utf("name of a framed entry");
    snapshots.spend(reader, kGrowingElement<SerializerField>);
    snapshots.spend_text(reader, entry.name);
    entry.key = read_optional_frame(reader);
    entry.value = read_optional_frame(reader);
    visit(entry);
  }
}

void read_pojo_fields(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot) {
  for_each_framed(snapshots, reader, [&](FramedEntry& entry) {
    SerializerField field;
    field.name = std::move(entry.name);
    if (entry.key) {
      field.declaring_class = entry.key->utf("declaring class of a POJO field");
      field.name = entry.key->utf("name of a POJO field");
      snapshots.spend(reader, field.declaring_class.capacity() + field.name.capacity());
    }
    if (entry.value)
      field.serializer.push_back(snapshots.read_frame(*entry.value, SnapshotReader::Framed::nested));
    snapshot.fields.push_back(std::move(field));
  });
}

/// The names of subclasses; their serializers go to `nested`.
Texts read_pojo_subclasses(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot,
                           Texts& without_serializer) {
  Texts names;
  for_each_framed(snapshots, reader, [&](FramedEntry& entry) {
    if (entry.value)
      snapshot.nested.push_back(snapshots.read_frame(*entry.value, SnapshotReader::Framed::nested));
    else
      without_serializer.push_back(entry.name);
    names.push_back(std::move(entry.name));
  });
  return names;
}

/// `varstr` of the format: StringValue#writeString. A length and as many UTF-16 code units, all as varints.
std::uint32_t read_varint(ByteReader& reader) {
  constexpr unsigned kMaxShift = 28;
  std::uint32_t value = 0;
  for (unsigned shift = 0; shift <= kMaxShift; shift += 7) {
    const std::uint8_t byte = reader.u1("variable-length number");
    value |= (byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0)
      return value;
  }
  reader.fail(InputErrorKind::corrupt, "expected a variable-length number of at most 5 bytes, found more");
}

std::string read_string_value(ByteReader& reader) {
  const std::uint32_t length_and_one = read_varint(reader);
  if (length_and_one == 0)
    return {};
  if (length_and_one - 1 > reader.remaining())
    reader.fail(InputErrorKind::truncated, fmt::format("expected a string of {} characters, found {} bytes left",
                                                       length_and_one - 1, reader.remaining()));
  // Modified UTF-8 writes the code units one by one, surrogates too.
  std::vector<std::byte> units;
  for (std::uint32_t i = 1; i < length_and_one; ++i)
    append_modified_utf8(read_varint(reader), units);
  return utf8_of_modified_utf8(units);
}

}  // namespace

void read_class(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "class", reader.utf("name of a type class"));
}

void read_component_class(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "component_class", reader.utf("name of a component class"));
}

void read_builder_code(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "builder_code", reader.utf("code that builds a Scala collection"));
}

void read_null_padding(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "null_padding", std::int64_t{reader.i4("length of the null padding")});
}

void read_row(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version) {
  constexpr std::int32_t kAlwaysWithRowKind = 3;
  const bool row_kind =
      version > kAlwaysWithRowKind ? reader.boolean("whether rows have a kind") : version == kAlwaysWithRowKind;
  add(snapshot, "supports_row_kind", row_kind);
}

void read_two_phase_commit(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version) {
  constexpr std::int32_t kAlwaysWithNull = 3;
  const bool null_transaction =
      version > kAlwaysWithNull ? reader.boolean("whether a transaction may be null") : version == kAlwaysWithNull;
  add(snapshot, "supports_null_transaction", null_transaction);
}

void read_nfa_state(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version) {
  constexpr std::int32_t kFirstWithFlag = 2;
  add(snapshot, "supports_previous_timestamp",
      version >= kFirstWithFlag && reader.boolean("whether there are previous timestamps"));
}

void read_pojo(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "class", reader.utf("name of a POJO class"));
  read_pojo_fields(snapshots, reader, snapshot);
  Texts without_serializer;
  for (const char* group : {"registered_subclasses", "unregistered_subclasses"}) {
    Texts names = read_pojo_subclasses(snapshots, reader, snapshot, without_serializer);
    if (!names.empty())
      add(snapshot, group, std::move(names));
  }
  if (!without_serializer.empty())
    add(snapshot, "subclasses_without_serializer", std::move(without_serializer));
}

KryoRegistration read_kryo_registration(ByteReader& reader) {
  constexpr std::int32_t kUnspecified = 0;
  constexpr std::int32_t kClass = 1;
  constexpr std::int32_t kInstance = 2;
  KryoRegistration registration;
  registration.type = reader.utf("class registered with Kryo");
  const std::int32_t kind = reader.i4("kind of a Kryo serializer");
  if (kind == kClass) {
    registration.serializer = reader.utf("class of a Kryo serializer");
  } else if (kind == kInstance) {
    const JavaStream instance = read_java_stream(reader);
    registration.serializer = instance.class_name(instance.node(instance.root));
  } else if (kind != kUnspecified) {
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected the kind of a Kryo serializer, 0, 1 or 2, found {}", kind));
  }
  return registration;
}

void read_kryo(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "class", reader.utf("class that Kryo serializes"));
  Texts registrations;
  Texts registration_serializers;
  for_each_framed(snapshots, reader, [&](FramedEntry& entry) {
    KryoRegistration registration{std::move(entry.name), {}};
    if (entry.value)
      registration = read_kryo_registration(*entry.value);
    snapshots.spend_text(reader, registration.serializer);
    registrations.push_back(std::move(registration.type));
    registration_serializers.push_back(std::move(registration.serializer));
  });
  add(snapshot, "registrations", std::move(registrations));
  add(snapshot, "registration_serializers", std::move(registration_serializers));

  Texts types;
  Texts serializers;
  const auto add_default = [&](FramedEntry& entry, const auto& read_serializer) {
    types.push_back(std::move(entry.name));
    serializers.push_back(entry.value ? read_serializer(*entry.value) : "");
    snapshots.spend_text(reader, serializers.back());
  };
  for_each_framed(snapshots, reader, [&](FramedEntry& entry) {
    add_default(entry, [](ByteReader& frame) {
      const JavaStream instance = read_java_stream(frame);
      return instance.class_name(instance.node(instance.root));
    });
  });
  for_each_framed(snapshots, reader, [&](FramedEntry& entry) {
    add_default(entry, [](ByteReader& frame) { return frame.utf("class of a Kryo serializer"); });
  });
  if (!types.empty()) {
    add(snapshot, "default_serializer_types", std::move(types));
    add(snapshot, "default_serializers", std::move(serializers));
  }
}

void read_enum(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "class", reader.utf("name of an enum class"));
  Texts constants;
  const std::uint32_t count = reader.count(2, "number of enum constants");
  for (std::uint32_t i = 0; i < count; ++i)
    snapshots.spend_text(reader, constants.emplace_back(reader.utf("enum constant")));
  add(snapshot, "constants", std::move(constants));
}

void read_scala_enum(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  constexpr std::uint64_t kSmallestConstant = 6;
  add(snapshot, "class", reader.utf("name of a Scala enumeration"));
  Texts constants;
  Texts ids;
  const std::uint32_t count = reader.count(kSmallestConstant, "number of enum constants");
  for (std::uint32_t i = 0; i < count; ++i) {
    snapshots.spend_text(reader, constants.emplace_back(reader.utf("enum constant")));
    snapshots.spend_text(reader, ids.emplace_back(std::to_string(reader.i4("ID of an enum constant"))));
  }
  add(snapshot, "constants", std::move(constants));
  add(snapshot, "ids", std::move(ids));
}

void read_avro(SnapshotReader&, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t version) {
  constexpr std::int32_t kSchemaOnly = 1;
  constexpr std::int32_t kStringValues = 3;
  const auto read_text = [&](const char* what) {
    return version >= kStringValues ? read_string_value(reader) : reader.utf(what);
  };
  if (version > kSchemaOnly)
    add(snapshot, "class", read_text("name of an Avro runtime class"));
  add(snapshot, "schema", read_text("Avro schema"));
}

void read_ttl_aware(SnapshotReader& snapshots, ByteReader& reader, SerializerSnapshot& snapshot, std::int32_t) {
  add(snapshot, "ttl_enabled", reader.boolean("whether TTL is enabled"));
  snapshot.nested.push_back(snapshots.read(reader));
}

}  // namespace preflight
