#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

// Questions to the index of Flink's API that the program carries, and to those of --table. Each throws UsageError, also
// for a name that the index does not know, and InputError.

/// `flink-preflight api diff`.
ExitCode run_api_diff_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);
/// `flink-preflight api lookup`.
ExitCode run_api_lookup_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);
/// `flink-preflight api releases`.
ExitCode run_api_releases_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
