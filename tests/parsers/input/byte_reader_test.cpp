#include "input/byte_reader.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace preflight;

namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (const int value : values)
    bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

const InputPlace kPlace{"test.bin"};

}  // namespace

TEST_CASE("ByteReader reads big-endian integers as DataOutput writes them") {
  const auto bytes = bytes_of({0xFF, 0x12, 0x34, 0x80, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 1});
  ByteReader reader(bytes, kPlace);
  CHECK(reader.i1("byte") == -1);
  CHECK(reader.u2("short") == 0x1234);
  CHECK(reader.i4("int") == -0x7FFFFFFF);
  CHECK(reader.u8("long") == 0x7FFFFFFFFFFFFFFEULL);
  CHECK(reader.boolean("boolean"));
  CHECK(reader.at_end());
}

TEST_CASE("ByteReader names place, offset and expectation of what does not fit") {
  const auto bytes = bytes_of({1, 2, 3});
  ByteReader reader(bytes, kPlace, 100);
  reader.u1("version");
  CHECK_THROWS_WITH(reader.u4("magic"), "test.bin, offset 101: expected magic (4 bytes), found 2 left");
  CHECK(reader.remaining() == 2);
}

TEST_CASE("ByteReader refuses counts that the bytes left cannot hold") {
  struct Row {
    const char* name;
    std::vector<std::byte> bytes;
    std::uint64_t smallest;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"negative", bytes_of({0xFF, 0xFF, 0xFF, 0xFF}), 1,
       "test.bin, offset 0: expected number of states of at least 0, found -1"},
      {"largest", bytes_of({0x7F, 0xFF, 0xFF, 0xFF, 0}), 1,
       "test.bin, offset 0: expected number of states that fits the 1 bytes left, found 2147483647"},
      {"one too many", bytes_of({0, 0, 0, 2, 0, 0, 0}), 2,
       "test.bin, offset 0: expected number of states that fits the 3 bytes left, found 2"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ByteReader reader(row.bytes, kPlace);
    CHECK_THROWS_WITH(reader.count(row.smallest, "number of states"), row.message);
  }
  const auto fits = bytes_of({0, 0, 0, 2, 0, 0, 0, 0});
  CHECK(ByteReader(fits, kPlace).count(2, "number of states") == 2);
}

TEST_CASE("A slice cannot reach outside itself and keeps absolute offsets") {
  const auto bytes = bytes_of({9, 1, 2, 3});
  ByteReader reader(bytes, kPlace);
  reader.u1("tag");
  ByteReader slice = reader.slice(2, "attribute");
  CHECK(slice.offset() == 1);
  CHECK_THROWS_WITH(slice.u4("length"), "test.bin, offset 1: expected length (4 bytes), found 2 left");
  CHECK(reader.u1("next") == 3);
}

TEST_CASE("Modified UTF-8 becomes UTF-8") {
  struct Row {
    const char* name;
    std::vector<std::byte> bytes;
    std::string text;
  };
  const std::vector<Row> rows = {
      {"ASCII", bytes_of({'a', 'b'}), "ab"},
      {"encoded zero", bytes_of({0xC0, 0x80}), std::string(1, '\0')},
      {"two and three bytes", bytes_of({0xC3, 0xB6, 0xE6, 0x97, 0xA5}), "\xC3\xB6\xE6\x97\xA5"},
      {"surrogate pair", bytes_of({0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80}), "\xF0\x9F\x98\x80"},
      {"lone surrogate", bytes_of({0xED, 0xA0, 0xBD, 'x'}), "\xEF\xBF\xBDx"},
      {"raw zero", bytes_of({0, 'x'}), "\xEF\xBF\xBDx"},
      {"cut sequence", bytes_of({'x', 0xE6, 0x97}), "x\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(utf8_of_modified_utf8(row.bytes) == row.text);
  }
}

TEST_CASE("printable escapes what could move a terminal's cursor or break a line") {
  CHECK(printable("a\nb\x1B[31m") == "a\\x0Ab\\x1B[31m");
  CHECK(printable("gr\xC3\xB6\xC3\x9F"
                  "e") ==
        "gr\xC3\xB6\xC3\x9F"
        "e");
  CHECK(printable("\xC2\x9B") == "\\xC2\\x9B");
  CHECK(printable("\xFFx\xED\xA0\x80") == "\\xFFx\\xED\\xA0\\x80");
}
