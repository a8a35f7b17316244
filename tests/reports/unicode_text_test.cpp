#include "unicode_text.h"

#include <catch2/catch.hpp>

namespace preflight {

TEST_CASE("what a reader sees of a text") {
  struct Row {
    const char* name;
    std::string text;
    std::string visible;
    int width;
  };
  const auto row = GENERATE(values<Row>({
      {"plain", "com.example.Order", "com.example.Order", 17},
      {"empty", "", "", 0},
      {"line feed and escape", "a\n\x1b[0m", "a\\x0A\\x1B[0m", 12},
      {"C1 control", "a\xC2\x9B", "a\\xC2\\x9B", 9},
      {"not UTF-8", "\xFF", "\\xFF", 4},
      {"cut sequence", "a\xE2\x80", "a\\xE2\\x80", 9},
      {"right-to-left override", "a\xE2\x80\xAEz", "a\\u202Ez", 8},
      {"isolates and marks", "\xE2\x81\xA6\xE2\x80\x8F", "\\u2066\\u200F", 12},
      {"zero-width space and joiner", "\xE2\x80\x8B\xE2\x80\x8D", "\\u200B\\u200D", 12},
      {"line separator", "\xE2\x80\xA8", "\\u2028", 6},
      {"tag character outside the basic plane", "\xF3\xA0\x80\x81", "\\uE0001", 7},
      {"accents", "caf\xC3\xA9", "caf\xC3\xA9", 4},
      {"combining accent", "e\xCC\x81", "e\xCC\x81", 1},
      {"wide characters", "\xE7\x8A\xB6\xE6\x85\x8B", "\xE7\x8A\xB6\xE6\x85\x8B", 4},
  }));
  DYNAMIC_SECTION(row.name) {
    CHECK(visible_text(row.text) == row.visible);
    CHECK(display_width(row.visible) == row.width);
  }
}

TEST_CASE("bytes that are not UTF-8 are replaced") {
  CHECK(valid_utf8("abc") == "abc");
  CHECK(valid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(valid_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(valid_utf8("\xF4\x90\x80\x80").find("\xEF\xBF\xBD") == 0);
  CHECK(valid_utf8("\xC0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(valid_utf8(std::string("a\0b", 3)) == std::string("a\0b", 3));
}

}  // namespace preflight
