#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/document.h>
#include <rapidjson/istreamwrapper.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>

#include "fixture_paths.h"
#include "savepoint/savepoint.h"

using namespace preflight;

namespace {

namespace fs = std::filesystem;
using Json = rapidjson::Value;
using Texts = std::vector<std::string>;

Texts texts_of(const Json& list) {
  Texts texts;
  for (const Json& text : list.GetArray())
    texts.emplace_back(text.GetString());
  return texts;
}

Texts list_parameter(const SerializerSnapshot& snapshot, const std::string& name) {
  for (const SnapshotParameter& parameter : snapshot.parameters)
    if (parameter.name == name && std::holds_alternative<Texts>(parameter.value))
      return std::get<Texts>(parameter.value);
  return {};
}

/// Collects where a snapshot differs from what Flink's own reader found.
class Comparison {
 public:
  void compare(const std::string& path, const Json& expected, const SerializerSnapshot& found) {
    expect(path, expected["snapshot"].GetString(), found.snapshot_class);
    for (const auto& [key, parameter] : {std::pair("type", "class"), std::pair("schema", "schema")})
      if (const std::string* text = string_parameter(found, parameter); expected.HasMember(key))
        expect(path + " " + key, expected[key].GetString(), text == nullptr ? "nothing" : *text);
    for (const char* key : {"constants", "registrations"})
      if (expected.HasMember(key))
        expect(path + " " + key, fmt::format("{}", fmt::join(texts_of(expected[key]), ", ")),
               fmt::format("{}", fmt::join(list_parameter(found, key), ", ")));
    compare_fields(path, expected, found);
    if (expected.HasMember("nested"))
      compare_nested(path, expected["nested"], found.nested);
  }

  void expect(const std::string& path, const std::string& expected, const std::string& found) {
    if (expected != found)
      differences_.push_back(fmt::format("{}: expected {}, found {}", path, expected, found));
  }

  const Texts& differences() const { return differences_; }

 private:
  void compare_fields(const std::string& path, const Json& expected, const SerializerSnapshot& found) {
    const std::size_t fields = expected.HasMember("fields") ? expected["fields"].MemberCount() : 0;
    expect(path + " number of fields", std::to_string(fields), std::to_string(found.fields.size()));
    for (const SerializerField& field : found.fields) {
      const std::string field_path = path + "." + field.name;
      if (!expected.HasMember("fields") || !expected["fields"].HasMember(field.name.c_str()))
        expect(field_path, "no such field", "one");
      else if (field.serializer.empty())
        expect(field_path, "a serializer", "none");
      else
        compare(field_path, expected["fields"][field.name.c_str()], field.serializer[0]);
    }
  }

  void compare_nested(const std::string& path, const Json& expected, const std::vector<SerializerSnapshot>& found) {
    expect(path + " number of nested snapshots", std::to_string(expected.Size()), std::to_string(found.size()));
    for (rapidjson::SizeType i = 0; i < std::min<std::size_t>(expected.Size(), found.size()); ++i)
      compare(fmt::format("{}[{}]", path, i), expected[i], found[i]);
  }

