#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "api/api_index.h"

using preflight::is_older_version;

TEST_CASE("Versions of a line are ordered by their numbers") {
  // Each is older than all that follow it.
  const std::vector<std::vector<std::string>> lines{
      {"1.8.0", "1.9.3", "1.10.0-rc1", "1.10.0", "1.10.0-vendor-2", "1.10.0-vendor-10", "1.10.1", "2.0-SNAPSHOT", "2.0",
       "2.0.0", "2.0.1"},
      {"3.0.0-1.16", "3.4.0-1.19", "3.4.0-1.20", "3.4.1-1.19", "4.0.0-2.0", "4.0.0-2.1"},
      {"8", "11", "17", "21"},
  };
  for (const std::vector<std::string>& versions : lines)
    for (std::size_t i = 0; i < versions.size(); ++i)
      for (std::size_t j = 0; j < versions.size(); ++j) {
        INFO(versions[i] << " and " << versions[j]);
        CHECK(is_older_version(versions[i], versions[j]) == (i < j));
      }
}

TEST_CASE("A leading zero or a separator makes no other version") {
  CHECK_FALSE(is_older_version("1.02", "1.2"));
  CHECK_FALSE(is_older_version("1.2", "1.02"));
  CHECK_FALSE(is_older_version("1.2", "1-2"));
  CHECK_FALSE(is_older_version("", ""));
  CHECK(is_older_version("", "1"));
}
