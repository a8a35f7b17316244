#pragma once

#include <functional>
#include <vector>

#include "java_bytes.h"

namespace preflight::test {

/// A `_metadata` that is made to take as much memory as it can for its size.
struct HostileSavepoint {
  const char* name;
  const char*
      outcome;  ///< Part of what it is refused with, or of the first reason for a part that is not read; "read".
  std::function<JavaBytes()> make;
};

const std::vector<HostileSavepoint>& hostile_savepoints();

}  // namespace preflight::test
