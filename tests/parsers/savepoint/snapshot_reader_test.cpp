#include "savepoint/snapshot_reader.h"

#include <catch2/catch.hpp>

#include "java_stream_builder.h"
#include "metadata_builder.h"
#include "savepoint/snapshot_table.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"snapshot"};
const std::string kBase = "org.apache.flink.api.common.typeutils.base.";
const std::string kRuntime = "org.apache.flink.api.java.typeutils.runtime.";
const std::string kTable = "org.apache.flink.table.runtime.typeutils.";
const std::string kScala = "org.apache.flink.api.scala.typeutils.";
const std::string kMultiset = "org.apache.flink.table.runtime.sequencedmultisetstate.linked.";

JavaBytes nested(const std::vector<JavaBytes>& snapshots) {
  JavaBytes bytes;
  bytes.i4(1333245).i4(1).i4(static_cast<std::int32_t>(snapshots.size()));
  for (const JavaBytes& snapshot : snapshots)
    bytes.add(snapshot);
  return bytes;
}
JavaBytes composite(const std::string& name, std::int32_t outer_version, const JavaBytes& outer,
                    const std::vector<JavaBytes>& snapshots) {
  return JavaBytes().utf(name).i4(3).i4(911108).i4(outer_version).add(outer).add(nested(snapshots));
}
JavaBytes own(const std::string& name, std::int32_t version, const JavaBytes& body) {
  return JavaBytes().utf(name).i4(version).add(body);
}

/// Key and value frames, each empty where there is none.
struct Entry {
  std::string name;
  std::vector<JavaBytes> key;
  std::vector<JavaBytes> value;
};
JavaBytes framed_map(const std::vector<Entry>& entries) {
  JavaBytes bytes;
  bytes.i8(0x000004F2C69A3D70).i4(static_cast<std::int32_t>(entries.size()));
  for (const Entry& entry : entries) {
    bytes.utf(entry.name);
    for (const auto* frame : {&entry.key, &entry.value}) {
      bytes.u1(frame->empty() ? 0 : 1);
      for (const JavaBytes& content : *frame)
        bytes.framed(content);
    }
  }
  return bytes;
}

struct Read {
  SerializerSnapshot snapshot;
  std::vector<std::string> unread;
};
Read read(const JavaBytes& bytes) {
  ByteReader reader(bytes.get(), kPlace);
  SnapshotReader snapshots;
  SerializerSnapshot snapshot = snapshots.read(reader);
  CHECK(reader.at_end());
  return {std::move(snapshot), snapshots.unread()};
}
std::string text(const JavaBytes& bytes) {
  return to_text(read(bytes).snapshot);
}

JavaBytes varstr(const std::string& characters) {
  JavaBytes bytes;
  return bytes.u1(static_cast<unsigned>(characters.size() + 1)).text(characters);
}

}  // namespace

TEST_CASE("The serializer's short name comes from the snapshot class") {
  struct Row {
    std::string snapshot_class;
    std::string serializer;
  };
  const std::vector<Row> rows = {
      {kBase + "LongSerializer$LongSerializerSnapshot", "LongSerializer"},
      {kRuntime + "PojoSerializerSnapshot", "PojoSerializer"},
      {kRuntime + "kryo.KryoSerializerSnapshot", "KryoSerializer"},
      {kBase + "ListSerializerSnapshot", "ListSerializer"},
      {"org.apache.flink.runtime.state.ttl.TtlStateFactory$TtlSerializerSnapshot", "TtlSerializer"},
      {"org.apache.flink.streaming.api.windowing.windows.TimeWindow$Serializer$TimeWindowSerializerSnapshot",
       "TimeWindowSerializer"},
      {"org.apache.flink.cep.nfa.sharedbuffer.NodeId$NodeIdSerializer$NodeIdSerializerSnapshot", "NodeIdSerializer"},
      {"org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializerSnapshotV2", "SharedBufferNodeSerializer"},
      {kTable + "DecimalDataSerializer$DecimalSerializerSnapshot", "DecimalDataSerializer"},
      {kRuntime + "TupleSerializerConfigSnapshot", "TupleSerializer"},
      {"com.example.Odd", "Odd"},
      {"", ""},
  };
  for (const Row& row : rows) {
    INFO(row.snapshot_class);
    CHECK(serializer_name_of(row.snapshot_class) == row.serializer);
  }
}

