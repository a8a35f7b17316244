#include "savepoint/stream_header.h"

#include <catch2/catch.hpp>

#include "java_stream_builder.h"
#include "metadata_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"stream"};

ByteReader reader_of(const JavaBytes& bytes) {
  return {bytes.get(), kPlace};
}

/// "name kind type key=value … | KEY: tree …", one line a state.
std::vector<std::string> lines_of(const StreamHeader& header) {
  std::vector<std::string> lines;
  for (const StateMetaInfo& state : header.states) {
    std::string line = state.name + " " + to_string(*state.kind) + " " + state.backend_state_type;
    for (const auto& [key, value] : state.options)
      line += " " + key + "=" + value;
    for (const auto& [key, snapshot] : state.serializers)
      line += " | " + key + ": " + to_text(snapshot);
    lines.push_back(line);
  }
  return lines;
}

JavaBytes parameterless(const std::string& serializer) {
  return JavaBytes().i4(1).utf("a.b.ParameterlessTypeSerializerConfig").i4(1).utf("a.b." + serializer);
}
JavaBytes resilient_list(const std::vector<JavaBytes>& configs) {
  JavaBytes offsets;
  JavaBytes content;
  offsets.i4(static_cast<std::int32_t>(configs.size()));
  for (const JavaBytes& snapshot : configs) {
    offsets.i4(static_cast<std::int32_t>(content.size()));
    content.u1(0);  // Where the serialized serializer would be.
    offsets.i4(static_cast<std::int32_t>(content.size()));
    content.add(snapshot);
  }
  return offsets.framed(content);
}

const JavaBytes kSerializer = java_stream(java_object(java_class("a.b.LongSerializer")));
const JavaBytes kBareSerializer = JavaBytes().i4(1).framed(kSerializer);

}  // namespace

