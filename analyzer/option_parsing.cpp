#include "option_parsing.h"

#include <fmt/format.h>

#include <utility>

#include "suggestion.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

[[noreturn]] void refuse(const std::string& why, const std::string& command) {
  throw UsageError(fmt::format("{}; see {} --help", why, command));
}

}  // namespace

OptionError::OptionError(std::string option, std::string expectation)
    : UsageError(fmt::format("--{}: {}", option, expectation)),
      option_(std::move(option)),
      expectation_(std::move(expectation)) {}

OptionError not_one_of(const std::string& option, const std::vector<std::string>& names, const std::string& found) {
  const std::string near = did_you_mean(found, names);
  return {option, fmt::format("expected {}, found \"{}\"{}", one_of(names), found, near.empty() ? "" : "." + near)};
}

po::parsed_options parse_arguments(const std::vector<std::string>& arguments, const po::options_description& options,
                                   const po::positional_options_description& positionals, const std::string& command,
                                   const std::vector<std::string>& elsewhere) {
  const auto no_guessing = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    return po::command_line_parser(arguments).options(options).positional(positionals).style(no_guessing).run();
  } catch (const po::unknown_option& error) {
    std::vector<std::string> names = option_names(options);
    names.insert(names.end(), elsewhere.begin(), elsewhere.end());
    const std::string near = did_you_mean(error.get_option_name(), names);
    if (near.empty())
      refuse(error.what(), command);
    throw UsageError(fmt::format("{}.{} See {} --help", error.what(), near, command));
  } catch (const po::error& error) {
    refuse(error.what(), command);
  }
}

po::variables_map values_of(const po::parsed_options& parsed, const std::string& command) {
  po::variables_map values;
  try {
    po::store(parsed, values);
  } catch (const po::error& error) {
    refuse(error.what(), command);
  }
  return values;
}

std::vector<std::string> option_names(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options())
    names.push_back("--" + option->long_name());
  return names;
}

}  // namespace preflight
