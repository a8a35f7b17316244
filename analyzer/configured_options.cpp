#include "configured_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "policy_document.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

void add(po::parsed_options& given, const std::string& name, const std::string& value) {
  po::option option;
  option.string_key = name;
  if (!value.empty())
    option.value = {value};
  given.options.push_back(std::move(option));
}

}  // namespace

ConfiguredOptions::ConfiguredOptions(const Configuration& configuration, const po::parsed_options& given)
    : path_(configuration.path) {
  std::set<std::string> said;
  for (const po::option& option : given.options)
    said.insert(option.string_key);
  for (const auto& [one, other] : {std::pair("format", "output"), std::pair("quiet", "verbose")})
    if (said.contains(one) || said.contains(other))
      said.insert({one, other});
  std::ranges::copy_if(configuration.options, std::back_inserter(options_),
                       [&](const ConfiguredOption& option) { return !said.contains(option.name); });
  const ConfiguredOption* outputs = find("output");
  const ConfiguredOption* formats = find("format");
  const std::size_t most = formats == nullptr ? 1 : formats->values.size();
  if (outputs != nullptr && outputs->values.size() > most)
    throw policy_error(
        path_, outputs->line,
        fmt::format("output: expected as many as there are formats, {}, found {}", most, outputs->values.size()));
}

void ConfiguredOptions::append_to(po::parsed_options& given) const {
  const ConfiguredOption* outputs = find("output");
  for (const ConfiguredOption& option : options_)
    for (std::size_t i = 0; i < option.values.size(); ++i) {
      if (option.name != "output")
        add(given, option.name, option.values[i]);
      else if (find("format") == nullptr)
        add(given, "output", option.values[i]);
      if (option.name == "format" && outputs != nullptr && i < outputs->values.size())
        add(given, "output", outputs->values[i]);
    }
}

std::string ConfiguredOptions::text() const {
  if (path_.empty())
    return "";
  std::string names;
  for (const ConfiguredOption& option : options_)
    names += (names.empty() ? "" : ", ") + option.name;
  return fmt::format("{}: {}", path_.string(), names.empty() ? "nothing that was not given" : names);
}

void ConfiguredOptions::refuse_own(const OptionError& error) const {
  if (const ConfiguredOption* option = find(error.option()))
    throw policy_error(path_, option->line, fmt::format("{}: {}", error.option(), error.expectation()));
}

const ConfiguredOption* ConfiguredOptions::find(const std::string& name) const {
  const auto option = std::ranges::find(options_, name, &ConfiguredOption::name);
  return option == options_.end() ? nullptr : &*option;
}

}  // namespace preflight
