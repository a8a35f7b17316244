#pragma once

// Private to the readers of deployments.

#include <string>
#include <string_view>
#include <vector>

#include "deployment/deployment.h"

namespace preflight {

/// The commands `flink run` and `flink run-application` (CliFrontend of Flink 1.x and 2.x) in a script or a text of one
/// line; other commands are passed over. A variable of the shell makes what it stands in unknown.
std::vector<Deployment> read_flink_runs(std::string_view script, const std::string& file);

}  // namespace preflight
