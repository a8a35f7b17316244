#include "subject_pattern.h"

#include <catch2/catch.hpp>
#include <string>

using namespace preflight;

TEST_CASE("Patterns of subjects") {
  struct Row {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Row row = GENERATE(values<Row>({
      {"", "", true},
      {"", "a", false},
      {"a", "", false},
      {"a", "a", true},
      {"a", "ab", false},
      {"*", "", true},
      {"*", "anything/at all", true},
      {"**", "x", true},
      {"a*", "a", true},
      {"a*c", "abbbc", true},
      {"a*c", "abbbcd", false},
      {"*.SinkFunction", "org.apache.SinkFunction", true},
      {"*.SinkFunction", "org.apache.RichSinkFunction", false},
      {"*a*b*", "xxaxxbxx", true},
      {"*a*b*", "xxbxxaxx", false},
      {"a?c", "abc", true},
      {"a?c", "ac", false},
      {"a?c",
       "a\xC3\xA9"
       "c",
       true},
      {"a??c",
       "a\xC3\xA9"
       "c",
       false},
      {"?", "\xE7\x8A\xB6", true},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"a\\?c", "a?c", true},
      {"a\\?c", "abc", false},
      {"\\\\", "\\", true},
      {"a\\", "a\\", true},
      {"[ab]", "a", false},
      {"[ab]", "[ab]", true},
  }));
  INFO(row.pattern << " against " << row.text);
  CHECK(matches_pattern(row.pattern, row.text) == row.matches);
}

TEST_CASE("The pattern of a text matches it alone") {
  for (const std::string text : {"plain", "a*b", "what?", "back\\slash", "\\*?", "", "\xFF\xFE*"}) {
    CHECK(matches_pattern(pattern_of(text), text));
    CHECK_FALSE(matches_pattern(pattern_of(text), text + "x"));
    CHECK_FALSE(matches_pattern(pattern_of(text), "x" + text));
  }
  CHECK_FALSE(matches_pattern(pattern_of("a*b"), "aab"));
}

TEST_CASE("A pattern of many stars takes no longer than its product with the text") {
  std::string pattern;
  for (int i = 0; i < 200; ++i)
    pattern += "*a";
  CHECK_FALSE(matches_pattern(pattern + "b", std::string(20'000, 'a')));
  CHECK(matches_pattern(pattern, std::string(20'000, 'a')));
}
