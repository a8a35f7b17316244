#include "savepoint/legacy_snapshot.h"

#include <catch2/catch.hpp>

#include "java_stream_builder.h"
#include "metadata_builder.h"
#include "savepoint/snapshot_reader.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"legacy"};

JavaBytes config(const std::string& config_class, const JavaBytes& body) {
  return JavaBytes().i4(1).utf("org.apache.flink.some.typeutils." + config_class).add(body);
}
JavaBytes parameterless(const std::string& serializer) {
  return config("ParameterlessTypeSerializerConfig", JavaBytes().i4(1).utf("org.apache.flink.some." + serializer));
}

/// Serializer and config snapshot, one after the other.
JavaBytes resilient_list(const std::vector<JavaBytes>& configs) {
  const JavaBytes serializer = JavaBytes().i4(1).framed(java_stream(java_null()));
  JavaBytes offsets;
  JavaBytes content;
  offsets.i4(static_cast<std::int32_t>(configs.size()));
  for (const JavaBytes& snapshot : configs) {
    offsets.i4(static_cast<std::int32_t>(content.size()));
    content.add(serializer);
    offsets.i4(static_cast<std::int32_t>(content.size()));
    content.add(snapshot);
  }
  return offsets.framed(content);
}

/// A group of a POJO's config snapshot, with a serializer before each config snapshot or without.
JavaBytes pojo_group(const std::vector<std::pair<std::string, JavaBytes>>& entries, bool with_serializer) {
  JavaBytes offsets;
  JavaBytes content;
  offsets.i4(static_cast<std::int32_t>(entries.size()));
  for (const auto& [name, snapshot] : entries) {
    content.utf(name);
    offsets.i4(static_cast<std::int32_t>(content.size()));
    if (with_serializer)
      content.add(java_stream(java_null()));
    offsets.i4(static_cast<std::int32_t>(content.size()));
    content.add(snapshot);
  }
  return offsets.framed(content);
}

SerializerSnapshot read(const JavaBytes& bytes, std::vector<std::string>* unread = nullptr) {
  ByteReader reader(bytes.get(), kPlace);
  SnapshotReader snapshots;
  SerializerSnapshot snapshot = snapshots.read_with_layout_version(reader);
  CHECK(reader.at_end());
  if (unread != nullptr)
    *unread = snapshots.unread();
  return snapshot;
}

JavaBytes class_object(const std::string& name) {
  return java_stream(JavaBytes().u1(0x76).add(java_class(name)));
}

}  // namespace

