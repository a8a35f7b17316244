#include "calendar_day.h"

#include <catch2/catch.hpp>

using namespace preflight;

TEST_CASE("A moment is read as tools write it") {
  struct Row {
    const char* text;
    std::int64_t seconds;  ///< Since 1970.
  };
  const auto row = GENERATE(values<Row>({{"1970-01-01T00:00:00Z", 0},
                                         {"2026-11-29T12:00:00Z", 1'795'953'600},
                                         {"2026-11-29T13:00:00+01:00", 1'795'953'600},
                                         {"2026-11-29T04:00:00.123000-0800", 1'795'953'600},
                                         {"2024-02-29T23:59:60Z", 1'709'251'200},
                                         {"1795953600", 1'795'953'600},
                                         {"1795953600.999", 1'795'953'600}}));
  CAPTURE(row.text);
  const auto read = timestamp(row.text);
  REQUIRE(read);
  CHECK(read->time_since_epoch().count() == row.seconds);
}

TEST_CASE("What is no moment, or one whose zone is open, is none") {
  const auto text =
      GENERATE(as<std::string>{}, "", "Z", "yesterday", "-1", "1e9", "1795953600.", "1795953600 ", "99999999999999",
               "2026-11-29", "2026-11-29T12:00:00", "2026-11-29 12:00:00Z", "2026-02-30T12:00:00Z",
               "2026-11-29T24:00:00Z", "2026-11-29T12:60:00Z", "2026-11-29T12:00:61Z", "2026-11-29T12:00:00.Z",
               "2026-11-29T12:00Z", "2026-11-29T12:00:00+1", "2026-11-29T12:00:00+25:00", "2026-11-29T12:00:00ZZ");
  CAPTURE(text);
  CHECK(!timestamp(text));
}

TEST_CASE("A day has its separator") {
  CHECK(calendar_day("2026.11.29", '.') == calendar_day("2026-11-29"));
  CHECK(!calendar_day("2026.11.29"));
}