TEST_CASE("Every layout of a snapshot body is read to its end") {
  const JavaBytes int_type = java_stream(logical_type("IntType", "INTEGER", true));
  const JavaBytes serializer = java_stream(java_object(java_class("com.example.IntSerializer")));
  const JavaBytes a_long = long_snapshot();
  const JavaBytes a_string = string_snapshot();
  struct Row {
    const char* name;
    JavaBytes bytes;
    const char* text;
  };
  const std::vector<Row> rows = {
      {"simple", a_long, "LongSerializer"},
      {"simple with a class name", JavaBytes().utf(kBase + "IntSerializer$IntSerializerSnapshot").i4(2).utf("whatever"),
       "IntSerializer"},
      {"simple of Flink 2", own(kBase + "VariantSerializer$VariantSerializerSnapshot", 3, {}), "VariantSerializer"},
      {"generic", own(kRuntime + "ValueSerializer$ValueSerializerSnapshot", 2, JavaBytes().utf("com.example.V")),
       "ValueSerializer[com.example.V]"},
      {"composite", composite(kBase + "MapSerializerSnapshot", 1, {}, {a_long, a_string}),
       "MapSerializer<LongSerializer, StringSerializer>"},
      {"composite without magic",
       JavaBytes().utf(kRuntime + "EitherSerializerSnapshot").i4(2).add(nested({a_long, a_string})),
       "EitherSerializer<LongSerializer, StringSerializer>"},
      {"either", composite(kRuntime + "JavaEitherSerializerSnapshot", 1, {}, {a_long, a_string}),
       "EitherSerializer<LongSerializer, StringSerializer>"},
      {"set", composite(kBase + "SetSerializerSnapshot", 1, {}, {a_long}), "SetSerializer<LongSerializer>"},
      {"tuple", composite(kRuntime + "TupleSerializerSnapshot", 2, JavaBytes().utf("Tuple2"), {a_long, a_string}),
       "TupleSerializer[Tuple2]<LongSerializer, StringSerializer>"},
      {"generic array",
       composite(kBase + "GenericArraySerializerSnapshot", 1, JavaBytes().utf("com.example.E"), {a_long}),
       "GenericArraySerializer[com.example.E]<LongSerializer>"},
      {"nullable",
       composite(kRuntime + "NullableSerializer$NullableSerializerSnapshot", 2, JavaBytes().i4(8), {a_long}),
       "NullableSerializer(null_padding: 8)<LongSerializer>"},
      {"row without kind", composite(kRuntime + "RowSerializer$RowSerializerSnapshot", 2, {}, {a_long}),
       "RowSerializer(supports_row_kind: false)<LongSerializer>"},
      {"row with kind", composite(kRuntime + "RowSerializer$RowSerializerSnapshot", 3, {}, {a_long}),
       "RowSerializer(supports_row_kind: true)<LongSerializer>"},
      {"row that says so", composite(kRuntime + "RowSerializer$RowSerializerSnapshot", 4, JavaBytes().u1(0), {a_long}),
       "RowSerializer(supports_row_kind: false)<LongSerializer>"},
      {"two-phase commit",
       composite("org.apache.flink.streaming.api.functions.sink.TwoPhaseCommitSinkFunction$StateSerializerSnapshot", 4,
                 JavaBytes().u1(1), {a_long, a_string}),
       "StateSerializer(supports_null_transaction: true)<LongSerializer, StringSerializer>"},
      {"old two-phase commit",
       composite(
           "org.apache.flink.streaming.api.functions.sink.legacy.TwoPhaseCommitSinkFunction$StateSerializerSnapshot", 2,
           {}, {a_long, a_string}),
       "StateSerializer(supports_null_transaction: false)<LongSerializer, StringSerializer>"},
      {"CEP", composite("org.apache.flink.cep.nfa.NFAStateSerializerSnapshot", 2, JavaBytes().u1(1), {a_long}),
       "NFAStateSerializer(supports_previous_timestamp: true)<LongSerializer>"},
      {"old CEP", composite("org.apache.flink.cep.nfa.NFAStateSerializerSnapshot", 1, {}, {a_long}),
       "NFAStateSerializer(supports_previous_timestamp: false)<LongSerializer>"},
      {"linked list",
       composite(kTable + "LinkedListSerializer$LinkedListSerializerSnapshot", 3, JavaBytes().u1(1), {a_long}),
       "LinkedListSerializer(has_null_mask: true)<LongSerializer>"},
      {"old linked list", composite(kTable + "LinkedListSerializer$LinkedListSerializerSnapshot", 1, {}, {a_long}),
       "LinkedListSerializer(has_null_mask: false)<LongSerializer>"},
      {"Scala case class",
       composite(kScala + "ScalaCaseClassSerializerSnapshot", 2, JavaBytes().utf("com.example.C"), {a_long}),
       "ScalaCaseClassSerializer[com.example.C]<LongSerializer>"},
      {"Scala collection", composite(kScala + "TraversableSerializerSnapshot", 2, JavaBytes().utf("code"), {a_long}),
       "TraversableSerializer<LongSerializer>"},
      {"Scala enumeration",
       own(kScala + "ScalaEnumSerializerSnapshot", 3, JavaBytes().utf("E").i4(2).utf("A").i4(0).utf("B").i4(4)),
       "ScalaEnumSerializer[E](constants: A, B, ids: 0, 4)"},
      {"enum", own(kBase + "EnumSerializer$EnumSerializerSnapshot", 3, JavaBytes().utf("E").i4(2).utf("A").utf("B")),
       "EnumSerializer[E](constants: A, B)"},
      {"Avro with a schema only",
       own("org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot", 1, JavaBytes().utf("{}")),
       "AvroSerializer"},
      {"Avro", own("org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot", 2, JavaBytes().utf("U").utf("{}")),
       "AvroSerializer[U]"},
      {"Avro with long strings",
       own("org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot", 3, varstr("U").add(varstr("{}"))),
       "AvroSerializer[U]"},
      {"TTL-aware",
       own("org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot", 1, JavaBytes().u1(1).add(a_long)),
       "TtlAwareSerializer(ttl_enabled: true)<LongSerializer>"},
      {"row data",
       own(kTable + "RowDataSerializer$RowDataSerializerSnapshot", 3,
           JavaBytes().i4(2).add(int_type).add(int_type).add(nested({a_long, a_long}))),
       "RowDataSerializer(types: INT, INT)<LongSerializer, LongSerializer>"},
      {"binary row", own(kTable + "BinaryRowDataSerializer$BinaryRowDataSerializerSnapshot", 3, JavaBytes().i4(4)),
       "BinaryRowDataSerializer(arity: 4)"},
      {"decimal", own(kTable + "DecimalDataSerializer$DecimalSerializerSnapshot", 3, JavaBytes().i4(10).i4(2)),
       "DecimalDataSerializer(precision: 10, scale: 2)"},
      {"timestamp", own(kTable + "TimestampDataSerializer$TimestampDataSerializerSnapshot", 1, JavaBytes().i4(3)),
       "TimestampDataSerializer(precision: 3)"},
      {"array", own(kTable + "ArrayDataSerializer$ArrayDataSerializerSnapshot", 3, JavaBytes(int_type).add(serializer)),
       "ArrayDataSerializer(element_type: INT, element_serializer: com.example.IntSerializer)"},
      {"map",
       own(kTable + "MapDataSerializer$MapDataSerializerSnapshot", 3,
           JavaBytes(int_type).add(int_type).add(serializer).add(serializer)),
       "MapDataSerializer(key_type: INT, value_type: INT, key_serializer: com.example.IntSerializer, value_serializer: "
       "com.example.IntSerializer)"},
      {"Python map",
       own(kTable + "serializers.python.MapDataSerializer$BaseMapSerializerSnapshot", 1,
           JavaBytes(int_type).add(int_type).add(serializer).add(serializer)),
       "MapDataSerializer(key_type: INT, value_type: INT, key_serializer: com.example.IntSerializer, value_serializer: "
       "com.example.IntSerializer)"},
      {"sorted map",
       own(kTable + "SortedMapSerializerSnapshot", 3, JavaBytes(serializer).add(nested({a_long, a_string}))),
       "SortedMapSerializer(comparator: com.example.IntSerializer)<LongSerializer, StringSerializer>"},
      {"external",
       composite(kTable + "ExternalSerializer$ExternalSerializerSnapshot", 1, JavaBytes(int_type).u1(0), {a_long}),
       "ExternalSerializer(data_type: INT, internal_input: false)<LongSerializer>"},
      {"row data key",
       own(kMultiset + "RowDataKeySerializerSnapshot", 0,
           JavaBytes().framed(serializer).framed(serializer).add(a_long)),
       "RowDataKeySerializer<LongSerializer>"},
      {"node", composite(kMultiset + "NodeSerializer$NodeSerializerSnapshot", 0, {}, {a_long, a_long}),
       "NodeSerializer<LongSerializer, LongSerializer>"},
      {"CEP's nodes before Flink 1.16",
       composite("org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode$SharedBufferNodeSerializer$"
                 "SharedBufferNodeSerializerSnapshot",
                 1, {}, {composite(kBase + "ListSerializerSnapshot", 1, {}, {a_long})}),
       "SharedBufferNodeSerializer<ListSerializer<LongSerializer>>"},
      {"CEP's whole state before Flink 1.6",
       composite("org.apache.flink.cep.nfa.NFA$MigratedNFASerializerSnapshot", 2, {}, {a_long, a_long}),
       "NFASerializer<LongSerializer, LongSerializer>"},
      {"CEP's shared buffer before Flink 1.6",
       composite("org.apache.flink.cep.nfa.SharedBuffer$SharedBufferSerializerSnapshot", 2, {},
                 {a_long, a_long, a_long}),
       "SharedBufferSerializer<LongSerializer, LongSerializer, LongSerializer>"},
      {"row of the first SQL planner",
       composite("org.apache.flink.table.runtime.types.CRowSerializerSnapshot", 1, {}, {a_long}),
       "CRowSerializer<LongSerializer>"},
      {"generic value of Flink 1.10",
       composite(kTable + "BinaryGenericSerializer$BinaryGenericSerializerSnapshot", 0, {}, {a_long}),
       "BinaryGenericSerializer<LongSerializer>"},
      {"SQL array of Flink 1.10",
       own(kTable + "BaseArraySerializer$BaseArraySerializerSnapshot", 3, JavaBytes(int_type).add(serializer)),
       "BaseArraySerializer(element_type: INT, element_serializer: com.example.IntSerializer)"},
      {"Pulsar",
       own("org.apache.flink.connector.pulsar.common.schema.PulsarSchemaTypeSerializer$"
           "PulsarSchemaTypeSerializerSnapshot",
           1, JavaBytes().framed(JavaBytes())),
       "PulsarSchemaTypeSerializer(schema_digest: 00000000000000000000000000000000)"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(text(row.bytes) == row.text);
  }
}

TEST_CASE("A POJO snapshot keeps fields and subclasses in order, and what could not be loaded") {
  const Read read_pojo = read(
      own(kRuntime + "PojoSerializerSnapshot", 2,
          JavaBytes()
              .utf("com.example.Order")
              .add(framed_map({{"id", {JavaBytes().utf("com.example.Base").utf("id")}, {long_snapshot()}},
                               {"missing-field-at-1", {}, {string_snapshot()}},
                               {"lost", {JavaBytes().utf("com.example.Order").utf("lost")}, {}},
                               {"odd", {JavaBytes().utf("com.example.Order").utf("odd")}, {unknown_snapshot()}},
                               {"long", {JavaBytes().utf("com.example.Order").utf("long")}, {long_snapshot().u1(0)}},
                               {"cut", {JavaBytes().utf("com.example.Order").utf("cut")}, {JavaBytes().u1(0)}}}))
              .add(framed_map({{"com.example.Sub", {{}}, {long_snapshot()}}, {"com.example.Gone", {}, {}}}))
              .add(framed_map({{"com.example.Other", {{}}, {string_snapshot()}}}))));
  const SerializerSnapshot& pojo = read_pojo.snapshot;
  CHECK(to_text(pojo) ==
        "PojoSerializer[com.example.Order](registered_subclasses: com.example.Sub, com.example.Gone, "
        "unregistered_subclasses: com.example.Other, subclasses_without_serializer: com.example.Gone)"
        "<LongSerializer, StringSerializer>{id: LongSerializer, missing-field-at-1: StringSerializer, lost: no "
        "serializer, "
        "odd: MySerializer(unread: expected a known serializer snapshot class, found com.example.MySerializerSnapshot "
        "version 1), long: LongSerializer(unread: expected the end of a framed snapshot, found 1 more bytes), "
        "cut: (unread: expected name of a snapshot class (2 bytes), found 1 left)}");
  CHECK(pojo.fields.at(0).declaring_class == "com.example.Base");
  CHECK(pojo.fields.at(1).declaring_class.empty());
  CHECK(read_pojo.unread.size() == 3);
}

TEST_CASE("A Kryo snapshot keeps its registrations in order") {
  const JavaBytes instance = java_stream(java_object(java_class("com.example.InstanceSerializer")));
  const auto registration = [](const std::string& type, const JavaBytes& serializer) {
    return Entry{type, {JavaBytes().utf(type)}, {JavaBytes().utf(type).add(serializer)}};
  };
  const SerializerSnapshot kryo =
      read(own(kRuntime + "kryo.KryoSerializerSnapshot", 2,
               JavaBytes()
                   .utf("com.example.Basket")
                   .add(framed_map({registration("com.example.Basket", JavaBytes().i4(0)),
                                    registration("com.example.B", JavaBytes().i4(1).utf("com.example.BSerializer")),
                                    registration("com.example.C", JavaBytes().i4(2).add(instance)),
                                    {"com.example.Lost", {JavaBytes().utf("com.example.Lost")}, {}}}))
                   .add(framed_map({{"com.example.D", {JavaBytes().utf("com.example.D")}, {instance}}}))
                   .add(framed_map({{"com.example.E", {}, {JavaBytes().utf("com.example.ESerializer")}},
                                    {"com.example.F", {}, {}}}))))
          .snapshot;
  using Texts = std::vector<std::string>;
  const std::vector<SnapshotParameter> expected = {
      {"class", "com.example.Basket"},
      {"registrations", Texts{"com.example.Basket", "com.example.B", "com.example.C", "com.example.Lost"}},
      {"registration_serializers", Texts{"", "com.example.BSerializer", "com.example.InstanceSerializer", ""}},
      {"default_serializer_types", Texts{"com.example.D", "com.example.E", "com.example.F"}},
      {"default_serializers", Texts{"com.example.InstanceSerializer", "com.example.ESerializer", ""}},
  };
  CHECK(kryo.parameters == expected);
  CHECK(to_text(kryo) == "KryoSerializer[com.example.Basket]");
}

TEST_CASE("Avro strings are UTF-16 code units of variable length") {
  const JavaBytes bytes = own("org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot", 3,
                              JavaBytes().u1(4).u1('a').u1(0xF6).u1(0x01).u1(0xE5).u1(0xCA).u1(0x01).u1(0));
  const SerializerSnapshot avro = read(bytes).snapshot;
  CHECK(*string_parameter(avro, "class") == "a\xC3\xB6\xE6\x95\xA5");
  CHECK(string_parameter(avro, "schema")->empty());
}

TEST_CASE("What is no snapshot is refused with what was expected and found") {
  JavaBytes deep = long_snapshot();
  for (int i = 0; i < 150; ++i)
    deep = composite(kBase + "ListSerializerSnapshot", 1, {}, {deep});
  struct Row {
    const char* name;
    JavaBytes bytes;
    InputErrorKind kind;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"unknown class", unknown_snapshot(), InputErrorKind::unsupported,
       "snapshot, offset 0: expected a known serializer snapshot class, found com.example.MySerializerSnapshot version "
       "1"},
      {"version of a simple snapshot", own(kBase + "LongSerializer$LongSerializerSnapshot", 4, {}),
       InputErrorKind::unsupported, "LongSerializer$LongSerializerSnapshot, found 4"},
      {"version of a composite", own(kBase + "ListSerializerSnapshot", 4, {}), InputErrorKind::unsupported,
       "ListSerializerSnapshot, found 4"},
      {"outer version", composite(kBase + "ListSerializerSnapshot", 2, {}, {}), InputErrorKind::unsupported,
       "ListSerializerSnapshot, found 2"},
      {"version of a POJO", own(kRuntime + "PojoSerializerSnapshot", 1, {}), InputErrorKind::unsupported,
       "PojoSerializerSnapshot, found 1"},
      {"magic of a composite", own(kBase + "ListSerializerSnapshot", 3, JavaBytes().i4(1)), InputErrorKind::corrupt,
       "expected the magic of a composite snapshot 911108, found 1"},
      {"magic of nested snapshots", own(kBase + "ListSerializerSnapshot", 1, JavaBytes().i4(1)),
       InputErrorKind::corrupt, "expected the magic of nested snapshots 1333245, found 1"},
      {"number of nested snapshots", own(kBase + "ListSerializerSnapshot", 1, JavaBytes().i4(1333245).i4(1).i4(-1)),
       InputErrorKind::corrupt, "expected number of nested snapshots of at least 0, found -1"},
      {"magic of a framed map", own(kRuntime + "PojoSerializerSnapshot", 2, JavaBytes().utf("X").i8(1)),
       InputErrorKind::corrupt, "expected the magic of a framed map 0x4F2C69A3D70, found 0x1"},
      {"kind of a Kryo registration",
       own(kRuntime + "kryo.KryoSerializerSnapshot", 2,
           JavaBytes().utf("X").add(framed_map({{"X", {}, {JavaBytes().utf("X").i4(3)}}}))),
       InputErrorKind::corrupt, "expected the kind of a Kryo serializer, 0, 1 or 2, found 3"},
      {"length of an Avro string",
       own("org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot", 3,
           JavaBytes().u1(0xFF).u1(0xFF).u1(0xFF).u1(0xFF).u1(0x0F)),
       InputErrorKind::truncated, "expected a string of 4294967294 characters, found 0 bytes left"},
      {"endless number",
       own("org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot", 3,
           JavaBytes().u1(0xFF).u1(0xFF).u1(0xFF).u1(0xFF).u1(0xFF)),
       InputErrorKind::corrupt, "expected a variable-length number of at most 5 bytes, found more"},
      {"depth", deep, InputErrorKind::over_limit, "expected serializer snapshots nested at most 100 deep, found more"},
      {"a type too deep",
       own(kTable + "RowDataSerializer$RowDataSerializerSnapshot", 3,
           JavaBytes().i4(1).add(
               java_stream(logical_type("ArrayType", "ARRAY", true, {{'L', "elementType"}}, java_reference(4))))),
       InputErrorKind::over_limit, "expected a SQL type of bounded length and depth, found more"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ByteReader reader(row.bytes.get(), kPlace);
    try {
      SnapshotReader().read(reader);
      FAIL("no error");
    } catch (const InputError& error) {
      CHECK_THAT(error.what(), Catch::Contains(row.message));
      CHECK(error.kind() == row.kind);
    }
  }
}

TEST_CASE("The layout version in front of a snapshot is 1 or 2") {
  const JavaBytes bytes = JavaBytes().i4(3).add(long_snapshot());
  ByteReader reader(bytes.get(), kPlace);
  CHECK_THROWS_WITH(SnapshotReader().read_with_layout_version(reader),
                    "snapshot, offset 0: expected a serializer snapshot's layout version 1 or 2, found 3");
}

TEST_CASE("The table names every snapshot class once, with its package") {
  for (const char* name :
       {"org.apache.flink.api.common.typeutils.base.array.StringArraySerializer$StringArraySerializerSnapshot",
        "org.apache.flink.table.runtime.typeutils.serializers.python.DateSerializer$DateSerializerSnapshot",
        "org.apache.flink.graph.types.valuearray.NullValueArraySerializer$NullValueArraySerializerSnapshot",
        "org.apache.flink.streaming.connectors.kafka.FlinkKafkaProducer011$ContextStateSerializer$"
        "ContextStateSerializerSnapshot",
        "org.apache.flink.table.runtime.operators.window.GlobalWindow$Serializer$GlobalWindowSerializerSnapshot",
        "org.apache.flink.table.api.typeutils.ScalaEnumSerializerSnapshot",
        "org.apache.flink.table.runtime.operators.sink.SortedLongSerializer$SortedLongSerializerSnapshot",
        "org.apache.flink.table.runtime.typeutils.BinaryStringSerializer$BinaryStringSerializerSnapshot"}) {
    INFO(name);
    CHECK(find_snapshot_row(name) != nullptr);
  }
  CHECK(find_snapshot_row("base.ListSerializerSnapshot") == nullptr);
  CHECK(find_snapshot_row("") == nullptr);
}