TEST_CASE("Every version of an operator state header is read to its end") {
  const JavaBytes legacy_list = resilient_list({parameterless("LongSerializer")});
  const JavaBytes legacy_map = resilient_list({parameterless("LongSerializer"), parameterless("StringSerializer")});
  const JavaBytes list = list_state_info("offsets", long_snapshot());
  const JavaBytes union_list =
      state_info("all", 1, {{"OPERATOR_STATE_DISTRIBUTION_MODE", "UNION"}}, {{"VALUE_SERIALIZER", string_snapshot()}});
  const JavaBytes broadcast =
      state_info("rules", 2, {{"OPERATOR_STATE_DISTRIBUTION_MODE", "BROADCAST"}},
                 {{"KEY_SERIALIZER", string_snapshot()}, {"VALUE_SERIALIZER", long_snapshot()}});
  struct Row {
    const char* name;
    JavaBytes bytes;
    std::vector<std::string> states;
  };
  const std::string mode = " OPERATOR_STATE_DISTRIBUTION_MODE=";
  const std::vector<Row> rows = {
      {"Flink 1.2",
       JavaBytes().i4(1).i2(1).utf("s").u1(0).add(kSerializer),
       {"s operator-list OPERATOR" + mode + "SPLIT_DISTRIBUTE | VALUE_SERIALIZER: LongSerializer(legacy: true)"}},
      {"Flink 1.3",
       JavaBytes().i4(2).i2(1).utf("s").u1(1).add(legacy_list),
       {"s operator-union OPERATOR" + mode + "UNION | VALUE_SERIALIZER: LongSerializer(legacy: true)"}},
      {"Flink 1.5",
       JavaBytes().i4(3).i2(0).i2(1).utf("s").u1(2).add(legacy_map),
       {"s broadcast BROADCAST" + mode +
        "BROADCAST | VALUE_SERIALIZER: LongSerializer(legacy: true) | KEY_SERIALIZER: StringSerializer(legacy: true)"}},
      {"Flink 1.6",
       JavaBytes().i4(4).i2(1).utf("s").i4(1).i4(0).i4(1).utf("VALUE_SERIALIZER").add(legacy_list).i2(0),
       {"s operator-list OPERATOR | VALUE_SERIALIZER: LongSerializer(legacy: true)"}},
      {"Flink 1.7",
       JavaBytes().i4(5).i2(1).add(list).i2(0),
       {"offsets operator-list OPERATOR" + mode + "SPLIT_DISTRIBUTE | VALUE_SERIALIZER: LongSerializer"}},
      {"Flink 1.18",
       operator_header({list, union_list}, {broadcast}),
       {"offsets operator-list OPERATOR" + mode + "SPLIT_DISTRIBUTE | VALUE_SERIALIZER: LongSerializer",
        "all operator-union OPERATOR" + mode + "UNION | VALUE_SERIALIZER: StringSerializer",
        "rules broadcast BROADCAST" + mode +
            "BROADCAST | KEY_SERIALIZER: StringSerializer | VALUE_SERIALIZER: LongSerializer"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const StreamHeader header = read_operator_state_header(reader_of(row.bytes));
    CHECK_FALSE(header.problem);
    CHECK(header.length == row.bytes.size());
    CHECK(lines_of(header) == row.states);
  }
}

TEST_CASE("Every version of a keyed state header is read to its end") {
  const JavaBytes legacy_key = resilient_list({parameterless("LongSerializer")});
  const JavaBytes legacy_pair =
      resilient_list({parameterless("VoidNamespaceSerializer"), parameterless("LongSerializer")});
  const JavaBytes flink_1_2 =
      JavaBytes().add(kBareSerializer).i2(1).i4(2).utf("s").add(kBareSerializer).add(kBareSerializer);
  const std::string legacy_state =
      " | NAMESPACE_SERIALIZER: VoidNamespaceSerializer(legacy: true) | VALUE_SERIALIZER: LongSerializer(legacy: true)";
  struct Row {
    const char* name;
    JavaBytes bytes;
    const char* key;
    std::string state;
  };
  const std::vector<Row> rows = {
      {"Flink 1.2", JavaBytes().i4(2).add(flink_1_2), "LongSerializer(legacy: true)",
       "s keyed KEY_VALUE KEYED_STATE_TYPE=LIST | NAMESPACE_SERIALIZER: LongSerializer(legacy: true) | "
       "VALUE_SERIALIZER: "
       "LongSerializer(legacy: true)"},
      {"Flink 1.3", JavaBytes().i4(3).add(legacy_key).i2(1).i4(1).utf("s").add(legacy_pair),
       "LongSerializer(legacy: true)", "s keyed KEY_VALUE KEYED_STATE_TYPE=VALUE" + legacy_state},
      {"Flink 1.5", JavaBytes().i4(4).u1(1).add(legacy_key).i2(1).i4(6).utf("s").add(legacy_pair),
       "LongSerializer(legacy: true)", "s keyed KEY_VALUE KEYED_STATE_TYPE=MAP" + legacy_state},
      {"Flink 1.6",
       JavaBytes()
           .i4(5)
           .u1(0)
           .add(legacy_key)
           .i2(1)
           .utf("s")
           .i4(0)
           .i4(0)
           .i4(2)
           .utf("NAMESPACE_SERIALIZER")
           .utf("VALUE_SERIALIZER")
           .add(legacy_pair),
       "LongSerializer(legacy: true)", "s keyed KEY_VALUE" + legacy_state},
      {"Flink 1.7", keyed_header(string_snapshot(), {value_state_info("total", long_snapshot())}), "StringSerializer",
       "total keyed KEY_VALUE KEYED_STATE_TYPE=VALUE | VALUE_SERIALIZER: LongSerializer"},
      {"timers", keyed_header(string_snapshot(), {state_info("_timer_state/event_t", 3, {}, {})}), "StringSerializer",
       "_timer_state/event_t timer PRIORITY_QUEUE"},
      {"asynchronous state of Flink 2",
       keyed_header(string_snapshot(),
                    {state_info("m", 4, {{"KEYED_STATE_TYPE", "MAP"}},
                                {{"USER_KEY_SERIALIZER", string_snapshot()}, {"SOMETHING_NEW", long_snapshot()}})}),
       "StringSerializer",
       "m keyed KEY_VALUE_V2 KEYED_STATE_TYPE=MAP | USER_KEY_SERIALIZER: StringSerializer | SOMETHING_NEW: "
       "LongSerializer"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const StreamHeader header = read_keyed_state_header(reader_of(row.bytes));
    CHECK_FALSE(header.problem);
    CHECK(header.length == row.bytes.size());
    REQUIRE(header.key_serializer);
    CHECK(to_text(*header.key_serializer) == row.key);
    CHECK(lines_of(header) == std::vector{row.state});
  }
}

TEST_CASE("A header that ends early keeps what came before, and says where") {
  const JavaBytes good = value_state_info("total", long_snapshot());
  struct Row {
    const char* name;
    JavaBytes bytes;
    InputErrorKind kind;
    const char* message;
    std::vector<std::string> states;
  };
  const std::string total = "total keyed KEY_VALUE KEYED_STATE_TYPE=VALUE | VALUE_SERIALIZER: LongSerializer";
  const std::vector<Row> rows = {
      {"unknown version",
       JavaBytes().i4(7),
       InputErrorKind::unsupported,
       "offset 0: expected a keyed state header's version of 1 to 6, found 7",
       {}},
      {"unknown snapshot class",
       keyed_header(string_snapshot(), {good, value_state_info("mine", unknown_snapshot()), good}),
       InputErrorKind::unsupported,
       "found com.example.MySerializerSnapshot version 1",
       {total, "mine keyed KEY_VALUE KEYED_STATE_TYPE=VALUE"}},
      {"unknown key",
       keyed_header(unknown_snapshot(), {good}),
       InputErrorKind::unsupported,
       "found com.example.MySerializerSnapshot version 1",
       {}},
      {"unknown state type",
       keyed_header(string_snapshot(), {good, state_info("new", 5, {}, {})}),
       InputErrorKind::unsupported,
       "expected a backend state type of 0 to 4, found 5",
       {total}},
      {"negative number of states",
       JavaBytes().i4(6).u1(0).i4(2).add(long_snapshot()).i2(-1),
       InputErrorKind::corrupt,
       "expected a number of states of at least 0, found -1",
       {}},
      {"more states than there are",
       JavaBytes().i4(6).u1(0).i4(2).add(long_snapshot()).i2(2).add(good),
       InputErrorKind::truncated,
       "expected state name (2 bytes), found 0 left",
       {total}},
      {"keyed state type of Flink 1.3",
       JavaBytes().i4(3).add(resilient_list({parameterless("X")})).i2(1).i4(7),
       InputErrorKind::corrupt,
       "expected a keyed state type of 0 to 6, found 7",
       {}},
      {"two keys",
       JavaBytes().i4(3).add(resilient_list({parameterless("X"), parameterless("Y")})),
       InputErrorKind::corrupt,
       "expected one key serializer, found 2",
       {}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const StreamHeader header = read_keyed_state_header(reader_of(row.bytes));
    REQUIRE(header.problem);
    CHECK_THAT(header.problem->what(), Catch::Contains(row.message));
    CHECK(header.problem->kind() == row.kind);
    CHECK(lines_of(header) == row.states);
  }
  const StreamHeader operators = read_operator_state_header(reader_of(JavaBytes().i4(2).i2(1).utf("s").u1(3)));
  REQUIRE(operators.problem);
  CHECK_THAT(operators.problem->what(), Catch::Contains("expected a distribution mode of 0, 1 or 2, found 3"));
}

TEST_CASE("Raw keyed timers show their first service") {
  const auto timers = [](std::int32_t version, std::int32_t services) {
    return JavaBytes()
        .hex4(0xF1CD859F)
        .i4(version)
        .i4(services)
        .utf("user-timers")
        .add(string_snapshot())
        .add(long_snapshot())
        .i4(0);
  };
  const auto header = read_raw_timers_header(reader_of(timers(2, 1)));
  REQUIRE(header);
  CHECK_FALSE(header->problem);
  CHECK(lines_of(*header) ==
        std::vector<std::string>{
            "user-timers raw-keyed  | KEY_SERIALIZER: StringSerializer | NAMESPACE_SERIALIZER: LongSerializer"});

  const auto two = read_raw_timers_header(reader_of(timers(2, 2)));
  REQUIRE(two);
  REQUIRE(two->problem);
  CHECK(two->states.size() == 1);
  CHECK_THAT(two->problem->what(), Catch::Contains("expected one timer service in raw keyed state, found 2"));

  const auto old = read_raw_timers_header(reader_of(timers(1, 1)));
  REQUIRE(old);
  REQUIRE(old->problem);
  CHECK_THAT(old->problem->what(), Catch::Contains("expected raw timers of version 2, found 1"));

  const auto none = read_raw_timers_header(reader_of(timers(2, 0)));
  REQUIRE(none);
  CHECK(none->states.empty());
  CHECK_FALSE(read_raw_timers_header(reader_of(JavaBytes().i4(0))));
  CHECK_FALSE(read_raw_timers_header(reader_of(JavaBytes().u1(0))));
}

TEST_CASE("A metadata change of the changelog names its state") {
  const JavaBytes state = value_state_info("late", long_snapshot());
  const StreamHeader header = read_changelog_metadata(reader_of(JavaBytes().u1(8).i4(7).add(state).text("more")));
  CHECK_FALSE(header.problem);
  CHECK(lines_of(header) ==
        std::vector<std::string>{"late keyed KEY_VALUE KEYED_STATE_TYPE=VALUE | VALUE_SERIALIZER: LongSerializer"});
  const StreamHeader other = read_changelog_metadata(reader_of(JavaBytes().u1(0)));
  REQUIRE(other.problem);
  CHECK_THAT(other.problem->what(), Catch::Contains("expected a metadata change 8, found 0"));
  const StreamHeader newer = read_changelog_metadata(reader_of(JavaBytes().u1(8).i4(9)));
  REQUIRE(newer.problem);
  CHECK_THAT(newer.problem->what(), Catch::Contains("expected state meta info of version 6 or 7, found 9"));
}
