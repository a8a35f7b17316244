#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// `flink-preflight uid STRING...`: a line per uid with its operator ID. Throws UsageError.
ExitCode run_uid_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
