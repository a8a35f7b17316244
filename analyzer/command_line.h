#pragma once

#include <iosfwd>
#include <stdexcept>
#include <string>
#include <vector>

#include "exit_code.h"

namespace preflight {

/// A command line that cannot be followed; the message says what is wrong with it (exit code 2).
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One sub-command. `run` gets the arguments after the command's name; it may throw UsageError and InputError.
struct Command {
  const char* name;
  const char* summary;  ///< One line for `--help`.
  ExitCode (*run)(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);
};

/// Runs the program: picks the command, and turns every error into one line on `err` and its exit code.
ExitCode run_command_line(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace preflight
