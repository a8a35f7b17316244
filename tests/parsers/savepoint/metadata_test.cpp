#include "savepoint/metadata.h"

#include <catch2/catch.hpp>
#include <functional>

#include "metadata_builder.h"
#include "savepoint/savepoint_assembly.h"

using namespace preflight;
using namespace preflight::test;

namespace {

Savepoint savepoint_of(const JavaBytes& bytes) {
  return assemble_savepoint(bytes.get(), {"_metadata"}, StateFiles::none());
}

const JavaBytes kKeyedStream =
    inline_stream(keyed_header(string_snapshot(), {value_state_info("total", long_snapshot())}));
const JavaBytes kListStream = inline_stream(operator_header({list_state_info("offsets", long_snapshot())}));

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("Every metadata version is read to its last byte") {
  for (std::int32_t version = 2; version <= 7; ++version) {
    INFO("version " << version);
    Operator state;
    state.name = "sum";
    state.uid = "sum-uid";
    state.parallelism = 3;
    if (version > 2)
      state.coordinator = inline_stream(JavaBytes().i4(7));
    state.subtasks = {{.index = 0,
                       .managed_operator = operator_handle({{"offsets", 0}}, kListStream),
                       .raw_operator = operator_handle({{"_default_", 0}}, inline_stream(JavaBytes().i8(1))),
                       .managed_keyed = key_groups_handle(7, {0, 0}, kKeyedStream)},
                      {.index = 2}};
    if (version > 2)
      state.subtasks.push_back({.index = -2});
    const Savepoint savepoint = savepoint_of(MetadataBuilder(version)
                                                 .master_state(JavaBytes().i4(3).utf("hook").framed(JavaBytes().i4(5)))
                                                 .add(state)
                                                 .build());
    CHECK(savepoint.metadata_version == version);
    CHECK(savepoint.checkpoint_id == 17);
    CHECK_FALSE(savepoint.properties);
    REQUIRE(savepoint.master_states.size() == 1);
    CHECK(savepoint.master_states[0].name == "hook");
    CHECK(savepoint.master_states[0].version == 3);
    CHECK(savepoint.master_states[0].bytes == 4);
    REQUIRE(savepoint.operators.size() == 1);
    const OperatorState& found = savepoint.operators[0];
    CHECK(found.id == operator_id_of_uid("operator"));
    CHECK(found.name == (version >= 5 ? std::optional<std::string>("sum") : std::nullopt));
    CHECK(found.uid == (version >= 5 ? std::optional<std::string>("sum-uid") : std::nullopt));
    CHECK(found.parallelism == 3);
    CHECK(found.max_parallelism == 128);
    CHECK(found.subtasks_with_state == 1);
    CHECK(found.finished_subtasks == (version > 2 ? 1 : 0));
    CHECK(found.coordinator_state_bytes == (version > 2 ? std::optional<std::uint64_t>(4) : std::nullopt));
    CHECK(found.states.size() == (version > 2 ? 4 : 3));
    CHECK(found.unread.empty());
  }
}

TEST_CASE("Absent names and uids are the empty text in the file") {
  const Savepoint savepoint = savepoint_of(MetadataBuilder(6).add({}).build());
  CHECK_FALSE(savepoint.operators.at(0).name);
  CHECK_FALSE(savepoint.operators.at(0).uid);
}

TEST_CASE("A finished operator has neither subtasks nor state") {
  Operator state;
  state.fully_finished = true;
  const OperatorState found = savepoint_of(MetadataBuilder(4).add(state).build()).operators.at(0);
  CHECK(found.fully_finished);
  CHECK_FALSE(found.has_state);
}

TEST_CASE("has_state counts handles as Flink does, not bytes") {
  struct Row {
    const char* name;
    Subtask subtask;
    JavaBytes coordinator;
    bool has_state;
    std::int32_t subtasks_with_state;
  };
  const std::vector<Row> rows = {
      {"null handles", {}, no_stream(), false, 0},
      {"finished subtask", {.index = -1}, no_stream(), false, 0},
      {"empty coordinator state", {}, inline_stream({}), true, 0},
      {"operator state without states", {.managed_operator = operator_handle({}, no_stream())}, no_stream(), true, 1},
      {"keyed state without key groups",
       {.managed_keyed = key_groups_handle(7, {}, no_stream())},
       no_stream(),
       true,
       1},
      {"operator without state, its files merged",
       {.managed_operator = JavaBytes().u1(17).i4(0).utf("owned").utf("shared").u1(1).add(JavaBytes().u1(16))},
       no_stream(),
       true,
       1},
      {"raw operator state", {.raw_operator = operator_handle({}, no_stream())}, no_stream(), true, 1},
      {"raw keyed state", {.raw_keyed = key_groups_handle(3, {-1}, no_stream())}, no_stream(), true, 1},
      {"channel state",
       {.result_subpartitions = {JavaBytes().i4(0).i4(0).i4(0).i4(0).i8(5).add(no_stream())}},
       no_stream(),
       true,
       1},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Operator state;
    state.coordinator = row.coordinator;
    state.subtasks = {row.subtask};
    const OperatorState found = savepoint_of(MetadataBuilder(4).add(state).build()).operators.at(0);
    CHECK(found.has_state == row.has_state);
    CHECK(found.subtasks_with_state == row.subtasks_with_state);
    CHECK(found.unread.empty());
  }
}

TEST_CASE("Every kind of handle is read to its end") {
  const JavaBytes range = JavaBytes().i4(0).i4(1);
  const JavaBytes files = JavaBytes().i4(1).utf("000012.sst").add(relative_stream("sst", 100));
  const JavaBytes incremental = JavaBytes().i8(1).utf("5a0a-backend").add(range);
  const JavaBytes no_files = JavaBytes().i4(0);
  const JavaBytes changes = JavaBytes().u1(9).add(range).i8(0).i8(1).i4(1).i4(5).framed(JavaBytes().i4(1)).utf("id");
  const JavaBytes change_files =
      JavaBytes().add(range).i4(1).i8(0).add(file_stream("s3://bucket/changes", 10)).i8(10).i8(10).utf("id");
  const JavaBytes materialized = key_groups_handle(12, {0}, kKeyedStream);
  const auto changelog = [&](unsigned tag) {
    return JavaBytes().u1(tag).add(range).i8(9).i4(1).add(materialized).i4(1).add(changes).i8(1);
  };
  const auto keyed_bytes = static_cast<std::uint64_t>(kKeyedStream.size() - 1 - 2 - 29 - 4);
  struct Row {
    const char* name;
    JavaBytes handle;
    std::uint64_t state_bytes;
    std::vector<std::string> backends;
  };
  const std::vector<Row> rows = {
      {"key groups", key_groups_handle(3, {0}, kKeyedStream), keyed_bytes, {"hashmap-or-rocksdb-full"}},
      {"key groups v2", key_groups_handle(12, {0}, kKeyedStream), keyed_bytes, {"hashmap-or-rocksdb-full"}},
      {"canonical", key_groups_handle(7, {0}, kKeyedStream), keyed_bytes, {"canonical"}},
      {"incremental",
       JavaBytes().u1(5).add(incremental).add(kKeyedStream).add(files).add(files),
       keyed_bytes + 200,
       {"rocksdb-incremental"}},
      {"incremental v2",
       JavaBytes().u1(11).add(incremental).i8(50).add(kKeyedStream).add(no_files).add(files).utf("id"),
       keyed_bytes + 100,
       {"rocksdb-incremental"}},
      {"changelog", changelog(8).utf("id"), keyed_bytes + 4, {"changelog", "hashmap-or-rocksdb-full"}},
      {"changelog v2", changelog(14).i8(3).utf("id"), keyed_bytes + 4, {"changelog", "hashmap-or-rocksdb-full"}},
      {"changelog in files", JavaBytes().u1(10).add(change_files), 10, {"changelog"}},
      {"changelog in files v2", JavaBytes().u1(13).add(change_files).utf("filesystem"), 10, {"changelog"}},
      {"key groups as a stream",
       key_groups_handle(7, {0}, JavaBytes().u1(3).add(key_groups({0})).add(kKeyedStream)),
       keyed_bytes,
       {"canonical"}},
      {"empty segment", key_groups_handle(12, {0}, JavaBytes().u1(16)), 0, {"hashmap-or-rocksdb-full"}},
      {"unknown size", key_groups_handle(7, {-1}, relative_stream("unknown", -1)), 0, {"canonical"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Operator state;
    state.subtasks = {{.managed_keyed = row.handle}};
    const Savepoint savepoint = savepoint_of(MetadataBuilder(4).add(state).build());
    CHECK(savepoint.operators.at(0).state_bytes == row.state_bytes);
    CHECK(savepoint.backends == row.backends);
  }
}

TEST_CASE("Merged channel state and merged operator state of Flink 2 are read to their end") {
  const JavaBytes single = JavaBytes().u1(1).i4(0).i4(1).i4(2).i4(1).i8(0).i8(30).add(no_stream());
  const JavaBytes merged = JavaBytes().u1(3).i4(0).i8(12).add(segment_stream("/x/y", 0, 12)).framed(JavaBytes().i8(1));
  const JavaBytes result = JavaBytes().u1(4).i4(0).i8(1).add(no_stream()).framed({});
  Operator state;
  state.subtasks = {
      {.managed_operator =
           JavaBytes().u1(17).i4(1).utf("merged").u1(1).i4(1).i8(9).utf("owned").utf("shared").u1(0).add(no_stream()),
       .input_channels = {single, merged},
       .result_subpartitions = {result}}};
  const OperatorState found = savepoint_of(MetadataBuilder(6).add(state).build()).operators.at(0);
  CHECK(found.has_channel_state);
  CHECK(found.state_bytes == 43);
  REQUIRE(found.states.size() == 1);
  CHECK(found.states[0].name == "merged");
  CHECK(found.states[0].kind == StateKind::operator_union);
}

TEST_CASE("What is not a savepoint is refused with what was expected and found") {
  const JavaBytes good = MetadataBuilder(4).add({}).build();
  Operator too_parallel;
  too_parallel.max_parallelism = 0;
  Operator wrong_index;
  wrong_index.subtasks = {{.index = 1}};
  Operator negative_index;
  negative_index.subtasks = {{.index = -1}};
  Operator coordinator_file;
  coordinator_file.coordinator = file_stream("/x", 1);
  Operator finished_coordinator;
  finished_coordinator.coordinator = inline_stream({});
  finished_coordinator.fully_finished = true;
  Operator unknown_handle;
  unknown_handle.subtasks = {{.managed_keyed = JavaBytes().u1(99)}};
  Operator unknown_operator_handle;
  unknown_operator_handle.subtasks = {{.managed_operator = JavaBytes().u1(5)}};
  Operator unknown_stream;
  unknown_stream.subtasks = {{.managed_keyed = key_groups_handle(7, {0}, JavaBytes().u1(4))}};
  Operator wrong_mode;
  wrong_mode.subtasks = {{.managed_operator = operator_handle({{"x", 3}}, no_stream())}};
  Operator wrong_scope;
  wrong_scope.subtasks = {{.managed_keyed = key_groups_handle(7, {0}, segment_stream("/x", 0, 1, 2))}};
  Operator wrong_start;
  wrong_start.subtasks = {{.managed_keyed = key_groups_handle(7, {0}, segment_stream("/x", -1, 1))}};
  Operator wrong_channel;
  wrong_channel.subtasks = {{.input_channels = {JavaBytes().u1(2).i4(0).i4(0).i4(0).i4(0).i8(0).add(no_stream())}}};
  JavaBytes deep_stream = no_stream();
  JavaBytes deep_changelog = JavaBytes().u1(0);
  for (int i = 0; i < 40; ++i) {
    deep_stream = JavaBytes().u1(3).add(key_groups({})).add(deep_stream);
    deep_changelog = JavaBytes().u1(8).i4(0).i4(1).i8(0).i4(1).add(deep_changelog).i4(0).i8(0).utf("");
  }
  Operator deep;
  deep.subtasks = {{.managed_keyed = key_groups_handle(7, {}, deep_stream)}};
  Operator deep_keyed;
  deep_keyed.subtasks = {{.managed_keyed = deep_changelog}};
  struct Row {
    const char* name;
    JavaBytes bytes;
    InputErrorKind kind;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"empty file",
       {},
       InputErrorKind::not_this_format,
       "_metadata, offset 0: expected a savepoint's _metadata, found an empty file"},
      {"zip file", JavaBytes().text("PK\x03\x04more"), InputErrorKind::not_this_format,
       "_metadata, offset 0: expected a savepoint's magic 0x4960672D, found 0x504B0304"},
      {"version 1", JavaBytes().hex4(0x4960672D).i4(1).i8(0), InputErrorKind::unsupported,
       "_metadata, offset 4: expected metadata version 2 to 7, found 1 (Flink 1.1 and 1.2)"},
      {"version 8", JavaBytes().hex4(0x4960672D).i4(8), InputErrorKind::unsupported,
       "_metadata, offset 4: expected metadata version 2 to 7, found 8"},
      {"trailing byte", JavaBytes(good).u1(0), InputErrorKind::corrupt,
       "expected the end of the file, found 1 more bytes"},
      {"negative checkpoint ID", JavaBytes().hex4(0x4960672D).i4(4).i8(-1), InputErrorKind::corrupt,
       "_metadata, offset 8: expected a checkpoint ID of at least 0, found -1"},
      {"negative number of master states", JavaBytes().hex4(0x4960672D).i4(4).i8(0).i4(-1), InputErrorKind::corrupt,
       "expected number of master states of at least 0, found -1"},
      {"master state with another magic",
       JavaBytes().hex4(0x4960672D).i4(4).i8(0).i4(1).i4(7).framed(JavaBytes().text("0123456789")),
       InputErrorKind::corrupt, "expected a master state's magic 0xC96B1696, found 0x00000007"},
      {"master state with trailing bytes",
       MetadataBuilder(4).master_state(JavaBytes().i4(1).utf("hook").framed(JavaBytes()).u1(1)).build(),
       InputErrorKind::corrupt, "expected the end of the master state, found 1 more bytes"},
      {"2^31 - 1 operators", JavaBytes().hex4(0x4960672D).i4(4).i8(0).i4(0).i4(0x7FFFFFFF), InputErrorKind::corrupt,
       "expected number of operators that fits the 0 bytes left, found 2147483647"},
      {"more parallel than the maximum", MetadataBuilder(4).add(too_parallel).build(), InputErrorKind::corrupt,
       "expected a max parallelism of at least the parallelism 1, found 0"},
      {"subtask beyond the parallelism", MetadataBuilder(4).add(wrong_index).build(), InputErrorKind::corrupt,
       "expected a subtask below the parallelism 1, found 1"},
      {"negative subtask before finished ones were known", MetadataBuilder(2).add(negative_index).build(),
       InputErrorKind::corrupt, "expected a subtask below the parallelism 1, found -1"},
      {"coordinator state in a file", MetadataBuilder(4).add(coordinator_file).build(), InputErrorKind::corrupt,
       "expected coordinator state inside _metadata, found a file"},
      {"coordinator state of a finished operator", MetadataBuilder(4).add(finished_coordinator).build(),
       InputErrorKind::corrupt, "expected no coordinator state of a finished operator, found some"},
      {"unknown keyed handle", MetadataBuilder(4).add(unknown_handle).build(), InputErrorKind::unsupported,
       "expected the type of a keyed state handle, found 99"},
      {"unknown operator handle", MetadataBuilder(4).add(unknown_operator_handle).build(), InputErrorKind::unsupported,
       "expected the type of an operator state handle, found 5"},
      {"operator handle as a stream", MetadataBuilder(4).add(unknown_stream).build(), InputErrorKind::unsupported,
       "expected the type of a stream state handle, found 4"},
      {"distribution mode", MetadataBuilder(4).add(wrong_mode).build(), InputErrorKind::corrupt,
       "expected a distribution mode of 0, 1 or 2, found 3"},
      {"scope of a segment", MetadataBuilder(4).add(wrong_scope).build(), InputErrorKind::corrupt,
       "expected a file segment's scope of 0 or 1, found 2"},
      {"start of a segment", MetadataBuilder(4).add(wrong_start).build(), InputErrorKind::corrupt,
       "expected a file segment's start of at least 0, found -1"},
      {"result subpartition among input channels", MetadataBuilder(6).add(wrong_channel).build(),
       InputErrorKind::unsupported, "expected the type 1 or 3 of a channel state handle, found 2"},
      {"deeply nested streams", MetadataBuilder(4).add(deep).build(), InputErrorKind::over_limit,
       "expected state handles nested at most 16 deep, found more"},
      {"deeply nested changelogs", MetadataBuilder(4).add(deep_keyed).build(), InputErrorKind::over_limit,
       "expected state handles nested at most 16 deep, found more"},
      {"properties of another class",
       MetadataBuilder(3).build().hex4(0),  // Version 3 has no properties: trailing bytes.
       InputErrorKind::corrupt, "expected the end of the file, found 4 more bytes"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const std::string error = error_of([&] { savepoint_of(row.bytes); });
    CHECK_THAT(error, Catch::Contains(row.message));
    try {
      savepoint_of(row.bytes);
    } catch (const InputError& thrown) {
      CHECK(thrown.kind() == row.kind);
    }
  }
}

TEST_CASE("Legacy states of Flink 1.2 are refused") {
  JavaBytes bytes;
  bytes.hex4(0x4960672D).i4(2).i8(0).i4(0).i4(1);
  for (int i = 0; i < 16; ++i)
    bytes.u1(1);
  bytes.i4(1).i4(1).i4(1).i4(1).i4(0).i8(-1).i4(1);
  CHECK_THROWS_WITH(savepoint_of(bytes), Catch::Contains("expected no legacy states (Flink 1.2), found 1"));
}

TEST_CASE("The releases that write a metadata version") {
  struct Row {
    std::int32_t version;
    const char* first;
    const char* last;
  };
  for (const Row& row : {Row{1, "", ""}, Row{2, "1.3", "1.10"}, Row{3, "1.11", "1.15"}, Row{4, "1.16", "1.20"},
                         Row{5, "2.0", "2.0"}, Row{6, "2.1", ""}, Row{7, "2.4", ""}, Row{8, "", ""}}) {
    INFO("version " << row.version);
    CHECK(writers_of_metadata_version(row.version).first == row.first);
    CHECK(writers_of_metadata_version(row.version).last == row.last);
  }
}

TEST_CASE("Kinds of state have the names that reports use") {
  CHECK(to_string(StateKind::keyed) == std::string("keyed"));
  CHECK(to_string(StateKind::timer) == std::string("timer"));
  CHECK(to_string(StateKind::operator_list) == std::string("operator-list"));
  CHECK(to_string(StateKind::operator_union) == std::string("operator-union"));
  CHECK(to_string(StateKind::broadcast) == std::string("broadcast"));
  CHECK(to_string(StateKind::raw_keyed) == std::string("raw-keyed"));
  CHECK(to_string(StateKind::raw_operator) == std::string("raw-operator"));
  CHECK(to_string(StateKind::coordinator) == std::string("coordinator"));
}
