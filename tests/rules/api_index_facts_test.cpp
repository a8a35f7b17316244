// The index of Flink's API that the program carries, held against what is known of Flink's releases from elsewhere:
// comparisons of the source trees, and the table of removed classes.
#include <catch2/catch.hpp>
#include <map>

#include "embedded_api_index.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_table;

namespace {

const ApiIndex& embedded_api() {
  static const ApiIndex index = api_index();
  return index;
}

FlinkVersion minor_of(std::uint16_t ordinal) {
  return FlinkVersion::parse(embedded_api().releases()[ordinal].version).value();
}

/// Ordinals of Flink's own releases in which a class was there.
std::vector<std::uint16_t> releases_of(const std::string& name) {
  const ApiSpan flink = embedded_api().line("flink").value();
  std::vector<std::uint16_t> result;
  if (const ApiClass* found = embedded_api().find_class(name))
    for (std::uint16_t ordinal = flink.first; ordinal <= flink.last; ++ordinal)
      if (found->form(ordinal) != nullptr)
        result.push_back(ordinal);
  return result;
}

std::vector<std::uint16_t> releases_of(const std::string& name, ApiMember::Kind kind, std::string_view member,
                                       std::string_view descriptor) {
  const ApiClass* found = embedded_api().find_class(name);
  std::vector<std::uint16_t> result;
  for (const std::uint16_t ordinal : releases_of(name))
    if (found->member(kind, member, descriptor, ordinal) != nullptr)
      result.push_back(ordinal);
  return result;
}

/// The class of that name; for "a.b.*" those of the package and of all below it.
std::vector<const ApiClass*> classes_named(const std::string& name) {
  std::vector<const ApiClass*> result;
  if (!name.ends_with(".*")) {
    if (const ApiClass* found = embedded_api().find_class(name))
      result.push_back(found);
    return result;
  }
  const std::string package = name.substr(0, name.size() - 2);
  for (const std::string_view each : embedded_api().packages())
    if (each == package || each.starts_with(package + "."))
      for (const ApiClass& found : embedded_api().classes_of(each))
        result.push_back(&found);
  return result;
}

/// "1.8 to 1.11", "1.9 to now", "1.8 to now with gaps", "never"
std::string minors_text(const std::vector<std::uint16_t>& ordinals) {
  if (ordinals.empty())
    return "never";
  const auto text = [](std::uint16_t ordinal) { return minor_of(ordinal).minor_text(); };
  const bool gaps = ordinals.size() != std::size_t{ordinals.back()} - ordinals.front() + 1;
  const bool is_there = ordinals.back() == embedded_api().line("flink")->last;
  return text(ordinals.front()) + " to " + (is_there ? "now" : text(ordinals.back())) + (gaps ? " with gaps" : "");
}

}  // namespace

TEST_CASE("The index has every patch release of Flink from 1.8 to 2.3") {
  std::map<std::string, int> patches;
  const ApiSpan flink = embedded_api().line("flink").value();
  for (std::uint16_t ordinal = flink.first; ordinal <= flink.last; ++ordinal)
    ++patches[minor_of(ordinal).minor_text()];
  const std::map<std::string, int> expected = {{"1.8", 4},  {"1.9", 4},  {"1.10", 4}, {"1.11", 6}, {"1.12", 7},
                                               {"1.13", 7}, {"1.14", 7}, {"1.15", 5}, {"1.16", 4}, {"1.17", 3},
                                               {"1.18", 2}, {"1.19", 4}, {"1.20", 6}, {"2.0", 3},  {"2.1", 4},
                                               {"2.2", 2},  {"2.3", 1}};
  CHECK(patches == expected);
  CHECK(embedded_api().line("java"));
  CHECK(embedded_api().line("flink-connector-kafka"));
}

