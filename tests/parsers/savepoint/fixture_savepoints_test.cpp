#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>

#include "fixture_paths.h"
#include "savepoint/savepoint.h"

using namespace preflight;

namespace {

/// "name: value" of a state without its namespace, "name: key -> value" of broadcast state.
std::string line_of(const State& state) {
  std::string line = fmt::format("{} {}", to_string(state.kind), state.name);
  if (state.key)
    line += fmt::format(" {} ->", to_text(*state.key));
  for (const auto* snapshot : {&state.value, &state.element})
    if (*snapshot)
      line += " " + to_text(**snapshot);
  return line;
}

std::vector<std::string> lines_of(const OperatorState& state) {
  std::vector<std::string> lines;
  for (const State& found : state.states)
    lines.push_back(line_of(found));
  return lines;
}

const OperatorState& operator_of(const Savepoint& savepoint, const std::string& uid) {
  for (const OperatorState& state : savepoint.operators)
    if (state.id == operator_id_of_uid(uid))
      return state;
  throw std::out_of_range("no operator with the uid " + uid);
}

const std::vector<std::string> kUserTimers = {
    "timer _timer_state/event_user-timers TimerSerializer<StringSerializer, VoidNamespaceSerializer>",
    "timer _timer_state/processing_user-timers TimerSerializer<StringSerializer, VoidNamespaceSerializer>"};

std::vector<std::string> with_timers(std::vector<std::string> states) {
  states.insert(states.end(), kUserTimers.begin(), kUserTimers.end());
  return states;
}

const std::string kTuple = "TupleSerializer[org.apache.flink.api.java.tuple.Tuple2]";

/// What the job `states` registers, by uid; the list inside the POJO is Kryo's before Flink 2 (FLIP-398).
std::map<std::string, std::vector<std::string>> states_of_job(bool flink_2) {
  const std::string list =
      flink_2
          ? "NullableSerializer(null_padding: 0)<ListSerializer<NullableSerializer(null_padding: 0)<StringSerializer>>>"
          : "KryoSerializer[java.util.List]";
  return {
      {"numbers", {"operator-list SourceReaderState BytePrimitiveArraySerializer", "coordinator coordinator"}},
      {"keyed",
       with_timers({"keyed amounts ListSerializer<LongSerializer>",
                    "keyed average " + kTuple + "<LongSerializer, LongSerializer>",
                    "keyed counts MapSerializer<StringSerializer, IntSerializer>", "keyed last StringSerializer",
                    "keyed profile PojoSerializer[com.example.states.Profile]{name: StringSerializer, spent: "
                    "DoubleSerializer, visits: LongSerializer}",
                    "keyed sum LongSerializer"})},
      {"kryo", with_timers({"keyed basket KryoSerializer[com.example.states.Basket]"})},
      {"pojo-list", with_timers({"keyed trip PojoSerializer[com.example.states.Trip]{stops: " + list +
                                 ", user: StringSerializer}"})},
      {"enum-tuple",
       with_timers({"keyed best " + kTuple + "<StringSerializer, LongSerializer>",
                    "keyed level EnumSerializer[com.example.states.Level](constants: BRONZE, SILVER, GOLD)"})},
      {"ttl",
       with_timers({"keyed ttl-list ListSerializer<TtlSerializer<LongSerializer, StringSerializer>>",
                    "keyed ttl-map MapSerializer<StringSerializer, TtlSerializer<LongSerializer, LongSerializer>>",
                    "keyed ttl-value TtlSerializer<LongSerializer, StringSerializer>"})},
      {"timers", with_timers({"keyed since LongSerializer"})},
      {"window",
       {"keyed window-contents PojoSerializer[com.example.common.Event]{amount: LongSerializer, time: LongSerializer, "
        "user: "
        "StringSerializer}",
        "timer _timer_state/event_window-timers TimerSerializer<StringSerializer, TimeWindowSerializer>",
        "timer _timer_state/processing_window-timers TimerSerializer<StringSerializer, TimeWindowSerializer>"}},
      {"operator-list", {"operator-list split LongSerializer", "operator-union union StringSerializer"}},
      {"broadcast", {"broadcast rules StringSerializer -> LongSerializer"}},
      {"users", {}},
      {"sink", {}},
  };
}

}  // namespace

