#include "savepoint/savepoint.h"

#include <catch2/catch.hpp>

#include "java_stream_builder.h"
#include "metadata_builder.h"
#include "savepoint/savepoint_assembly.h"

using namespace preflight;
using namespace preflight::test;

namespace {

OperatorState operator_of(const std::vector<Subtask>& subtasks, std::int32_t version = 4) {
  Operator state;
  state.parallelism = 200;
  state.max_parallelism = 256;
  state.subtasks = subtasks;
  for (std::size_t i = 0; i < subtasks.size(); ++i)
    state.subtasks[i].index = static_cast<std::int32_t>(i);
  return assemble_savepoint(MetadataBuilder(version).add(state).build().get(), {"_metadata"}, StateFiles::none())
      .operators.at(0);
}

Subtask keyed(const std::vector<JavaBytes>& states, const JavaBytes& key = string_snapshot()) {
  return {.managed_keyed = key_groups_handle(7, {0}, inline_stream(keyed_header(key, states)))};
}
Subtask listed(const std::vector<std::pair<std::string, int>>& names, const JavaBytes& stream) {
  return {.managed_operator = operator_handle(names, stream)};
}

std::vector<std::string> names_of(const OperatorState& state) {
  std::vector<std::string> names;
  for (const State& found : state.states)
    names.push_back(std::string(to_string(found.kind)) + " " + found.name);
  return names;
}

}  // namespace

TEST_CASE("States are the union over the subtasks, sorted by kind and name") {
  const JavaBytes broadcast =
      state_info("rules", 2, {{"OPERATOR_STATE_DISTRIBUTION_MODE", "BROADCAST"}},
                 {{"VALUE_SERIALIZER", long_snapshot()}, {"KEY_SERIALIZER", string_snapshot()}});
  const JavaBytes operator_stream =
      inline_stream(operator_header({list_state_info("offsets", long_snapshot())}, {broadcast}));
  Subtask first = keyed({value_state_info("b", long_snapshot())});
  first.managed_operator = operator_handle({{"offsets", 0}, {"rules", 2}}, operator_stream);
  const OperatorState found =
      operator_of({first, keyed({value_state_info("a", string_snapshot()),
                                 state_info("t", 3, {}, {{"VALUE_SERIALIZER", long_snapshot()}})})});
  CHECK(names_of(found) ==
        std::vector<std::string>{"keyed a", "keyed b", "timer t", "operator-list offsets", "broadcast rules"});
  CHECK(found.unread.empty());
  CHECK(found.subtasks_with_state == 2);
  CHECK(found.key_serializer->serializer == "StringSerializer");
  CHECK(found.states[0].value->serializer == "StringSerializer");
  CHECK(found.states[0].backend_state_type == "KEY_VALUE");
  CHECK(found.states[2].value->serializer == "LongSerializer");
  CHECK(found.states[3].element->serializer == "LongSerializer");
  CHECK_FALSE(found.states[3].value);
  CHECK(found.states[4].key->serializer == "StringSerializer");
  CHECK(found.states[4].value->serializer == "LongSerializer");
  for (const State& state : found.states)
    CHECK_FALSE(state.differs_between_subtasks);
}

TEST_CASE("Subtasks that wrote different snapshots under one name are told") {
  const OperatorState same =
      operator_of({keyed({value_state_info("x", long_snapshot())}), keyed({value_state_info("x", long_snapshot())})});
  CHECK_FALSE(same.states.at(0).differs_between_subtasks);
  const OperatorState different =
      operator_of({keyed({value_state_info("x", long_snapshot())}), keyed({value_state_info("x", string_snapshot())}),
                   keyed({value_state_info("x", long_snapshot())})});
  CHECK(different.states.at(0).differs_between_subtasks);
  CHECK(different.states.at(0).value->serializer == "LongSerializer");
  const OperatorState kind = operator_of(
      {keyed({value_state_info("x", long_snapshot())}),
       keyed({state_info("x", 0, {{"KEYED_STATE_TYPE", "LIST"}}, {{"VALUE_SERIALIZER", long_snapshot()}})})});
  CHECK(kind.states.at(0).differs_between_subtasks);
}

