#include "golden.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fixture_paths.h"

namespace preflight {

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void check_golden(const std::string& name, const std::string& rendered) {
  const std::string path = (test::sources() / "tests/reports/golden" / name).string();
  const std::string expected = text_of_file(path);
  const char* update = std::getenv("FLINK_PREFLIGHT_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1" && expected != rendered)
    std::ofstream(path, std::ios::binary) << rendered;
  INFO("golden file " << path << "; FLINK_PREFLIGHT_UPDATE_GOLDEN=1 rewrites it");
  CHECK(rendered == expected);
}

}  // namespace preflight
