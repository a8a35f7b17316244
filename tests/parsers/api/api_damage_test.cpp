#include <catch2/catch.hpp>

#include "api/api_index_writer.h"
#include "parsers/api/api_text.h"
#include "parsers/api/random_classes.h"

using namespace preflight;
using preflight::test::RandomClasses;
using preflight::test::text_of;

namespace {

std::vector<std::byte> index_bytes(unsigned seed) {
  const RandomClasses made(seed);
  return write_api_index(made.releases, made.classes);
}

/// Reads everything there is to read: nothing but InputError may come of it.
std::optional<InputErrorKind> read_all(const std::vector<std::byte>& bytes) {
  try {
    text_of(ApiIndex::read(bytes, {"damaged.api"}));
  } catch (const InputError& error) {
    return error.kind();
  }
  return std::nullopt;
}

InputErrorKind refusal_of(const std::vector<std::byte>& bytes) {
  const auto kind = read_all(bytes);
  REQUIRE(kind.has_value());
  return *kind;
}

}  // namespace

TEST_CASE("Each byte of an index may be anything: it is refused or read, and nothing else happens") {
  // The small index is stored as it is, so that damage reaches the reader of blocks; the other is compressed.
  const std::vector<ApiClass> small{{.name = "a.B",
                                     .forms = {{.access_flags = 1, .super_class = "a.C", .module = "m"}},
                                     .members = {{.name = "x", .descriptor = "(I)La/B;"}}}};
  for (const std::vector<std::byte>& good :
       {write_api_index(std::vector<ApiRelease>{{"flink", "1.20.0"}}, small), index_bytes(3), index_bytes(11)}) {
    REQUIRE(read_all(good) == std::nullopt);
    for (std::size_t i = 0; i < good.size(); ++i)
      for (const int damage : {0x01, 0x10, 0x80, 0x7F, 0xFF}) {
        std::vector<std::byte> bytes = good;
        bytes[i] ^= static_cast<std::byte>(damage);
        read_all(bytes);
      }
  }
}

TEST_CASE("An index that ends early is refused") {
  const std::vector<std::byte> good = index_bytes(3);
  for (std::size_t size = 0; size < good.size(); ++size) {
    INFO("first " << size << " bytes");
    REQUIRE(read_all({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}).has_value());
  }
}

TEST_CASE("What is no index, or one of a later format, is named as such") {
  std::vector<std::byte> bytes = index_bytes(3);
  CHECK(refusal_of({}) == InputErrorKind::not_this_format);
  CHECK(refusal_of({std::byte{'P'}, std::byte{'K'}}) == InputErrorKind::not_this_format);
  bytes.push_back(std::byte{0});
  CHECK(refusal_of(bytes) == InputErrorKind::corrupt);
  bytes.pop_back();
  bytes[5] = std::byte{99};
  CHECK(refusal_of(bytes) == InputErrorKind::unsupported);
}

TEST_CASE("A size that the file cannot account for is refused before memory is taken for it") {
  // A header that claims to hold 2^40 bytes, and one of 16 MiB that are not there.
  const auto file = [](std::initializer_list<int> behind_version) {
    std::vector<std::byte> bytes;
    for (const char c : std::string("FPAPI\1"))
      bytes.push_back(static_cast<std::byte>(c));
    for (const int byte : behind_version)
      bytes.push_back(static_cast<std::byte>(byte));
    return bytes;
  };
  CHECK(refusal_of(file({0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0})) == InputErrorKind::over_limit);
  CHECK(refusal_of(file({0x80, 0x80, 0x80, 0x08, 0})) == InputErrorKind::truncated);
  CHECK(refusal_of(file({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F})) == InputErrorKind::corrupt);
}

TEST_CASE("The writer refuses what no reader could make sense of") {
  const std::vector<ApiRelease> releases{{"flink", "1"}, {"java", "8"}};
  const auto form = [](ApiSpan span) { return ApiClassForm{.span = span, .module = "m"}; };
  CHECK_THROWS_AS(write_api_index(releases, {{.name = "A", .forms = {form({0, 1})}}}), std::invalid_argument);
  CHECK_THROWS_AS(write_api_index(releases, {{.name = "A", .forms = {form({2, 2})}}}), std::invalid_argument);
  for (const char* descriptor : {"", "L", "La", "Q", "[", "(I", "()", "()VV", "II"})
    CHECK_THROWS_AS(
        write_api_index(releases,
                        {{.name = "A", .forms = {form({0, 0})}, .members = {{.name = "x", .descriptor = descriptor}}}}),
        std::invalid_argument);
  CHECK_THROWS_AS(write_api_index(std::vector<ApiRelease>{{"a", "1"}, {"b", "1"}, {"a", "2"}}, {}),
                  std::invalid_argument);
}
