#include "savepoint/operator_id.h"

#include <catch2/catch.hpp>
#include <set>

#include "fixture_paths.h"
#include "savepoint/automatic_operator_id.h"
#include "savepoint/savepoint.h"

using namespace preflight;

TEST_CASE("An operator ID is the murmur3 hash of its uid") {
  struct Row {
    std::string uid;
    std::string id;
  };
  const std::vector<Row> rows = {
      {"my-map", "46fe65c20d95ac360c296fef8820108c"},
      {"CheckpointingSource1", "69f32d314b97c6f7f9ed7873983167f2"},
      {"first", "adf090656b210b1609ad3203d4ee7329"},
      {"1_source", "d3f21cabc6fe0fdf76c8be915bdb22a2"},
      {"5_over-aggregate", "799fb6ac694d8d3e4d2d09aef49a559e"},
      {"a", "897859f6655555855a890e51483ab5e6"},
      {"", "00000000000000000000000000000000"},
      {"gr\xC3\xB6\xC3\x9F"
       "e-\xE6\x97\xA5\xE6\x9C\xAC",
       "784e434600aca48e7e984bcab0141b01"},
  };
  for (const Row& row : rows) {
    INFO(row.uid);
    CHECK(operator_id_of_uid(row.uid).hex() == row.id);
  }
}

TEST_CASE("An operator ID is read from 32 hex digits and nothing else") {
  const std::string hex = "bc764cd8ddf7a0cff126f51c16239658";
  REQUIRE(OperatorId::from_hex(hex));
  CHECK(OperatorId::from_hex(hex)->hex() == hex);
  CHECK(OperatorId::from_hex("BC764CD8DDF7A0CFF126F51C16239658") == OperatorId::from_hex(hex));
  for (const char* text : {"", "bc764cd8", "bc764cd8ddf7a0cff126f51c1623965", "bc764cd8ddf7a0cff126f51c162396580",
                           "xc764cd8ddf7a0cff126f51c16239658", "bc764cd8-df7a-0cff126f51c1623965"}) {
    INFO(text);
    CHECK_FALSE(OperatorId::from_hex(text));
  }
}

namespace {

OperatorId id_of(const char* hex) {
  return *OperatorId::from_hex(hex);
}

std::vector<OperatorId> operators_of(const std::filesystem::path& savepoint) {
  std::vector<OperatorId> ids;
  for (const OperatorState& state : read_savepoint(savepoint).operators)
    ids.push_back(state.id);
  return ids;
}

const char* const kSource = "bc764cd8ddf7a0cff126f51c16239658";
const char* const kMiddle = "20ba6b65f97481d5570070de90e4e791";
const char* const kLast = "c09dc291fad93d575e015871097bfc60";

}  // namespace

TEST_CASE("Automatic IDs along a chain are told apart by their source") {
  const std::vector<OperatorId> ids = {id_of(kLast), id_of(kMiddle), id_of(kSource), operator_id_of_uid("other")};
  const auto found = recognise_automatic_ids(ids).certain;
  REQUIRE(found.size() == 3);
  CHECK(found.at(id_of(kSource)).position == 0);
  CHECK(found.at(id_of(kSource)).chainable_outputs == 0);
  CHECK(found.at(id_of(kSource)).inputs.empty());
  CHECK(found.at(id_of(kMiddle)).position == 1);
  CHECK(found.at(id_of(kMiddle)).chainable_outputs == 1);
  CHECK(found.at(id_of(kMiddle)).inputs == std::vector{id_of(kSource)});
  CHECK(found.at(id_of(kLast)).position == 2);
  CHECK(found.at(id_of(kLast)).chainable_outputs == 0);
  CHECK(found.at(id_of(kLast)).inputs == std::vector{id_of(kMiddle)});
}

TEST_CASE("A source that chains to one operator is recognised") {
  const std::vector<OperatorId> ids = {id_of("cbc357ccb763df2852fee8c4fc7d55f2")};
  const auto found = recognise_automatic_ids(ids).certain;
  REQUIRE(found.size() == 1);
  CHECK(found.begin()->second.chainable_outputs == 1);
}

TEST_CASE("An automatic ID behind a uid is certain only when the uid is known") {
  struct Row {
    std::string uid;
    const char* id;
    int position;
    int chainable_outputs;
  };
  const std::vector<Row> rows = {
      {"second", "1265f98db15949b4489d98bcba215148", 3, 1},
      {"CheckpointingTimelyStatefulOperator1", "330bf7ad4176e7c36829a4bf9459db07", 6, 0},
  };
  for (const Row& row : rows) {
    INFO(row.uid);
    const OperatorId uid = operator_id_of_uid(row.uid);
    std::vector<OperatorId> ids = {uid, id_of(row.id)};
    for (int i = 0; i < 6; ++i)
      ids.push_back(operator_id_of_uid("unrelated " + std::to_string(i)));
    const AutomaticOperatorIds unsettled = recognise_automatic_ids(ids);
    CHECK(unsettled.certain.empty());
    CHECK(unsettled.possible == std::set{uid, id_of(row.id)});
    const AutomaticOperatorIds settled = recognise_automatic_ids(ids, std::vector{uid});
    CHECK(settled.possible.empty());
    CHECK(settled.exhaustive);
    const auto& found = settled.certain;
    REQUIRE(found.size() == 1);
    CHECK(found.begin()->first == id_of(row.id));
    CHECK(found.begin()->second.position == row.position);
    CHECK(found.begin()->second.chainable_outputs == row.chainable_outputs);
    CHECK(found.begin()->second.inputs == std::vector{uid});
  }
}

TEST_CASE("The job without uids is explained whole, as far as Flink's numbering goes") {
  struct Row {
    const char* savepoint;
    std::size_t operators;
  };
  for (const Row& row : {Row{"counts/1.20/hashmap-canonical", 4}, Row{"counts/2.2/hashmap-canonical", 4},
                         Row{"filtered-counts/1.20/hashmap-canonical", 7}}) {
    INFO(row.savepoint);
    const auto ids = operators_of(test::fixtures() / "savepoints" / row.savepoint);
    const auto found = recognise_automatic_ids(ids).certain;
    CHECK(ids.size() == row.operators);
    CHECK(found.size() == row.operators);
    std::set<int> positions;
    for (const auto& [id, automatic] : found)
      positions.insert(automatic.position);
    CHECK(positions.size() == row.operators);
    CHECK(*positions.rbegin() + 1 == static_cast<int>(row.operators));
  }
}

TEST_CASE("No ID that comes from a uid is taken for an automatic one") {
  for (const char* release : {"1.15", "1.18", "1.20", "2.2"}) {
    INFO(release);
    const auto ids =
        recognise_automatic_ids(operators_of(test::fixtures() / "savepoints/states" / release / "hashmap-native"));
    CHECK(ids.certain.empty());
    CHECK(ids.possible.empty());
  }
}

TEST_CASE("The search for automatic IDs is bounded") {
  std::vector<OperatorId> ids;
  for (int i = 0; i < 5000; ++i)
    ids.push_back(operator_id_of_uid(std::to_string(i)));
  ids.push_back(id_of(kSource));
  CHECK(recognise_automatic_ids(ids).certain.size() == 1);
  CHECK(!recognise_automatic_ids(ids).exhaustive);
  CHECK(recognise_automatic_ids({}).certain.empty());
}
