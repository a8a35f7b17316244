#include "input/text_store.h"

#include <catch2/catch.hpp>

#include "input/text_numbers.h"

using namespace preflight;

namespace {

/// Texts of many sizes, so that chunks are filled, and some have one of their own.
std::vector<std::string> many_texts(char letter) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 2'000; ++i)
    texts.push_back(std::string(i % 97, letter) + std::to_string(i));
  texts.emplace_back(100'000, letter);
  texts.emplace_back("");
  return texts;
}

std::vector<std::string_view> keep_all(TextStore& store, const std::vector<std::string>& texts) {
  std::vector<std::string_view> kept;
  for (const std::string& text : texts)
    kept.push_back(store.keep(text));
  return kept;
}

bool equal(const std::vector<std::string_view>& kept, const std::vector<std::string>& texts) {
  return std::ranges::equal(kept, texts);
}

}  // namespace

TEST_CASE("Views of kept texts stay good when the store moves, grows, and takes over another") {
  const std::vector<std::string> first = many_texts('a');
  const std::vector<std::string> second = many_texts('b');
  const std::vector<std::string> third = many_texts('c');
  TextStore store;
  const auto first_kept = keep_all(store, first);
  TextStore moved = std::move(store);
  const auto second_kept = keep_all(moved, second);
  TextStore other;
  const auto third_kept = keep_all(other, third);
  moved.take_over(std::move(other));
  const auto again_kept = keep_all(moved, first);
  CHECK(equal(first_kept, first));
  CHECK(equal(second_kept, second));
  CHECK(equal(third_kept, third));
  CHECK(equal(again_kept, first));
}

TEST_CASE("Numbers of texts that stand elsewhere") {
  const std::vector<std::string> texts = many_texts('a');
  TextNumbers numbers;
  CHECK(numbers.find("a") == std::nullopt);
  for (std::uint32_t i = 0; i < texts.size(); ++i)
    REQUIRE(numbers.add(texts[i]) == i);
  CHECK(numbers.size() == texts.size());
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    REQUIRE(numbers.find(texts[i]) == i);
    REQUIRE(numbers[i].data() == texts[i].data());  // Nothing was copied.
  }

  // Of a text that does not last a view that does is asked for, and only where it is new.
  std::vector<std::string> kept;
  const auto keep = [&](std::string_view text) -> std::string_view { return kept.emplace_back(text); };
  CHECK(numbers.add(std::string("new"), keep) == texts.size());
  CHECK(numbers.add(std::string("new"), keep) == texts.size());
  CHECK(numbers.add(std::string(texts.front()), keep) == 0);
  CHECK(kept == std::vector<std::string>{"new"});
}