TEST_CASE("Subtasks with the same header and different values are all counted") {
  std::vector<Subtask> subtasks;
  for (int i = 0; i < 130; ++i) {
    const JavaBytes stream = keyed_header(string_snapshot(), {value_state_info("x", long_snapshot())}).i4(i);
    subtasks.push_back({.managed_keyed = key_groups_handle(7, {0}, inline_stream(stream))});
  }
  subtasks[100] = keyed({value_state_info("y", long_snapshot())});
  const OperatorState found = operator_of(subtasks);
  CHECK(found.subtasks_with_state == 130);
  CHECK(names_of(found) == std::vector<std::string>{"keyed x", "keyed y"});
}

TEST_CASE("A state that cannot be read is still listed, with a reason") {
  const JavaBytes unknown = inline_stream(
      operator_header({list_state_info("first", long_snapshot()), list_state_info("mine", unknown_snapshot()),
                       list_state_info("last", long_snapshot())}));
  struct Row {
    const char* name;
    Subtask subtask;
    std::vector<std::string> states;
    const char* reason;
  };
  const std::vector<Row> rows = {
      {"unknown snapshot class",
       listed({{"first", 0}, {"mine", 0}, {"last", 1}}, unknown),
       {"operator-list first", "operator-list mine", "operator-union last"},
       "expected a known serializer snapshot class, found com.example.MySerializerSnapshot version 1"},
      {"state file out of reach",
       listed({{"a", 0}, {"b", 1}, {"c", 2}}, relative_stream("file", 10)),
       {"operator-list a", "operator-union b", "broadcast c"},
       "file: expected a state file, found one outside _metadata, which is not opened"},
      {"unknown keyed snapshot class",
       keyed({value_state_info("mine", unknown_snapshot())}),
       {"keyed mine"},
       "expected a known serializer snapshot class, found com.example.MySerializerSnapshot version 1"},
      {"raw keyed state in a file",
       {.raw_keyed = key_groups_handle(3, {-1, 4}, relative_stream("raw", 10))},
       {"raw-keyed raw-keyed"},
       "raw: expected a state file, found one outside _metadata, which is not opened"},
      {"changelog in files",
       {.managed_keyed =
            JavaBytes().u1(10).i4(0).i4(1).i4(1).i8(0).add(file_stream("/changes", 9)).i8(0).i8(0).utf("id")},
       {},
       "/changes: expected a state file, found one outside _metadata, which is not opened: states made after the last "
       "materialization may be missing here"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const OperatorState found = operator_of({row.subtask, row.subtask});
    CHECK(names_of(found) == row.states);
    REQUIRE(found.unread.size() >= 1);
    CHECK_THAT(found.unread[0], Catch::EndsWith(row.reason));
    CHECK(found.unread.size() == 1);
  }
}

TEST_CASE("A snapshot unknown inside a POJO leaves its operator a reason and the state its tree") {
  const JavaBytes frame = JavaBytes().framed(unknown_snapshot());
  const JavaBytes no_entries = JavaBytes().i8(0x000004F2C69A3D70).i4(0);
  const JavaBytes pojo = JavaBytes()
                             .utf("org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot")
                             .i4(2)
                             .utf("P")
                             .i8(0x000004F2C69A3D70)
                             .i4(1)
                             .utf("f")
                             .u1(0)
                             .u1(1)
                             .add(frame)
                             .add(no_entries)
                             .add(no_entries);
  const OperatorState found =
      operator_of({keyed({value_state_info("p", pojo), value_state_info("q", long_snapshot())})});
  CHECK(names_of(found) == std::vector<std::string>{"keyed p", "keyed q"});
  REQUIRE(found.states[0].value);
  CHECK(found.states[0].value->fields.at(0).serializer.at(0).serializer == "MySerializer");
  REQUIRE(found.unread.size() == 1);
  CHECK_THAT(found.unread[0], Catch::Contains("com.example.MySerializerSnapshot"));
}

TEST_CASE("Reasons are bounded and counted") {
  std::vector<Subtask> subtasks;
  for (int i = 0; i < 150; ++i)
    subtasks.push_back(listed({{"x", 0}}, relative_stream("file-" + std::to_string(i), 1)));
  const OperatorState found = operator_of(subtasks);
  REQUIRE(found.unread.size() == 17);
  CHECK(found.unread.back() == "and 134 more parts for reasons of the same sort");
}

TEST_CASE("Raw state and coordinator state are listed") {
  const JavaBytes timers = JavaBytes()
                               .text("padding")
                               .hex4(0xF1CD859F)
                               .i4(2)
                               .i4(1)
                               .utf("user-timers")
                               .add(string_snapshot())
                               .add(long_snapshot());
  Subtask raw{.raw_operator = operator_handle({{"_default_", 0}}, inline_stream(JavaBytes().i4(1))),
              .raw_keyed = key_groups_handle(3, {-1, 7, 900}, inline_stream(timers))};
  Subtask opaque{.raw_keyed = key_groups_handle(3, {0}, inline_stream(JavaBytes().i4(1)))};
  Subtask empty{.raw_keyed = key_groups_handle(3, {-1, -1}, inline_stream(JavaBytes()))};
  CHECK(names_of(operator_of({raw})) == std::vector<std::string>{"raw-keyed user-timers", "raw-operator _default_"});
  CHECK(names_of(operator_of({opaque})) == std::vector<std::string>{"raw-keyed raw-keyed"});
  CHECK(operator_of({empty}).states.empty());
  CHECK(operator_of({raw}).states[0].key->serializer == "StringSerializer");
  CHECK(operator_of({raw}).states[0].namespace_serializer->serializer == "LongSerializer");

  Operator source;
  source.coordinator = inline_stream(JavaBytes().i4(1).i4(2));
  const OperatorState found =
      assemble_savepoint(MetadataBuilder(4).add(source).build().get(), {"_metadata"}, StateFiles::none())
          .operators.at(0);
  CHECK(names_of(found) == std::vector<std::string>{"coordinator coordinator"});
  CHECK(found.coordinator_state_bytes == 8);
  CHECK(found.state_bytes == 8);
}

TEST_CASE("States that only the changelog knows are found") {
  const JavaBytes change = JavaBytes().u1(8).i4(7).add(value_state_info("late", long_snapshot()));
  const JavaBytes changes =
      JavaBytes().u1(9).i4(0).i4(1).i8(0).i8(1).i4(2).i4(3).framed(JavaBytes().i4(1)).i4(-1).framed(change).utf("id");
  const OperatorState found = operator_of({{.managed_keyed = changes}});
  CHECK(names_of(found) == std::vector<std::string>{"keyed late"});
  CHECK(found.unread.empty());
}

TEST_CASE("Serializers under unknown names are kept, map keys of asynchronous state too") {
  const OperatorState found = operator_of(
      {keyed({state_info("m", 4, {{"KEYED_STATE_TYPE", "MAP"}},
                         {{"USER_KEY_SERIALIZER", string_snapshot()}, {"SOMETHING_NEW", long_snapshot()}})})});
  CHECK(found.states.at(0).key->serializer == "StringSerializer");
  REQUIRE(found.states[0].other_serializers.size() == 1);
  CHECK(found.states[0].other_serializers[0].first == "SOMETHING_NEW");
}

TEST_CASE("Sizes that add up beyond 2^64 do not wrap") {
  const JavaBytes huge = relative_stream("huge", 0x7FFFFFFFFFFFFFFF);
  std::vector<Subtask> subtasks(3, Subtask{.managed_keyed = key_groups_handle(7, {}, huge)});
  CHECK(operator_of(subtasks).state_bytes == 0xFFFFFFFFFFFFFFFFU);
}
