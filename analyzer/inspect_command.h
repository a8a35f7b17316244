#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// `flink-preflight inspect savepoint` and `inspect app`. Throws UsageError and InputError.
ExitCode run_inspect_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
