#pragma once

#include <string>

namespace preflight {

/// Compares `rendered` with tests/reports/golden/NAME. With FLINK_PREFLIGHT_UPDATE_GOLDEN=1 in the environment the file
/// is written instead, and the test fails unless it already had these bytes, so that a changed golden is looked at.
void check_golden(const std::string& name, const std::string& rendered);

/// The whole of a text file of the source tree.
std::string text_of_file(const std::string& path);

}  // namespace preflight
