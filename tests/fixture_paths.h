#pragma once

#include <filesystem>

namespace preflight::test {

/// The committed artefacts that real Flink releases made.
inline std::filesystem::path fixtures() {
  return FLINK_PREFLIGHT_FIXTURES;
}

/// The folder that FLINK_PREFLIGHT_CORPUS names, or an empty path: tests that need it then say that they skip.
inline std::filesystem::path corpus() {
  return FLINK_PREFLIGHT_CORPUS;
}

}  // namespace preflight::test
