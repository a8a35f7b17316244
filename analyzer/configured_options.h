#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

#include "configuration_file.h"
#include "option_parsing.h"

namespace preflight {

/// The options of a configuration file that a command line leaves open. What belongs together is overridden together:
/// formats with outputs, quiet with verbose.
class ConfiguredOptions {
 public:
  /// Throws InputError where the file has more outputs than formats: a report would be lost.
  ConfiguredOptions(const Configuration& configuration, const boost::program_options::parsed_options& given);

  /// Adds them as the command line would have them: each output behind its format.
  void append_to(boost::program_options::parsed_options& given) const;

  /// "flink-preflight.yaml: platform, pom, waivers"; empty where there is no file.
  std::string text() const;

  /// Where `error` is about a value that the file sets: throws it as InputError, with the line.
  void refuse_own(const OptionError& error) const;

 private:
  const ConfiguredOption* find(const std::string& name) const;

  std::filesystem::path path_;
  std::vector<ConfiguredOption> options_;
};

}  // namespace preflight
