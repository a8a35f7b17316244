#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

#include "command_line.h"

namespace preflight {

/// A value that an option cannot take; what() is "--OPTION: EXPECTATION".
class OptionError : public UsageError {
 public:
  OptionError(std::string option, std::string expectation);

  const std::string& option() const noexcept { return option_; }
  const std::string& expectation() const noexcept { return expectation_; }

 private:
  std::string option_;
  std::string expectation_;
};

/// The error of a value that is none of `names`: what was expected, what was found, and the name that is near it.
OptionError not_one_of(const std::string& option, const std::vector<std::string>& names, const std::string& found);

/// Splits a command line into options. `positionals` are the options that take what stands without one. `command` is
/// what to ask for help: "flink-preflight check". Throws UsageError; of an option that there is not with the one that
/// is near it, among `options` and `elsewhere`.
boost::program_options::parsed_options parse_arguments(
    const std::vector<std::string>& arguments, const boost::program_options::options_description& options,
    const boost::program_options::positional_options_description& positionals, const std::string& command,
    const std::vector<std::string>& elsewhere = {});

/// Their values. Throws UsageError where an option stands twice that may stand once.
boost::program_options::variables_map values_of(const boost::program_options::parsed_options& parsed,
                                                const std::string& command);

/// "--app", "--pom", ...: as they are written on a command line.
std::vector<std::string> option_names(const boost::program_options::options_description& options);

}  // namespace preflight
