#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// `fleet MANIFEST|-`: checks many applications, one JSON object in and one line of JSON out for each.
ExitCode run_fleet_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
