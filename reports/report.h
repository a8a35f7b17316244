#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assessment.h"
#include "plan/upgrade_plan.h"

namespace preflight {

/// An input as it was read.
struct ReportInput {
  std::string kind;  ///< "application", "pom", "savepoint"
  std::string path;  ///< As given on the command line.
  std::uint64_t bytes = 0;
  std::string sha256;   ///< Of the file; of `_metadata` for a savepoint; empty for standard input.
  std::string summary;  ///< "Flink 1.16 to 1.20 savepoint, 4 operators", "212 classes, entry class com.example.Main"
};

/// All that a report shows. Everything is decided before a writer sees it: the same findings, order and counts appear
/// in each format.
struct Report {
  std::string tool_version;
  std::string table_version;
  std::optional<std::string> from;  ///< "1.20", or a span such as "1.16 to 1.20"
  std::string from_how;
  std::string to;
  std::string platform;
  std::string gate;  ///< One sentence: what --fail-on says about this run.
  bool gate_failed = false;
  std::vector<ReportInput> inputs;
  Assessment assessment;
  /// Findings of the baseline that this run does not have any more.
  std::vector<Finding> fixed = {};
  /// Empty where the release that runs now is not known as one.
  std::optional<UpgradePlan> plan = std::nullopt;
  /// The configuration file that options were taken from, and what it set; empty where there is none.
  std::string configuration = {};
};

}  // namespace preflight
