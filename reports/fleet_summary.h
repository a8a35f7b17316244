#pragma once

#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "text_report.h"

namespace preflight {

/// What came of a fleet: the names of its applications, and no reports.
struct FleetSummary {
  std::vector<std::string> can_go;
  std::vector<std::string> blocked;
  std::vector<std::string> unread;  ///< Their lines of the manifest, or their inputs, could not be read.
  std::size_t skipped = 0;          ///< Done in an earlier run.
  /// By the rule that fails the gate: the applications. "" is a restore that could not be decided (strict).
  std::map<std::string, std::vector<std::string>> blocked_by;
};

void write_fleet_summary_text(const FleetSummary& summary, const TextStyle& style, std::ostream& out);
void write_fleet_summary_json(const FleetSummary& summary, std::ostream& out);

}  // namespace preflight
