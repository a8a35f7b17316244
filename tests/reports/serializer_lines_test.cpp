#include "serializer_lines.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace preflight {
namespace {

/// Each line behind two blanks a level, and a mark where it is changed.
std::string drawn(const std::vector<SerializerLine>& lines) {
  std::string text;
  for (const SerializerLine& line : lines)
    text += (line.changed ? "!" : "") + std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + line.text + "\n";
  return text;
}

}  // namespace

TEST_CASE("a serializer as a tree of lines") {
  struct Row {
    const char* name;
    const char* text;
    const char* tree;
  };
  const auto row = GENERATE(values<Row>({
      {"none", "", ""},
      {"a leaf", "LongSerializer", "LongSerializer\n"},
      {"one type stays on its line", "KryoSerializer[a.B]", "KryoSerializer[a.B]\n"},
      {"fields", "PojoSerializer[a.B]{x: LongSerializer, y: StringSerializer}",
       "PojoSerializer[a.B]{\n  x: LongSerializer,\n  y: StringSerializer\n}\n"},
      {"nested", "MapSerializer[StringSerializer, ListSerializer[A[B, C]]]",
       "MapSerializer[\n  StringSerializer,\n  ListSerializer[\n    A[\n      B,\n      C\n    ]\n  ]\n]\n"},
      {"brackets that do not match", "a]}b{c", "a]}b{\n  c\n"},
      {"nothing in it", "A{}", "A{\n}\n"},
  }));
  DYNAMIC_SECTION(row.name) {
    CHECK(drawn(serializer_lines(row.text)) == row.tree);
  }
}

TEST_CASE("what differs between two serializers is marked on both sides") {
  auto before = serializer_lines("P[a.B]{x: Long, y: Int}");
  auto after = serializer_lines("P[a.B]{x: Long, z: Long}");
  mark_changes(before, after);
  CHECK(drawn(before) == "P[a.B]{\n  x: Long,\n!  y: Int\n}\n");
  CHECK(drawn(after) == "P[a.B]{\n  x: Long,\n!  z: Long\n}\n");
}

TEST_CASE("a part that is no longer the last is no other part") {
  auto before = serializer_lines("P{x: Long}");
  auto after = serializer_lines("P{x: Long, y: Long}");
  mark_changes(before, after);
  CHECK(drawn(before) == "P{\n  x: Long\n}\n");
  CHECK(drawn(after) == "P{\n  x: Long,\n!  y: Long\n}\n");
}

TEST_CASE("a name of brackets alone is read in no time") {
  const std::string deep(std::size_t{64} << 10U, '{');
  const std::vector<SerializerLine> lines = serializer_lines(deep);
  CHECK(lines.size() == deep.size());
  CHECK(lines.back().depth == static_cast<int>(deep.size()) - 1);
}

}  // namespace preflight
