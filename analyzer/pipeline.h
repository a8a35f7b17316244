#pragma once

#include <string>
#include <vector>

#include "check_options.h"
#include "pom_patch.h"
#include "report.h"

namespace preflight {

/// The result of a check: a report, or the messages of every input that could not be read.
struct CheckResult {
  std::optional<Report> report;
  PomPatch patch;                         ///< What the report's edits come to.
  std::vector<std::string> input_errors;  ///< One printable line each; empty when there is a report.
};

/// Reads the inputs, judges them and settles the report. Nothing is written.
CheckResult run_check(const CheckOptions& options);

}  // namespace preflight
