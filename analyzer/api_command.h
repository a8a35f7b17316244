#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// `flink-preflight api build|diff|lookup|releases`: makes or asks the index of what each Flink release declares.
/// Throws UsageError and InputError.
ExitCode run_api_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
