#include "sql/serializer_shape.h"

#include <catch2/catch.hpp>

using namespace preflight;

TEST_CASE("The shape of a serializer is read as the table writes it") {
  const auto shape = parse_serializer_shape(
      "MapSerializer<row(input 1 at smallest of rightUpsertKeys), TupleSerializer<any, IntSerializer>>");
  REQUIRE(shape);
  CHECK(shape->name == "MapSerializer");
  REQUIRE(shape->nested.size() == 2);
  REQUIRE(shape->nested[0].row);
  CHECK(shape->nested[0].row->columns == RowShape::Columns::input);
  CHECK(shape->nested[0].row->input == 1);
  CHECK(shape->nested[0].row->path == "rightUpsertKeys");
  CHECK(shape->nested[0].row->smallest);
  CHECK(shape->nested[1].nested[0].any());
  CHECK(shape->nested[1].nested[1].name == "IntSerializer");
}

TEST_CASE("Rows of every kind are read") {
  struct Row {
    const char* text;
    RowShape::Columns columns;
    const char* path;
  };
  using enum RowShape::Columns;
  for (const Row& row : {Row{"row()", none, ""}, Row{"row(any)", any, ""}, Row{"row(sink)", sink, ""},
                         Row{"row(input 0)", input, ""}, Row{"row(input 0 at grouping)", input, "grouping"},
                         Row{"row(accumulators of aggCalls)", accumulators, "aggCalls"}}) {
    INFO(row.text);
    const auto shape = parse_serializer_shape(row.text);
    REQUIRE((shape && shape->row));
    CHECK(shape->row->columns == row.columns);
    CHECK(shape->row->path == row.path);
  }
}

TEST_CASE("What is no shape is refused") {
  for (const char* text : {"", "row(", "row(input)", "row(input 7)", "row(input 0 of x)", "row(input 0 at )", "row(x)",
                           "MapSerializer<", "MapSerializer<>", "MapSerializer<LongSerializer", "LongSerializer>",
                           "MapSerializer<LongSerializer,IntSerializer>"}) {
    INFO(text);
    CHECK_FALSE(parse_serializer_shape(text));
  }
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += "ListSerializer<";
  CHECK_FALSE(parse_serializer_shape(deep));
}
