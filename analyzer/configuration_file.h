#pragma once

#include <boost/program_options.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace preflight {

/// An option that a configuration file sets, as the command line would: a value for each time that it stands there, an
/// empty one for a flag that is on. Paths are resolved against the folder of the file.
struct ConfiguredOption {
  std::string name;
  std::vector<std::string> values;
  int line = 0;  ///< One-based.
};

/// What flink-preflight.json, .yaml or .yml sets; described by docs/gate.md and docs/config.schema.json.
struct Configuration {
  std::filesystem::path path;  ///< Empty where there is no file.
  std::vector<ConfiguredOption> options = {};
};

/// The configuration file of the current folder, or else of the nearest one above it, up to the root of the file system
/// or a folder that has a .git: what is above a repository is not of it. Nothing where there is none. The path is
/// relative to the current folder. Throws InputError: two of them in one folder, or a folder that cannot be looked
/// into.
std::optional<std::filesystem::path> find_configuration_file();

/// Reads a configuration file whose keys are the long names of `options`, but for those that choose it and --help.
/// Throws InputError, with the line: not such a file, an unknown key (with the nearest that there is), a value of
/// another form.
Configuration read_configuration(const std::filesystem::path& path,
                                 const boost::program_options::options_description& options);

/// Adds --config and --no-config.
void add_configuration_options(boost::program_options::options_description& description);

/// The configuration that the command line asks for: --config FILE, the one that is found, or none with --no-config.
/// Throws UsageError and InputError.
Configuration chosen_configuration(const boost::program_options::variables_map& values,
                                   const boost::program_options::options_description& options);

}  // namespace preflight