TEST_CASE("Config snapshots of Flink 1.3 to 1.6 are read to their end") {
  const JavaBytes two = resilient_list({parameterless("LongSerializer"), parameterless("StringSerializer")});
  const JavaBytes enum_array =
      java_stream(JavaBytes().u1(0x75).add(java_class("[LE;")).i4(2).add(java_enum("E", "A")).add(java_enum("E", "B")));
  struct Row {
    JavaBytes bytes;
    const char* text;
  };
  const std::vector<Row> rows = {
      {parameterless("LongSerializer"), "LongSerializer(legacy: true)"},
      {config("MapSerializerConfigSnapshot", JavaBytes().i4(1).add(two)),
       "MapSerializer(legacy: true)<LongSerializer(legacy: true), StringSerializer(legacy: true)>"},
      {config("OptionSerializer$OptionSerializerConfigSnapshot",
              JavaBytes().i4(1).add(resilient_list({parameterless("LongSerializer")}))),
       "OptionSerializer(legacy: true)<LongSerializer(legacy: true)>"},
      {config("TupleSerializerConfigSnapshot", JavaBytes().i4(1).add(two).add(class_object("Tuple2"))),
       "TupleSerializer[Tuple2](legacy: true)<LongSerializer(legacy: true), StringSerializer(legacy: true)>"},
      {config("GenericArraySerializerConfigSnapshot",
              JavaBytes().i4(1).add(resilient_list({parameterless("LongSerializer")})).add(class_object("X"))),
       "GenericArraySerializer[X](legacy: true)<LongSerializer(legacy: true)>"},
      {config("WritableSerializer$WritableSerializerConfigSnapshot", JavaBytes().i4(1).utf("W")),
       "WritableSerializer[W](legacy: true)"},
      {config("EnumSerializer$EnumSerializerConfigSnapshot", JavaBytes().i4(2).utf("E").i4(1).utf("A")),
       "EnumSerializer[E](legacy: true, constants: A)"},
      {config("EnumSerializer$EnumSerializerConfigSnapshot", JavaBytes().i4(1).utf("E").add(enum_array)),
       "EnumSerializer[E](legacy: true, constants: A, B)"},
      {config("KryoSerializer$KryoSerializerConfigSnapshot",
              JavaBytes().i4(1).utf("K").i4(1).utf("tag").utf("K").i4(1).utf("S")),
       "KryoSerializer[K](legacy: true)"},
      {config("AvroSerializer$AvroSchemaSerializerConfigSnapshot", JavaBytes().i4(1).utf("{}")),
       "AvroSerializer(legacy: true)"},
      {config(
           "PojoSerializer$PojoSerializerConfigSnapshot",
           JavaBytes()
               .i4(1)
               .utf("P")
               .add(pojo_group({{"a", parameterless("LongSerializer")}, {"b", parameterless("IntSerializer")}}, false))
               .add(pojo_group({{"Sub", parameterless("LongSerializer")}}, true))
               .add(pojo_group({}, true))),
       "PojoSerializer[P](legacy: true, registered_subclasses: Sub)<LongSerializer(legacy: true)>"
       "{a: LongSerializer(legacy: true), b: IntSerializer(legacy: true)}"},
      {JavaBytes()
           .i4(2)
           .utf("a.b.ParameterlessTypeSerializerConfig")
           .hex4(0x7A53C4F0)
           .i4(1)
           .framed(java_stream(java_null()))
           .i4(1)
           .utf("a.LongSerializer"),
       "LongSerializer(legacy: true)"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(to_text(read(row.bytes)) == row.text);
  }
}

TEST_CASE("An unreadable entry of a resilient list is a leaf; the others stay") {
  const JavaBytes bytes = config("EitherSerializerConfigSnapshot",
                                 JavaBytes().i4(1).add(resilient_list(
                                     {config("com.example.Odd", JavaBytes().i4(1)), parameterless("IntSerializer")})));
  std::vector<std::string> unread;
  const SerializerSnapshot either = read(bytes, &unread);
  REQUIRE(either.nested.size() == 2);
  CHECK_THAT(*string_parameter(either.nested[0], "unread"),
             Catch::Contains("expected a known config snapshot class of Flink 1.6 or older, found"));
  CHECK(either.nested[1].serializer == "IntSerializer");
  CHECK(unread.size() == 1);
}

TEST_CASE("Serializers of Flink 1.2 are known by their class alone") {
  const JavaBytes stream = java_stream(java_object(java_class("org.apache.flink.base.LongSerializer")));
  const JavaBytes bare = JavaBytes().i4(1).framed(stream);
  ByteReader reader(bare.get(), kPlace);
  CHECK(to_text(read_bare_serializer(reader)) == "LongSerializer(legacy: true)");
  CHECK(reader.at_end());
  const JavaBytes other = JavaBytes().i4(2);
  ByteReader other_reader(other.get(), kPlace);
  CHECK_THROWS_WITH(read_bare_serializer(other_reader),
                    "legacy, offset 0: expected the layout version 1 of a serializer, found 2");
}

TEST_CASE("Offsets that would let entries share bytes are refused") {
  struct Row {
    const char* name;
    JavaBytes list;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"same entry twice", JavaBytes().i4(2).i4(0).i4(0).i4(0).i4(0).framed(JavaBytes().i4(1)),
       "expected ascending offsets of serializers, found 0 and 0 after 0"},
      {"config before serializer", JavaBytes().i4(1).i4(3).i4(2).framed(JavaBytes().i4(1)),
       "expected ascending offsets of serializers, found 3 and 2 after 0"},
      {"beyond the end", JavaBytes().i4(1).i4(0).i4(100).framed(JavaBytes().i4(1)),
       "expected config snapshot (100 bytes), found 4 left"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ByteReader reader(row.list.get(), kPlace);
    SnapshotReader snapshots;
    CHECK_THROWS_WITH(read_resilient_list(snapshots, reader), Catch::Contains(row.message));
  }
  const JavaBytes pojo = config("PojoSerializer$PojoSerializerConfigSnapshot",
                                JavaBytes().i4(1).utf("P").i4(1).i4(0).i4(1).framed(JavaBytes().utf("name").i4(1)));
  ByteReader reader(pojo.get(), kPlace);
  CHECK_THROWS_WITH(SnapshotReader().read_with_layout_version(reader),
                    Catch::Contains("expected the offset of a config snapshot, found 1"));
}
