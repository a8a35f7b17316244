#include "fixture_paths.h"

namespace preflight::test {

std::filesystem::path sources() {
  return FLINK_PREFLIGHT_SOURCES;
}

std::filesystem::path fixtures() {
  return sources() / "fixtures";
}

std::filesystem::path corpus() {
  return FLINK_PREFLIGHT_CORPUS;
}

}  // namespace preflight::test
