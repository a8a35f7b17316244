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

/// Reads the inputs alone. Returns one printable line for each that could not be read; `upgrade` is of use only where
/// there is none.
std::vector<std::string> read_upgrade(const CheckOptions& options, Upgrade& upgrade);

}  // namespace preflight
