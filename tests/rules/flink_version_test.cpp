#include "flink_version.h"

#include <catch2/catch.hpp>

using namespace preflight;

TEST_CASE("A Flink release is read in every spelling that users have for it") {
  struct Row {
    const char* text;
    const char* expected;  ///< nullptr: not a release
  };
  const Row row = GENERATE(values<Row>({
      {"2.2", "2.2"},
      {"1.20.3", "1.20.3"},
      {"FLINK-1_20", "1.20"},
      {"v1_18", "1.18"},
      {"2.2-SNAPSHOT", "2.2"},
      {"1.20.0-rc1", "1.20.0"},
      {"flink-1.15", "1.15"},
      {"2", nullptr},
      {"2.", nullptr},
      {"", nullptr},
      {"latest", nullptr},
      {"1.20.", nullptr},
      {"1.20x", nullptr},
      {"-1.20", nullptr},
      {"1.2000", nullptr},
      {"1.20.1.2", nullptr},
      {"99999999999.1", nullptr},
      {"1.20-", nullptr},
  }));
  INFO(row.text);
  const auto version = FlinkVersion::parse(row.text);
  REQUIRE(version.has_value() == (row.expected != nullptr));
  if (version)
    CHECK(version->text() == row.expected);
}

TEST_CASE("Releases compare by minor") {
  const auto version = [](const char* text) { return FlinkVersion::parse(text).value(); };
  CHECK(version("1.9") < version("1.10"));
  CHECK(version("1.20") < version("2.0"));
  CHECK(version("1.20.1") == version("1.20.3"));
}

TEST_CASE("A source release is one release or a span") {
  const auto version = [](const char* text) { return FlinkVersion::parse(text).value(); };
  CHECK(SourceRelease{version("1.20.1"), version("1.20.1"), ""}.text() == "1.20.1");
  CHECK(SourceRelease{version("1.16"), version("1.20"), ""}.text() == "1.16 to 1.20");
}
