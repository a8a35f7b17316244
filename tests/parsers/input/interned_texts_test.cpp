#include "input/interned_texts.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>

using namespace preflight;

TEST_CASE("Texts are numbered in the order in which they are first added") {
  InternedTexts texts;
  CHECK(texts.find("a") == std::nullopt);
  CHECK(texts.add("a") == 0);
  CHECK(texts.add("") == 1);
  CHECK(texts.add("a") == 0);
  CHECK(texts.add(std::string("\0", 1)) == 2);
  CHECK(texts.add("") == 1);
  CHECK(texts.size() == 3);
  CHECK(texts[0] == "a");
  CHECK(texts[1].empty());
  CHECK(texts.find("a") == 0U);
  CHECK(texts.find("b") == std::nullopt);
}

TEST_CASE("Many texts, and texts larger than a block, stay where they are") {
  InternedTexts texts;
  const std::string large(200'000, 'x');
  CHECK(texts.add("first") == 0);
  const std::string_view first = texts[0];
  CHECK(texts.add(large) == 1);
  for (std::uint32_t i = 0; i < 50'000; ++i)
    REQUIRE(texts.add("text" + std::to_string(i)) == i + 2);
  InternedTexts moved = std::move(texts);
  for (std::uint32_t i = 0; i < 50'000; ++i)
    REQUIRE(moved.find("text" + std::to_string(i)) == i + 2);
  CHECK(moved[1] == large);
  CHECK(moved[0].data() == first.data());
}
