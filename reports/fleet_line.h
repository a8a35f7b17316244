#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report.h"

namespace preflight {

/// What `fleet` says of one application: a report, or why there is none.
struct FleetLine {
  std::string id = "null";  ///< As JSON: a string, a whole number or null.
  int exit = 0;             ///< As `check` would have ended.
  std::optional<Report> report;
  std::vector<std::string> errors;
};

/// One line of JSON with a line feed, without any other: the report as write_json has it, in compact form.
std::string fleet_line(const FleetLine& line);

}  // namespace preflight
