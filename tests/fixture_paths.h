#pragma once

#include <filesystem>

// Where the tests' files are. Only fixture_paths.cpp is compiled with the paths of this checkout, so that a compiler
// cache serves the tests of every other one too.
namespace preflight::test {

/// The root of the project's sources.
std::filesystem::path sources();

/// The committed artefacts that real Flink releases made.
std::filesystem::path fixtures();

/// The folder that FLINK_PREFLIGHT_CORPUS names, or an empty path: tests that need it then say that they skip.
std::filesystem::path corpus();

}  // namespace preflight::test
