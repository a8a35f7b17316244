#pragma once

namespace preflight {

/// What the process says to the script that called it.
enum class ExitCode : int {
  clean = 0,        ///< Nothing at or above --fail-on.
  gate_failed = 1,  ///< A finding at or above --fail-on; with --strict also a restore that could not be decided.
  usage = 2,        ///< The command line is wrong.
  bad_input = 3,    ///< An input could not be read or is not what it claims to be, or a report could not be written.
};

}  // namespace preflight
