#include "java_source.h"

#include <catch2/catch.hpp>

using namespace preflight;

TEST_CASE("A descriptor as Java writes the type") {
  struct Row {
    std::string_view descriptor, type;
  };
  const Row row = GENERATE(Row{"I", "int"}, Row{"V", "void"}, Row{"[[Z", "boolean[][]"},
                           Row{"[Ljava/util/Map$Entry;", "Map.Entry[]"}, Row{"X", "?"}, Row{"[x", "?[]"});
  INFO(row.descriptor);
  CHECK(java_type(row.descriptor, NameLength::simple) == row.type);
}
