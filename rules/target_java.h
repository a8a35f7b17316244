#pragma once

#include <string>

#include "upgrade.h"

namespace preflight {

/// The Java release that will run the job, and how sure that is.
struct TargetJava {
  int release = 0;     ///< 0 where nothing is known.
  bool exact = false;  ///< The platform fixes it; otherwise it is the newest that the Flink release supports.
  std::string why;
};

TargetJava target_java(const Upgrade& upgrade);

}  // namespace preflight
