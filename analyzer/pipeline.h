#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check_options.h"
#include "pom_patch.h"
#include "progress.h"
#include "report.h"

namespace preflight {

/// The result of a check: a report, or the messages of every input that could not be read.
struct CheckResult {
  std::optional<Report> report;
  PomPatch patch;                         ///< What the report's edits come to.
  std::vector<std::string> input_errors;  ///< One printable line each; empty when there is a report.
};

/// What checks have in common. Not for two threads at a time: the index unpacks itself as it is asked.
struct CheckTables {
  std::shared_ptr<const CompatibilityTable> table;
  std::shared_ptr<const ApiIndex> api;
};
/// The built-in tables with those of --table. Throws InputError.
CheckTables read_check_tables(const std::optional<std::filesystem::path>& user_table);

/// Reads the inputs, judges them and settles the report. Nothing is written. `upgrade` is new and gets the facts; its
/// owner may let go of them without destroying each. `tables` are taken where they are given, and otherwise read;
/// `progress` is told what is being done.
CheckResult run_check(const CheckOptions& options, Upgrade& upgrade, const CheckTables* tables = nullptr,
                      Progress* progress = nullptr);

/// Reads the inputs alone. Returns one printable line for each that could not be read; `upgrade` is of use only where
/// there is none.
std::vector<std::string> read_upgrade(const CheckOptions& options, Upgrade& upgrade);

}  // namespace preflight
