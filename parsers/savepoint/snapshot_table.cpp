#include "savepoint/snapshot_table.h"

#include <array>
#include <span>
#include <string_view>
#include <unordered_map>

#include "savepoint/snapshot_bodies.h"
#include "savepoint/sql_snapshot_bodies.h"

namespace preflight {
namespace {

using Layout = SnapshotLayout;

/// Packages that names in the tables below are abbreviated with.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kPackages = {{
    {"base.", "org.apache.flink.api.common.typeutils.base."},
    {"runtime.", "org.apache.flink.api.java.typeutils.runtime."},
    {"table.", "org.apache.flink.table.runtime.typeutils."},
    {"python.", "org.apache.flink.table.runtime.typeutils.serializers.python."},
    {"multiset.", "org.apache.flink.table.runtime.sequencedmultisetstate.linked."},
    {"scala1.", "org.apache.flink.api.scala.typeutils."},
    {"scala2.", "org.apache.flink.table.api.typeutils."},
    {"streaming.", "org.apache.flink.streaming."},
    {"flink.", "org.apache.flink."},
}};

/// Simple snapshots that follow a pattern: each name replaces the asterisks.
struct SimplePattern {
  std::string_view pattern;
  std::span<const std::string_view> names;
};

constexpr auto kBaseTypes = std::to_array<std::string_view>(
    {"BigDec",    "BigInt",      "Bitmap",   "Boolean",    "BooleanValue",  "Byte",      "ByteValue",
     "Char",      "CharValue",   "Date",     "Double",     "DoubleValue",   "Float",     "FloatValue",
     "Instant",   "Int",         "IntValue", "LocalDate",  "LocalDateTime", "LocalTime", "Long",
     "LongValue", "NullValue",   "Short",    "ShortValue", "SqlDate",       "SqlTime",   "SqlTimestamp",
     "String",    "StringValue", "Uuid",     "Variant",    "Void"});
constexpr auto kArrayTypes =
    std::to_array<std::string_view>({"BooleanPrimitive", "BytePrimitive", "CharPrimitive", "DoublePrimitive",
                                     "FloatPrimitive", "IntPrimitive", "LongPrimitive", "ShortPrimitive", "String"});
constexpr auto kPythonTypes = std::to_array<std::string_view>({"BigDec", "Date", "String", "Time"});
constexpr auto kGraphTypes =
    std::to_array<std::string_view>({"Byte", "Char", "Double", "Float", "Int", "Long", "Null", "Short", "String"});
constexpr auto kKafkaStates =
    std::to_array<std::string_view>({"TransactionState", "ContextState", "NextTransactionalIdHint"});

constexpr auto kOtherSimple = std::to_array<std::string_view>(
    {"runtime.Tuple0SerializerSnapshot",
     "flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot",
     "flink.runtime.state.JavaSerializer$JavaSerializerSnapshot",
     "flink.queryablestate.client.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot",
     "streaming.api.windowing.windows.TimeWindow$Serializer$TimeWindowSerializerSnapshot",
     "streaming.api.windowing.windows.GlobalWindow$Serializer$GlobalWindowSerializerSnapshot",
     "streaming.api.utils.ByteArrayWrapperSerializer$ByteArrayWrapperSerializerSnapshot",
     "flink.table.runtime.operators.window.TimeWindow$Serializer$TimeWindowSerializerSnapshot",
     "flink.table.runtime.operators.window.CountWindow$Serializer$CountWindowSerializerSnapshot",
     "flink.table.runtime.operators.window.GlobalWindow$Serializer$GlobalWindowSerializerSnapshot",
     "table.StringDataSerializer$StringDataSerializerSnapshot",
     "flink.table.dataview.NullSerializer$NullSerializerSnapshot",
     "flink.graph.drivers.transform.LongValueWithProperHashCode$LongValueWithProperHashCodeSerializer$"
     "LongValueWithProperHashCodeSerializerSnapshot",
     "flink.cep.nfa.DeweyNumber$DeweyNumberSerializer$DeweyNumberSerializerSnapshot",
     "flink.cep.nfa.sharedbuffer.EventId$EventIdSerializer$EventIdSerializerSnapshot",
     "flink.table.runtime.operators.sink.SortedLongSerializer$SortedLongSerializerSnapshot",
     "table.BinaryStringSerializer$BinaryStringSerializerSnapshot",
     "scala1.NothingSerializerSnapshot",
     "scala2.NothingSerializerSnapshot",
     "scala1.UnitSerializer$UnitSerializerSnapshot",
     "scala2.UnitSerializer$UnitSerializerSnapshot"});