  Texts differences_;
};

StateKind kind_of(const Json& state) {
  const std::string type = state["backend_state_type"].GetString();
  if (type == "PRIORITY_QUEUE")
    return StateKind::timer;
  if (type == "BROADCAST")
    return StateKind::broadcast;
  if (type != "OPERATOR")
    return StateKind::keyed;
  const bool is_union = std::string(state["options"]["OPERATOR_STATE_DISTRIBUTION_MODE"].GetString()) == "UNION";
  return is_union ? StateKind::operator_union : StateKind::operator_list;
}

const std::optional<SerializerSnapshot>& serializer_of(const State& state, const std::string& key) {
  if (key == "KEY_SERIALIZER")
    return state.key;
  if (key == "NAMESPACE_SERIALIZER")
    return state.namespace_serializer;
  return state.element ? state.element : state.value;
}

/// What an operator has that Flink found no name for.
bool is_in_no_header(const State& state) {
  return state.kind == StateKind::coordinator || state.kind == StateKind::raw_keyed ||
         state.kind == StateKind::raw_operator;
}

std::string text_or_null(const Json& text) {
  return text.IsNull() ? "null" : text.GetString();
}

/// Whether Flink refuses to leave this operator behind: an empty handle counts.
bool has_state(const Json& expected) {
  return !expected["coordinator_state_bytes"].IsNull() || !expected["handles"].ObjectEmpty() ||
         expected.HasMember("empty_operator_state") || expected.HasMember("raw_keyed_state") ||
         expected.HasMember("raw_operator_state") || expected.HasMember("input_channel_state") ||
         expected.HasMember("result_subpartition_state");
}

struct Counts {
  int savepoints = 0;
  int operators = 0;
  int states = 0;                      ///< As Flink's own reader found them.
  std::map<std::string, int> read;     ///< States of each kind that were found with the same serializers.
  std::map<std::string, int> changed;  ///< Found in changes alone, which Flink's reader of headers does not see.
  std::map<std::string, int> named;    ///< Found by name alone.
  std::map<std::string, int> missing;  ///< Not found.
  std::set<std::string> unread;        ///< Ends of the reasons.
};

/// "16 keyed, 4 timer".
std::string text_of(const std::map<std::string, int>& numbers) {
  Texts texts;
  for (const auto& [kind, number] : numbers)
    texts.push_back(fmt::format("{} {}", number, kind));
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// Compares an operator with what Flink's own readers found in it.
void compare_operator(const Json& expected, const OperatorState& found, Comparison& comparison, Counts& counts) {
  const std::string id = expected["operator_id"].GetString();
  comparison.expect(id + " uid", text_or_null(expected["recorded_uid"]), found.uid.value_or("null"));
  comparison.expect(id + " name", text_or_null(expected["recorded_name"]), found.name.value_or("null"));
  const auto expect_number = [&](const char* what, std::int64_t number, std::int64_t found_number) {
    comparison.expect(id + " " + what, std::to_string(number), std::to_string(found_number));
  };
  expect_number("parallelism", expected["parallelism"].GetInt(), found.parallelism);
  expect_number("max parallelism", expected["max_parallelism"].GetInt(), found.max_parallelism);
  expect_number("fully finished", expected.HasMember("fully_finished"), found.fully_finished);
  expect_number("finished subtasks", expected.HasMember("finished_subtasks") ? expected["finished_subtasks"].Size() : 0,
                found.finished_subtasks);
  expect_number("states that differ", 0,
                std::count_if(found.states.begin(), found.states.end(),
                              [](const State& state) { return state.differs_between_subtasks; }));
  expect_number("has state", has_state(expected), found.has_state);
  expect_number("has channel state",
                expected.HasMember("input_channel_state") || expected.HasMember("result_subpartition_state"),
                found.has_channel_state);
  const Json& coordinator = expected["coordinator_state_bytes"];
  expect_number("coordinator state", coordinator.IsNull() ? -1 : coordinator.GetInt64(),
                found.coordinator_state_bytes ? static_cast<std::int64_t>(*found.coordinator_state_bytes) : -1);
  if (found.key_serializer && !expected["key_serializer"].IsNull())
    comparison.compare(id + " key", expected["key_serializer"], *found.key_serializer);
  else
    expect_number("key serializer", !expected["key_serializer"].IsNull(), found.key_serializer.has_value());

  std::map<std::pair<StateKind, std::string>, const State*> states;
  for (const State& state : found.states)
    if (!is_in_no_header(state))
      states[{state.kind, state.name}] = &state;
  for (const Json& state : expected["states"].GetArray()) {
    const StateKind kind = kind_of(state);
    const std::string name = state["name"].GetString();
    const auto place = states.find({kind, name});
    if (place == states.end()) {
      ++counts.missing[to_string(kind)];
      continue;
    }
    const State& read = *place->second;
    states.erase(place);
    ++(read.backend_state_type.empty() || !(read.value || read.element) ? counts.named : counts.read)[to_string(kind)];
    for (const auto& [key, snapshot] : state["serializers"].GetObject())
      if (const auto& serializer = serializer_of(read, key.GetString()))
        comparison.compare(fmt::format("{} {} {}", id, name, key.GetString()), snapshot, *serializer);
  }
  for (const auto& [kind_and_name, state] : states)
    ++(expected.HasMember("changes") ? counts.changed : counts.missing)[to_string(state->kind)];
  for (const std::string& reason : found.unread)
    counts.unread.insert(reason.substr(reason.find("expected")));
  counts.states += static_cast<int>(expected["states"].Size());
}

/// Compares a savepoint with the description beside it.
void compare_savepoint(const fs::path& description, Counts& counts) {
  std::ifstream file(description);
  rapidjson::IStreamWrapper stream(file);
  rapidjson::Document document;
  document.ParseStream(stream);
  REQUIRE_FALSE(document.HasParseError());
  const Json& content = document["content"];
  const fs::path folder = fs::path(description).replace_extension();
  const Savepoint savepoint = read_savepoint(fs::exists(folder / "chk") ? folder / "chk" : folder);
  CHECK(savepoint.metadata_version == content["metadata_version"].GetInt());
  CHECK(savepoint.checkpoint_id == content["checkpoint_id"].GetInt64());
  REQUIRE(savepoint.operators.size() == content["operators"].Size());
  std::map<std::string, const OperatorState*> found;
  for (const OperatorState& state : savepoint.operators)
    found[state.id.hex()] = &state;
  Comparison comparison;
  for (const Json& expected : content["operators"].GetArray()) {
    const auto place = found.find(expected["operator_id"].GetString());
    REQUIRE(place != found.end());
    compare_operator(expected, *place->second, comparison, counts);
  }
  CHECK(comparison.differences() == Texts{});
  ++counts.savepoints;
  counts.operators += static_cast<int>(savepoint.operators.size());
}

Counts compare_group(const std::string& group) {
  Counts counts;
  for (const auto& entry : fs::recursive_directory_iterator(test::fixtures() / "savepoints" / group)) {
    if (entry.path().extension() != ".json")
      continue;
    INFO(entry.path().string());
    compare_savepoint(entry.path(), counts);
  }
  return counts;
}

}  // namespace

TEST_CASE("Savepoints and checkpoints have what Flink's own readers find in them") {
  struct Row {
    const char* group;
    int savepoints;
    int operators;
    int states;
    std::string read{};
    std::string changed{};
    std::string named{};
    std::string missing{};
    std::set<std::string> unread{};
  };
  // Without state of their own in a header: coordinators, raw state. The changelog in memory was never materialized:
  // its states are in changes alone. Nobody knows how long a snapshot that a user wrote is: it ends what can be read of
  // its stream, so that it and what follows is known by name at most, which keyed state has nowhere else.
  const std::vector<Row> rows = {
      {"states", 22, 374, 726, "22 broadcast, 330 keyed, 44 operator-list, 22 operator-union, 308 timer"},
      {"types", 2, 38, 130, "106 keyed, 4 operator-list, 20 timer"},
      {"checkpoints", 18, 160, 200, "6 broadcast, 100 keyed, 30 operator-list, 12 operator-union, 52 timer",
       "12 keyed"},
      {"backpressure", 3, 12, 12, "3 keyed, 3 operator-list, 6 timer"},
      {"moved", 4, 36, 48, "2 broadcast, 26 keyed, 6 operator-list, 2 operator-union, 12 timer"},
      {"finished", 4, 32, 20, "4 keyed, 8 operator-list, 8 timer"},
      {"many", 2, 12, 8, "2 keyed, 2 operator-list, 4 timer"},
      {"patterns", 3, 15, 25, "16 keyed, 3 operator-list, 6 timer"},
      {"oddities",
       4,
       32,
       36,
       "6 keyed, 8 operator-list",
       "",
       "4 keyed, 4 operator-list, 4 operator-union",
       "2 keyed, 8 timer",
       {"expected a known serializer snapshot class, found com.example.corners.Odd$OddSnapshot version 7"}},
      {"counts", 2, 8, 8, "2 keyed, 2 operator-list, 4 timer"},
      {"filtered-counts", 2, 14, 8, "2 keyed, 2 operator-list, 4 timer"},
      {"kryo-shapes", 3, 72, 102, "33 keyed, 3 operator-list, 66 timer"},
      {"orders-1.0", 2, 10, 18, "8 keyed, 2 operator-list, 8 timer"},
      {"visits-1.18", 2, 6, 10, "4 keyed, 2 operator-list, 4 timer"},
      {"visits-1.20", 1, 3, 5, "2 keyed, 1 operator-list, 2 timer"},
      {"visits-2.2", 1, 3, 5, "2 keyed, 1 operator-list, 2 timer"},
  };
  for (const Row& row : rows) {
    INFO(row.group);
    const Counts found = compare_group(row.group);
    CHECK(found.savepoints == row.savepoints);
    CHECK(found.operators == row.operators);
    CHECK(found.states == row.states);
    CHECK(text_of(found.read) == row.read);
    CHECK(text_of(found.changed) == row.changed);
    CHECK(text_of(found.named) == row.named);
    CHECK(text_of(found.missing) == row.missing);
    CHECK(found.unread == row.unread);
  }
}

TEST_CASE("All of 130 subtasks are counted") {
  for (const char* release : {"1.20", "2.2"}) {
    INFO(release);
    const Savepoint savepoint = read_savepoint(test::fixtures() / "savepoints/many" / release / "hashmap-canonical");
    const auto tally = std::ranges::find(savepoint.operators, operator_id_of_uid("tally"), &OperatorState::id);
    REQUIRE(tally != savepoint.operators.end());
    CHECK(tally->subtasks_with_state == 130);
    CHECK(tally->max_parallelism == 256);
    CHECK(tally->states.size() == 3);
  }
}

TEST_CASE("Metadata of each release is of the version that it writes") {
  for (const auto& [release, version] : std::map<std::string, int>{
           {"1.15", 3}, {"1.18", 4}, {"1.20", 4}, {"2.0", 5}, {"2.1", 6}, {"2.2", 6}, {"2.3", 6}}) {
    INFO(release);
    CHECK(read_savepoint(test::fixtures() / "savepoints/states" / release / "hashmap-canonical").metadata_version ==
          version);
  }
}