TEST_CASE("The job with every kind of state, as four Flink releases saved it") {
  struct Row {
    const char* savepoint;
    std::int32_t version;
    const char* type;
    const char* format;
    const char* backend;
    std::int32_t parallelism;
  };
  const std::vector<Row> rows = {
      {"1.15/hashmap-canonical", 3, "", "", "canonical", 2},
      {"1.15/hashmap-native", 3, "", "", "hashmap-or-rocksdb-full", 2},
      {"1.15/rocksdb-canonical", 3, "", "", "canonical", 2},
      {"1.15/rocksdb-native", 3, "", "", "rocksdb-incremental", 1},
      {"1.18/hashmap-canonical", 4, "Savepoint", "CANONICAL", "canonical", 2},
      {"1.18/hashmap-native", 4, "Savepoint", "NATIVE", "hashmap-native", 2},
      {"1.18/rocksdb-canonical", 4, "Savepoint", "CANONICAL", "canonical", 2},
      {"1.18/rocksdb-native", 4, "Savepoint", "NATIVE", "rocksdb-incremental", 1},
      {"1.20/hashmap-canonical", 4, "Savepoint", "CANONICAL", "canonical", 2},
      {"1.20/hashmap-native", 4, "Savepoint", "NATIVE", "hashmap-native", 2},
      {"1.20/rocksdb-canonical", 4, "Savepoint", "CANONICAL", "canonical", 2},
      {"1.20/rocksdb-native", 4, "Savepoint", "NATIVE", "rocksdb-incremental", 1},
      {"2.2/hashmap-canonical", 6, "Savepoint", "CANONICAL", "canonical", 2},
      {"2.2/hashmap-native", 6, "Savepoint", "NATIVE", "hashmap-native", 2},
      {"2.2/rocksdb-canonical", 6, "Savepoint", "CANONICAL", "canonical", 2},
      {"2.2/rocksdb-native", 6, "Savepoint", "NATIVE", "rocksdb-incremental", 1},
  };
  for (const Row& row : rows) {
    INFO(row.savepoint);
    const Savepoint savepoint = read_savepoint(test::fixtures() / "savepoints/states" / row.savepoint);
    CHECK(savepoint.metadata_version == row.version);
    REQUIRE(savepoint.properties.has_value() == (row.version >= 4));
    if (savepoint.properties) {
      CHECK(savepoint.properties->type == row.type);
      CHECK(savepoint.properties->format == row.format);
      CHECK(savepoint.properties->flags.size() == 7);
    }
    CHECK(savepoint.backends == std::vector<std::string>{row.backend});
    for (const auto& [uid, states] : states_of_job(row.version >= 5)) {
      INFO(uid);
      const OperatorState& found = operator_of(savepoint, uid);
      CHECK(lines_of(found) == states);
      CHECK(found.unread.empty());
      CHECK(found.uid == (row.version >= 5 ? std::optional(uid) : std::nullopt));
      CHECK(found.name.has_value() == (row.version >= 5));
      CHECK(found.parallelism == row.parallelism);
      CHECK(found.max_parallelism == (uid == "timers" ? 64 : 128));
      CHECK(found.has_state == !states.empty());
      CHECK(found.subtasks_with_state == (states.empty() ? 0 : row.parallelism));
      CHECK((found.state_bytes > 0) == !states.empty());
      CHECK(found.key_serializer.has_value() == (!states.empty() && states.back().starts_with("timer")));
      for (const State& state : found.states)
        CHECK_FALSE(state.differs_between_subtasks);
    }
  }
}

TEST_CASE("A Kryo snapshot lists its registrations, Flink's placeholder last") {
  const Savepoint savepoint = read_savepoint(test::fixtures() / "savepoints/states/1.20/hashmap-native");
  const SerializerSnapshot& basket = *operator_of(savepoint, "kryo").states.at(0).value;
  using Texts = std::vector<std::string>;
  const std::vector<SnapshotParameter> expected = {
      {"class", "com.example.states.Basket"},
      {"registrations", Texts{"com.example.states.Basket",
                              "org.apache.flink.api.java.typeutils.runtime.kryo.Serializers$DummyAvroRegisteredClass"}},
      {"registration_serializers",
       Texts{"", "org.apache.flink.api.java.typeutils.runtime.kryo.Serializers$DummyAvroKryoSerializerClass"}},
  };
  CHECK(basket.parameters == expected);
}

TEST_CASE("Each POJO field names the class that declares it") {
  const Savepoint savepoint = read_savepoint(test::fixtures() / "savepoints/states/2.2/rocksdb-canonical");
  const State& profile = operator_of(savepoint, "keyed").states.at(4);
  REQUIRE(profile.name == "profile");
  REQUIRE(profile.value->fields.size() == 3);
  for (const SerializerField& field : profile.value->fields)
    CHECK(field.declaring_class == "com.example.states.Profile");
}

TEST_CASE("A native savepoint of non-incremental RocksDB has the canonical layout") {
  const Savepoint savepoint = read_savepoint(test::fixtures() / "savepoints/states/1.15/rocksdb-native-full");
  CHECK(savepoint.backends == std::vector<std::string>{"canonical"});
  CHECK(lines_of(operator_of(savepoint, "keyed")).size() == 8);
}