constexpr auto kSimplePatterns = std::to_array<SimplePattern>({
    {"base.*Serializer$*SerializerSnapshot", kBaseTypes},
    {"base.array.*ArraySerializer$*ArraySerializerSnapshot", kArrayTypes},
    {"python.*Serializer$*SerializerSnapshot", kPythonTypes},
    {"flink.graph.types.valuearray.*ValueArraySerializer$*ValueArraySerializerSnapshot", kGraphTypes},
    {"streaming.connectors.kafka.FlinkKafkaProducer$*Serializer$*SerializerSnapshot", kKafkaStates},
    {"streaming.connectors.kafka.FlinkKafkaProducer011$*Serializer$*SerializerSnapshot", kKafkaStates},
    {"*", kOtherSimple},
});

struct NamedRow {
  std::string_view name;
  SnapshotRow row;
};

constexpr SnapshotRow composite(std::int32_t newest, SnapshotBody outer = nullptr, const char* serializer = nullptr) {
  return {Layout::composite, 0, newest, outer, serializer};
}
constexpr SnapshotRow own(std::int32_t oldest, std::int32_t newest, SnapshotBody body) {
  return {Layout::own, oldest, newest, body, nullptr};
}
constexpr SnapshotRow kGeneric = {.layout = Layout::generic};

