#pragma once

#include <filesystem>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <unordered_set>

#include "configuration_file.h"
#include "exit_code.h"
#include "fleet_summary.h"

namespace preflight {

struct FleetRequest {
  std::string manifest;                        ///< Its name, for errors.
  std::optional<std::filesystem::path> table;  ///< Of --table.
  std::unordered_set<std::string> done;        ///< IDs, as JSON, to pass over.
  Configuration configuration;                 ///< What the lines leave open.
  unsigned jobs = 1;                           ///< Checks that run at once.
};

/// Checks each application of the manifest and writes a line for each, in the order of the manifest, as soon as all
/// before it are written. Only a few results per job wait at any time. Reports do not depend on the number of jobs.
/// Throws InputError where the tables cannot be read.
struct FleetResult {
  FleetSummary summary;
  ExitCode code = ExitCode::clean;  ///< The worst of all lines: bad_input, gate_failed, clean.
};
FleetResult run_fleet(const FleetRequest& request, std::istream& manifest, std::ostream& out);

}  // namespace preflight
