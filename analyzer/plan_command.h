#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// `flink-preflight plan`: exit code 1 where no way keeps the state. Throws UsageError and InputError.
ExitCode run_plan_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
