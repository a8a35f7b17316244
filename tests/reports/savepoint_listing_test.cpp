#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <limits>

#include "golden.h"
#include "rendered.h"
#include "sample_reports.h"
#include "savepoint_wording.h"

namespace preflight {
namespace {

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

}  // namespace

TEST_CASE("inspect savepoint as JSON") {
  check_golden("savepoint.json", json_of(sample_savepoint()));
}

TEST_CASE("inspect savepoint as JSON says what is not known") {
  const rapidjson::Document json = parsed(json_of(sample_savepoint()));
  const rapidjson::Value& operators = json["operators"];
  CHECK(operators[0]["coordinator_state_bytes"].IsNull());
  CHECK(operators[1]["uid"].IsNull());
  CHECK(operators[1]["key_serializer"].IsNull());
  CHECK(operators[1]["unread"].Size() == 1);
  CHECK(operators[0]["states"][0]["serializers"]["value"]["fields"][3]["serializer"].IsNull());
  CHECK(operators[1]["states"][1]["backend_state_type"].IsNull());
}

TEST_CASE("inspect savepoint as JSON of a hostile savepoint can be parsed") {
  const rapidjson::Document json = parsed(json_of(hostile_savepoint()));
  CHECK(json["properties"].IsNull());
  CHECK(json["operators"][0]["name"].GetString() == std::string(hostile::kEscapes));
}

TEST_CASE("inspect savepoint as text") {
  check_golden("savepoint.txt", text_of(sample_savepoint(), {}));
  check_golden("savepoint.quiet.txt", text_of(sample_savepoint(), {.quiet = true}));
  check_golden("savepoint.hostile.txt", text_of(hostile_savepoint(), {}));
}

TEST_CASE("inspect savepoint as text names every operator, state and unread part") {
  const Savepoint savepoint = sample_savepoint();
  const std::string text = text_of(savepoint, {.columns = 1000});
  for (const OperatorState& state : savepoint.operators) {
    CHECK_THAT(text, Catch::Contains(state.id.hex()));
    for (const State& one : state.states)
      CHECK_THAT(text, Catch::Contains(one.name));
    for (const std::string& reason : state.unread)
      CHECK_THAT(text, Catch::Contains(reason));
  }
}

TEST_CASE("sizes for a reader") {
  struct Row {
    std::uint64_t bytes;
    const char* text;
  };
  const auto row = GENERATE(values<Row>({
      {0, "0 bytes"},
      {1, "1 byte"},
      {1023, "1023 bytes"},
      {1024, "1.0 KiB"},
      {1536, "1.5 KiB"},
      {1048575, "1.0 MiB"},
      {1048576, "1.0 MiB"},
      {std::uint64_t{5} << 40, "5.0 TiB"},
      {std::numeric_limits<std::uint64_t>::max(), "16.0 EiB"},
  }));
  CHECK(size_text(row.bytes) == row.text);
}

}  // namespace preflight
