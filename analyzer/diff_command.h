#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// `flink-preflight diff OLD.jar NEW.jar`: operators and states that differ between the jobs of two JARs. Throws
/// UsageError and InputError.
ExitCode run_diff_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