constexpr std::array kRows = std::to_array<NamedRow>({
    {"runtime.ValueSerializer$ValueSerializerSnapshot", kGeneric},
    {"runtime.CopyableValueSerializer$CopyableValueSerializerSnapshot", kGeneric},
    {"runtime.WritableSerializer$WritableSerializerSnapshot", kGeneric},

    {"base.ListSerializerSnapshot", composite(1)},
    {"base.MapSerializerSnapshot", composite(1)},
    {"base.SetSerializerSnapshot", composite(1)},
    {"base.GenericArraySerializerSnapshot", composite(1, read_component_class)},
    {"runtime.TupleSerializerSnapshot", composite(2, read_class)},
    {"runtime.JavaEitherSerializerSnapshot", composite(1, nullptr, "EitherSerializer")},
    {"runtime.EitherSerializerSnapshot", composite(2)},
    {"runtime.NullableSerializer$NullableSerializerSnapshot", composite(2, read_null_padding)},
    {"runtime.RowSerializer$RowSerializerSnapshot", composite(4, read_row)},
    {"flink.api.common.typeutils.SingleThreadAccessCheckingTypeSerializer$"
     "SingleThreadAccessCheckingTypeSerializerSnapshot",
     composite(1)},
    {"flink.runtime.state.ArrayListSerializerSnapshot", composite(1)},
    {"flink.runtime.state.ttl.TtlStateFactory$TtlSerializerSnapshot", composite(2)},
    {"flink.runtime.state.v2.ttl.TtlStateFactory$TtlSerializerSnapshot", composite(2)},
    {"streaming.api.operators.TimerSerializerSnapshot", composite(2)},
    {"streaming.api.datastream.CoGroupedStreams$UnionSerializerSnapshot", composite(2)},
    {"streaming.api.operators.co.IntervalJoinOperator$BufferEntrySerializerSnapshot", composite(2)},
    {"streaming.runtime.streamrecord.StreamElementSerializer$StreamElementSerializerSnapshot", composite(2)},
    {"streaming.api.functions.sink.TwoPhaseCommitSinkFunction$StateSerializerSnapshot",
     composite(4, read_two_phase_commit)},
    {"streaming.api.functions.sink.legacy.TwoPhaseCommitSinkFunction$StateSerializerSnapshot",
     composite(4, read_two_phase_commit)},
    {"flink.table.dataview.ListViewSerializerSnapshot", composite(1)},
    {"flink.table.dataview.MapViewSerializerSnapshot", composite(1)},
    {"flink.table.dataview.NullAwareMapSerializerSnapshot", composite(1)},
    {"table.ExternalSerializer$ExternalSerializerSnapshot", composite(1, read_external)},
    {"table.LinkedListSerializer$LinkedListSerializerSnapshot", composite(3, read_linked_list)},
    {"table.RawValueDataSerializer$RawValueDataSerializerSnapshot", composite(0)},
    {"table.WindowKeySerializer$WindowKeySerializerSnapshot", composite(1)},
    {"table.BinaryGenericSerializer$BinaryGenericSerializerSnapshot", composite(0)},
    {"flink.table.runtime.types.CRowSerializerSnapshot", composite(1)},
    {"flink.cep.nfa.NFAStateSerializerSnapshot", composite(2, read_nfa_state)},
    {"flink.cep.nfa.NFA$MigratedNFASerializerSnapshot", composite(2, nullptr, "NFASerializer")},
    {"flink.cep.nfa.SharedBuffer$SharedBufferSerializerSnapshot", composite(2)},
    {"flink.cep.nfa.sharedbuffer.LockableTypeSerializerSnapshot", composite(1)},
    {"flink.cep.nfa.sharedbuffer.NodeId$NodeIdSerializer$NodeIdSerializerSnapshot", composite(1)},
    {"flink.cep.nfa.sharedbuffer.SharedBufferEdge$SharedBufferEdgeSerializer$SharedBufferEdgeSerializerSnapshot",
     composite(1)},
    {"flink.cep.nfa.sharedbuffer.SharedBufferNode$SharedBufferNodeSerializer$SharedBufferNodeSerializerSnapshot",
     composite(1)},
    {"flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializerSnapshotV2", composite(1)},
    {"scala1.ScalaCaseClassSerializerSnapshot", composite(2, read_class)},
    {"scala2.ScalaCaseClassSerializerSnapshot", composite(2, read_class)},
    {"scala1.Tuple2CaseClassSerializerSnapshot", composite(2, read_class)},
    {"scala2.Tuple2CaseClassSerializerSnapshot", composite(2, read_class)},
    {"scala1.ScalaEitherSerializerSnapshot", composite(1)},
    {"scala2.ScalaEitherSerializerSnapshot", composite(1)},
    {"scala1.ScalaOptionSerializerSnapshot", composite(2)},
    {"scala2.ScalaOptionSerializerSnapshot", composite(2)},
    {"scala1.ScalaTrySerializerSnapshot", composite(2)},
    {"scala2.ScalaTrySerializerSnapshot", composite(2)},
    {"scala1.TraversableSerializerSnapshot", composite(2, read_builder_code)},
    {"scala2.TraversableSerializerSnapshot", composite(2, read_builder_code)},
    {"multiset.NodeSerializer$NodeSerializerSnapshot", composite(0)},
    {"multiset.MetaSqnInfoSerializer$MetaSqnInfoSerializerSnapshot", composite(0)},
    {"multiset.RowSqnInfoSerializer$RowSqnInfoSerializerSnapshot", composite(0)},

    {"runtime.PojoSerializerSnapshot", own(2, 2, read_pojo)},
    {"runtime.kryo.KryoSerializerSnapshot", own(2, 2, read_kryo)},
    {"base.EnumSerializer$EnumSerializerSnapshot", own(2, 3, read_enum)},
    {"scala1.ScalaEnumSerializerSnapshot", own(2, 3, read_scala_enum)},
    {"scala2.ScalaEnumSerializerSnapshot", own(2, 3, read_scala_enum)},
    {"flink.formats.avro.typeutils.AvroSerializerSnapshot", own(1, 3, read_avro)},
    {"flink.runtime.state.ttl.TtlAwareSerializerSnapshot", own(1, 1, read_ttl_aware)},
    {"table.RowDataSerializer$RowDataSerializerSnapshot", own(3, 3, read_row_data)},
    {"table.BinaryRowDataSerializer$BinaryRowDataSerializerSnapshot", own(3, 3, read_binary_row_data)},
    {"table.DecimalDataSerializer$DecimalSerializerSnapshot", own(3, 3, read_decimal_data)},
    {"table.TimestampDataSerializer$TimestampDataSerializerSnapshot", own(1, 1, read_timestamp_data)},
    {"table.ArrayDataSerializer$ArrayDataSerializerSnapshot", own(3, 3, read_array_data)},
    {"table.MapDataSerializer$MapDataSerializerSnapshot", own(3, 3, read_map_data)},
    {"table.SortedMapSerializerSnapshot", own(3, 3, read_sorted_map)},
    {"python.RowDataSerializer$RowDataSerializerSnapshot", own(3, 3, read_row_data)},
    {"python.DecimalDataSerializer$DecimalSerializerSnapshot", own(1, 1, read_decimal_data)},
    {"python.TimestampSerializer$TimestampSerializerSnapshot", own(1, 1, read_timestamp_data)},
    {"python.ArrayDataSerializer$ArrayDataSerializerSnapshot", own(1, 1, read_array_data)},
    {"python.MapDataSerializer$BaseMapSerializerSnapshot", own(1, 1, read_map_data)},
    {"multiset.RowDataKeySerializerSnapshot", own(0, 0, read_row_data_key)},
    // Names of Flink 1.9 and 1.10.
    {"table.BaseRowSerializer$BaseRowSerializerSnapshot", own(3, 3, read_row_data)},
    {"table.BinaryRowSerializer$BinaryRowSerializerSnapshot", own(3, 3, read_binary_row_data)},
    {"table.DecimalSerializer$DecimalSerializerSnapshot", own(3, 3, read_decimal_data)},
    {"table.SqlTimestampSerializer$SqlTimestampSerializerSnapshot", own(1, 1, read_timestamp_data)},
    {"table.BaseArraySerializer$BaseArraySerializerSnapshot", own(3, 3, read_array_data)},
    {"table.BaseMapSerializer$BaseMapSerializerSnapshot", own(3, 3, read_map_data)},
    {"flink.connector.pulsar.common.schema.PulsarSchemaTypeSerializer$PulsarSchemaTypeSerializerSnapshot",
     own(1, 1, read_pulsar_schema)},
});

std::string expanded(std::string_view name) {
  for (const auto& [abbreviation, package] : kPackages)
    if (name.starts_with(abbreviation))
      return std::string(package) + std::string(name.substr(abbreviation.size()));
  return std::string(name);
}

std::string with_name(std::string_view pattern, std::string_view name) {
  std::string text;
  for (const char c : pattern)
    text += c == '*' ? name : std::string_view(&c, 1);
  return text;
}

using Table = std::unordered_map<std::string, SnapshotRow>;

Table make_table() {
  Table table;
  for (const SimplePattern& pattern : kSimplePatterns)
    for (const std::string_view name : pattern.names)
      table.emplace(expanded(with_name(pattern.pattern, name)), SnapshotRow{});
  for (const NamedRow& row : kRows)
    table.emplace(expanded(row.name), row.row);
  return table;
}

}  // namespace

const SnapshotRow* find_snapshot_row(const std::string& snapshot_class) {
  static const Table table = make_table();
  const auto found = table.find(snapshot_class);
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace preflight