TEST_CASE("Classes were there in the releases that the source trees say") {
  struct Row {
    const char* name;  ///< Below org.apache.flink.
    const char* releases;
  };
  const Row rows[] = {
      {"api.common.functions.RichMapFunction", "1.8 to now"},
      {"streaming.api.datastream.DataStream", "1.8 to now"},
      {"streaming.api.datastream.KeyedStream", "1.8 to now"},
      {"api.common.typeutils.CompatibilityResult", "never"},
      {"api.common.functions.StoppableFunction", "1.8 to 1.8"},
      {"api.java.sca.CodeAnalyzerException", "1.8 to 1.8"},
      {"streaming.api.operators.StoppableStreamSource", "1.8 to 1.8"},
      {"streaming.python.api.datastream.PythonDataStream", "1.8 to 1.8"},
      {"api.common.Program", "1.8 to 1.9"},
      {"configuration.RestartBackoffTimeStrategyOptions", "1.9 to 1.9"},
      {"streaming.connectors.fs.RollingSink", "1.8 to 1.8"},
      {"table.catalog.ExternalCatalog", "1.8 to 1.9"},
      {"table.types.inference.CallContextBase", "1.9 to 1.9"},
      {"table.types.logical.AnyType", "1.9 to 1.9"},
      {"addons.hbase.HBaseTableSource", "1.8 to 1.10"},
      {"api.java.io.jdbc.JDBCOptions", "1.9 to 1.10"},
      {"core.plugin.TemporaryClassLoaderContext", "1.9 to 1.10"},
      {"streaming.api.functions.TimestampExtractor", "1.8 to 1.10"},
      {"streaming.connectors.kafka.FlinkKafkaConsumer08", "1.8 to 1.10"},
      {"streaming.connectors.kafka.FlinkKafkaConsumer09", "1.8 to 1.10"},
      {"table.api.StreamQueryConfig", "1.8 to 1.10"},
      {"table.catalog.DataTypeLookup", "1.10 to 1.10"},
      {"util.MemoryArchitecture", "1.9 to 1.10"},
      {"api.common.functions.FoldFunction", "1.8 to 1.11"},
      {"api.common.functions.RichFoldFunction", "1.8 to 1.11"},
      {"api.common.state.FoldingStateDescriptor", "1.8 to 1.11"},
      {"api.java.io.jdbc.JDBCInputFormat", "1.8 to 1.11"},
      {"connector.base.source.reader.synchronization.FutureNotifier", "1.11 to 1.11"},
      {"streaming.api.collector.selector.OutputSelector", "1.8 to 1.11"},
      {"streaming.api.datastream.SplitStream", "1.8 to 1.11"},
      {"streaming.connectors.fs.bucketing.BucketingSink", "1.8 to 1.11"},
      {"streaming.connectors.kafka.FlinkKafkaConsumer011", "1.8 to 1.11"},
      {"streaming.connectors.kafka.FlinkKafkaProducer010", "1.8 to 1.11"},
      {"formats.json.TimeFormats", "1.9 to 1.12"},
      {"table.catalog.config.CatalogConfig", "1.9 to 1.12"},
      {"table.descriptors.CatalogDescriptor", "1.9 to 1.12"},
      {"connector.jdbc.JdbcOutputFormat", "1.11 to 1.13"},
      {"formats.csv.CsvOptions", "1.11 to 1.13"},
      {"formats.parquet.ParquetInputFormat", "1.9 to 1.13"},
      {"orc.OrcTableSource", "1.8 to 1.13"},
      {"streaming.api.operators.MailboxExecutor", "1.10 to 1.13"},
      {"streaming.api.transformations.ShuffleMode", "1.9 to 1.13"},
      {"table.api.bridge.java.BatchTableEnvironment", "1.11 to 1.13"},
      {"table.descriptors.ConnectorDescriptor", "1.8 to 1.13"},
      {"table.descriptors.Kafka", "1.8 to 1.13"},
      {"connector.jdbc.dialect.JdbcDialects", "1.11 to 1.14"},
      {"streaming.api.windowing.assigners.TumblingTimeWindows", "1.8 to 1.14"},
      {"streaming.connectors.twitter.TwitterSource", "1.8 to 1.14"},
      {"table.api.PlannerType", "1.13 to 1.14"},
      {"streaming.connectors.nifi.NiFiSink", "1.8 to 1.15"},
      {"table.factories.DeserializationSchemaFactory", "1.8 to 1.15"},
      {"api.common.CodeAnalysisMode", "1.8 to 1.16"},
      {"api.common.typeutils.TypeSerializerConfigSnapshot", "1.8 to 1.16"},
      {"api.java.utils.RequiredParameters", "1.8 to 1.16"},
      {"hcatalog.java.HCatInputFormat", "1.8 to 1.16"},
      {"streaming.connectors.kafka.FlinkKafkaConsumer", "1.8 to 1.17"},
      {"table.factories.ServiceLoaderUtil", "1.15 to 1.16"},
      {"runtime.jobgraph.RestoreMode", "1.15 to 1.19"},
      {"core.execution.RestoreMode", "1.20 to 1.20"},
      {"api.common.ExecutionMode", "1.8 to 1.20"},
      {"api.common.restartstrategy.RestartStrategies", "1.8 to 1.20"},
      {"api.common.time.Time", "1.8 to 1.20"},
      {"api.connector.sink.Sink", "1.12 to 1.20"},
      {"api.connector.sink2.StatefulSink", "1.15 to 1.20"},
      {"api.connector.sink2.Sink", "1.15 to now"},
      {"api.java.DataSet", "1.8 to 1.20"},
      {"api.java.ExecutionEnvironment", "1.8 to 1.20"},
      {"api.java.utils.ParameterTool", "1.8 to 1.20"},
      {"api.scala.typeutils.CaseClassSerializer", "1.8 to 1.20"},
      {"cep.scala.CEP", "1.8 to 1.20"},
      {"configuration.AkkaOptions", "1.8 to 1.20"},
      {"contrib.streaming.state.EmbeddedRocksDBStateBackend", "1.13 to now"},
      {"contrib.streaming.state.RocksDBStateBackend", "1.8 to 1.20"},
      {"state.rocksdb.EmbeddedRocksDBStateBackend", "2.0 to now"},
      {"formats.parquet.avro.ParquetAvroWriters", "1.8 to 1.20"},
      {"metrics.reporter.InstantiateViaFactory", "1.9 to 1.20"},
      {"runtime.state.CheckpointListener", "1.8 to 1.20"},
      {"runtime.state.filesystem.FsStateBackend", "1.8 to 1.20"},
      {"runtime.state.memory.MemoryStateBackend", "1.8 to 1.20"},
      {"state.api.Savepoint", "1.9 to 1.20"},
      {"streaming.api.TimeCharacteristic", "1.8 to 1.20"},
      {"streaming.api.datastream.IterativeStream", "1.8 to 1.20"},
      {"streaming.api.functions.AssignerWithPeriodicWatermarks", "1.8 to 1.20"},
      {"streaming.api.functions.sink.SinkFunction", "1.8 to 1.20"},
      {"streaming.api.functions.sink.legacy.SinkFunction", "2.0 to now"},
      {"streaming.api.functions.source.SourceFunction", "1.8 to 1.20"},
      {"streaming.api.scala.DataStream", "1.8 to 1.20"},
      {"streaming.api.windowing.time.Time", "1.8 to 1.20"},
      {"streaming.util.serialization.SimpleStringSchema", "1.8 to 1.20"},
      {"table.api.TableSchema", "1.8 to 1.20"},
      {"table.legacy.api.TableSchema", "2.0 to now"},
      {"table.sources.TableSource", "1.8 to 1.20"},
      {"shaded.guava18.com.google.common.collect.Lists", "1.8 to 1.13"},
      {"shaded.guava30.com.google.common.collect.Lists", "1.14 to 1.17"},
      {"shaded.guava31.com.google.common.collect.Lists", "1.18 to 1.20"},
      {"shaded.guava32.com.google.common.collect.Lists", "2.0 to 2.0"},
      {"shaded.guava33.com.google.common.collect.Lists", "2.1 to now"},
      {"shaded.asm7.org.objectweb.asm.ClassVisitor", "1.10 to 1.14"},
      {"shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper", "1.8 to now"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(minors_text(releases_of(std::string("org.apache.flink.") + row.name)) == row.releases);
  }
}

TEST_CASE("Members were there in the releases that the source trees say") {
  struct Row {
    const char* owner;  ///< Below org.apache.flink.
    const char* name;
    const char* descriptor;
    const char* releases;
  };
  const Row rows[] = {
      {"streaming.api.environment.StreamExecutionEnvironment", "addSource",
       "(Lorg/apache/flink/streaming/api/functions/source/SourceFunction;)Lorg/apache/flink/streaming/api/datastream/"
       "DataStreamSource;",
       "1.8 to 1.20"},
      {"streaming.api.environment.StreamExecutionEnvironment", "setStateBackend",
       "(Lorg/apache/flink/runtime/state/StateBackend;)Lorg/apache/flink/streaming/api/environment/"
       "StreamExecutionEnvironment;",
       "1.8 to 1.20"},
      {"streaming.api.environment.StreamExecutionEnvironment", "setStreamTimeCharacteristic",
       "(Lorg/apache/flink/streaming/api/TimeCharacteristic;)V", "1.8 to 1.20"},
      {"streaming.api.environment.StreamExecutionEnvironment", "enableCheckpointing",
       "()Lorg/apache/flink/streaming/api/environment/StreamExecutionEnvironment;", "1.8 to 1.20"},
      {"streaming.api.environment.StreamExecutionEnvironment", "readTextFile",
       "(Ljava/lang/String;)Lorg/apache/flink/streaming/api/datastream/DataStreamSource;", "1.8 to 1.20"},
      {"streaming.api.environment.StreamExecutionEnvironment", "registerType", "(Ljava/lang/Class;)V", "1.8 to 1.20"},
      {"streaming.api.environment.StreamExecutionEnvironment", "fromSource",
       "(Lorg/apache/flink/api/connector/source/Source;Lorg/apache/flink/api/common/eventtime/WatermarkStrategy;Ljava/"
       "lang/String;)Lorg/apache/flink/streaming/api/datastream/DataStreamSource;",
       "1.11 to now"},
      {"streaming.api.datastream.DataStream", "split",
       "(Lorg/apache/flink/streaming/api/collector/selector/OutputSelector;)Lorg/apache/flink/streaming/api/datastream/"
       "SplitStream;",
       "1.8 to 1.11"},
      {"streaming.api.datastream.DataStream", "assignTimestamps",
       "(Lorg/apache/flink/streaming/api/functions/TimestampExtractor;)Lorg/apache/flink/streaming/api/datastream/"
       "SingleOutputStreamOperator;",
       "1.8 to 1.10"},
      {"streaming.api.datastream.DataStream", "timeWindowAll",
       "(Lorg/apache/flink/streaming/api/windowing/time/Time;)Lorg/apache/flink/streaming/api/datastream/"
       "AllWindowedStream;",
       "1.8 to 1.20"},
      {"streaming.api.datastream.DataStream", "iterate",
       "()Lorg/apache/flink/streaming/api/datastream/IterativeStream;", "1.8 to 1.20"},
      {"streaming.api.datastream.DataStream", "writeAsText",
       "(Ljava/lang/String;)Lorg/apache/flink/streaming/api/datastream/DataStreamSink;", "1.8 to 1.20"},
      {"streaming.api.datastream.DataStream", "keyBy", "([I)Lorg/apache/flink/streaming/api/datastream/KeyedStream;",
       "1.8 to 1.20"},
      {"streaming.api.datastream.DataStream", "keyBy",
       "(Lorg/apache/flink/api/java/functions/KeySelector;)Lorg/apache/flink/streaming/api/datastream/KeyedStream;",
       "1.8 to now"},
      {"streaming.api.datastream.KeyedStream", "timeWindow",
       "(Lorg/apache/flink/streaming/api/windowing/time/Time;)Lorg/apache/flink/streaming/api/datastream/"
       "WindowedStream;",
       "1.8 to 1.20"},
      {"streaming.api.datastream.KeyedStream", "fold",
       "(Ljava/lang/Object;Lorg/apache/flink/api/common/functions/FoldFunction;)Lorg/apache/flink/streaming/api/"
       "datastream/SingleOutputStreamOperator;",
       "1.8 to 1.11"},
      {"streaming.api.datastream.WindowedStream", "allowedLateness",
       "(Lorg/apache/flink/streaming/api/windowing/time/Time;)Lorg/apache/flink/streaming/api/datastream/"
       "WindowedStream;",
       "1.8 to 1.20"},
      {"streaming.api.datastream.WindowedStream", "allowedLateness",
       "(Ljava/time/Duration;)Lorg/apache/flink/streaming/api/datastream/WindowedStream;", "1.19 to now"},
      {"streaming.api.environment.CheckpointConfig", "setPreferCheckpointForRecovery", "(Z)V", "1.9 to 1.13"},
      {"streaming.api.environment.CheckpointConfig", "setFailOnCheckpointingErrors", "(Z)V", "1.8 to 1.20"},
      {"streaming.api.environment.CheckpointConfig", "setCheckpointStorage", "(Ljava/lang/String;)V", "1.13 to 1.20"},
      {"api.common.ExecutionConfig", "disableSysoutLogging", "()Lorg/apache/flink/api/common/ExecutionConfig;",
       "1.8 to 1.11"},
      {"api.common.ExecutionConfig", "isSysoutLoggingEnabled", "()Z", "1.8 to 1.11"},
      {"api.common.ExecutionConfig", "registerKryoType", "(Ljava/lang/Class;)V", "1.8 to 1.20"},
      {"api.common.ExecutionConfig", "disableGenericTypes", "()V", "1.8 to 1.20"},
      {"configuration.Configuration", "getInteger", "(Ljava/lang/String;I)I", "1.8 to 1.20"},
      {"configuration.Configuration", "getString", "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
       "1.8 to now"},
      {"api.common.functions.RichFunction", "open", "(Lorg/apache/flink/configuration/Configuration;)V", "1.8 to 1.20"},
      {"api.common.functions.AbstractRichFunction", "open", "(Lorg/apache/flink/configuration/Configuration;)V",
       "1.8 to 1.20"},
      {"api.common.functions.RichFunction", "open", "(Lorg/apache/flink/api/common/functions/OpenContext;)V",
       "1.19 to now"},
      {"api.common.functions.RuntimeContext", "getIndexOfThisSubtask", "()I", "1.8 to 1.20"},
      {"api.common.functions.RuntimeContext", "getExecutionConfig", "()Lorg/apache/flink/api/common/ExecutionConfig;",
       "1.8 to 1.20"},
      {"api.common.functions.RuntimeContext", "getTaskInfo", "()Lorg/apache/flink/api/common/TaskInfo;", "1.19 to now"},
      {"api.common.state.StateTtlConfig", "newBuilder",
       "(Lorg/apache/flink/api/common/time/Time;)Lorg/apache/flink/api/common/state/StateTtlConfig$Builder;",
       "1.8 to 1.20"},
      {"api.common.typeinfo.TypeInformation", "createSerializer",
       "(Lorg/apache/flink/api/common/ExecutionConfig;)Lorg/apache/flink/api/common/typeutils/TypeSerializer;",
       "1.8 to 1.20"},
      {"api.common.typeutils.TypeSerializerSnapshot", "resolveSchemaCompatibility",
       "(Lorg/apache/flink/api/common/typeutils/TypeSerializer;)Lorg/apache/flink/api/common/typeutils/"
       "TypeSerializerSchemaCompatibility;",
       "1.8 to 1.20"},
      {"streaming.api.windowing.assigners.TumblingEventTimeWindows", "of",
       "(Lorg/apache/flink/streaming/api/windowing/time/Time;)Lorg/apache/flink/streaming/api/windowing/assigners/"
       "TumblingEventTimeWindows;",
       "1.8 to 1.20"},
      {"cep.pattern.Pattern", "within",
       "(Lorg/apache/flink/streaming/api/windowing/time/Time;)Lorg/apache/flink/cep/pattern/Pattern;", "1.8 to 1.20"},
      {"table.api.TableEnvironment", "registerTableSource",
       "(Ljava/lang/String;Lorg/apache/flink/table/sources/TableSource;)V", "1.8 to 1.11"},
      {"table.api.TableEnvironment", "sqlUpdate", "(Ljava/lang/String;)V", "1.8 to 1.14"},
      {"table.api.TableEnvironment", "connect",
       "(Lorg/apache/flink/table/descriptors/ConnectorDescriptor;)Lorg/apache/flink/table/descriptors/"
       "ConnectTableDescriptor;",
       "1.9 to 1.13"},
      {"table.api.Table", "select", "(Ljava/lang/String;)Lorg/apache/flink/table/api/Table;", "1.8 to 1.15"},
      {"table.api.TableConfig", "setNullCheck", "(Ljava/lang/Boolean;)V", "1.9 to 1.15"},
      {"table.api.TableResult", "getTableSchema", "()Lorg/apache/flink/table/api/TableSchema;", "1.11 to 1.20"},
      {"table.api.EnvironmentSettings$Builder", "useBlinkPlanner",
       "()Lorg/apache/flink/table/api/EnvironmentSettings$Builder;", "1.9 to 1.14"},
      {"core.execution.JobClient", "triggerSavepoint", "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;",
       "1.10 to 1.20"},
      {"streaming.api.operators.AbstractStreamOperator", "dispose", "()V", "1.8 to 1.13"},
      {"streaming.api.operators.AbstractStreamOperator", "numEventTimeTimers", "()I", "1.8 to 1.11"},
      {"connector.file.src.FileSource", "forBulkFileFormat",
       "(Lorg/apache/flink/connector/file/src/reader/BulkFormat;[Lorg/apache/flink/core/fs/Path;)Lorg/apache/flink/"
       "connector/file/src/FileSource$FileSourceBuilder;",
       "1.12 to now"},
  };
  for (const Row& row : rows) {
    INFO(row.owner << "." << row.name << row.descriptor);
    CHECK(minors_text(releases_of(std::string("org.apache.flink.") + row.owner, ApiMember::Kind::method, row.name,
                                  row.descriptor)) == row.releases);
  }
}

TEST_CASE("What the table says is removed is in the index until the release that removed it") {
  const ApiSpan flink = embedded_api().line("flink").value();
  for (const RemovedClass& row : embedded_table().removed_classes) {
    INFO(row.id << ": " << row.name << " removed in " << row.removed_in.text());
    bool was_there = row.removed_in <= minor_of(flink.first);
    for (const ApiClass* found : classes_named(row.name))
      for (std::uint16_t ordinal = flink.first; ordinal <= flink.last; ++ordinal) {
        const ApiClassForm* form = found->form(ordinal);
        // flink-python keeps copies of what other modules dropped; it is not on the class path of a job.
        if (form == nullptr || form->module == "flink-python")
          continue;
        was_there = true;
        INFO(found->name << " in " << embedded_api().releases()[ordinal].version << ", " << form->module);
        CHECK(minor_of(ordinal) < row.removed_in);
      }
    CHECK(was_there);
  }
}
