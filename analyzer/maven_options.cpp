#include "maven_options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

#include "option_parsing.h"

namespace preflight {
namespace {

namespace po = boost::program_options;
using Texts = std::vector<std::string>;

/// NAME=VALUE; as for Maven, a name alone stands for "true".
void define(PomSettings& settings, const std::string& given) {
  const auto split = std::min(given.find('='), given.size());
  const std::string name = given.substr(0, split);
  if (name.empty())
    throw OptionError("define", fmt::format("expected NAME=VALUE, found \"{}\"", given));
  settings.user_properties[name] = split == given.size() ? "true" : given.substr(split + 1);
}

/// "a,!b": profiles to activate, and with ! or - those not to.
void choose_profiles(PomSettings& settings, const std::string& given) {
  for (std::size_t at = 0; at <= given.size();) {
    const auto end = std::min(given.find(',', at), given.size());
    const std::string name = given.substr(at, end - at);
    const bool off = name.starts_with('!') || name.starts_with('-');
    const std::string id = name.substr(off || name.starts_with('+') ? 1 : 0);
    if (id.empty())
      throw OptionError("profiles", fmt::format("expected names such as a,!b, found \"{}\"", given));
    (off ? settings.inactive_profiles : settings.active_profiles).insert(id);
    at = end + 1;
  }
}

std::optional<std::filesystem::path> default_repository() {
  const char* home = std::getenv("HOME");
  if (!home || *home == '\0')
    return std::nullopt;
  const auto folder = std::filesystem::path(home) / ".m2" / "repository";
  std::error_code error;
  return std::filesystem::is_directory(folder, error) ? std::optional(folder) : std::nullopt;
}

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> variables;
  for (char** variable = environ; variable && *variable; ++variable) {
    const std::string text = *variable;
    const auto split = text.find('=');
    if (split != std::string::npos)
      variables[text.substr(0, split)] = text.substr(split + 1);
  }
  return variables;
}

}  // namespace

void add_maven_options(po::options_description& description) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto texts = [](const char* name) { return po::value<Texts>()->value_name(name); };
  description.add_options()                                                                  //
      ("define,D", texts("NAME=VALUE"), "a property as mvn -D gives it; may be repeated")    //
      ("profiles,P", texts("NAMES"), "Maven profiles to activate, a, and not to, !b: a,!b")  //
      ("maven-repository", text("DIR"),
       "local repository to look up what is not in the tree; ~/.m2/repository unless given, none for nowhere");
}

PomSettings maven_settings(const po::variables_map& values) {
  PomSettings settings;
  settings.environment = environment();
  if (values.count("define") != 0)
    for (const std::string& given : values["define"].as<Texts>())
      define(settings, given);
  if (values.count("profiles") != 0)
    for (const std::string& given : values["profiles"].as<Texts>())
      choose_profiles(settings, given);
  const std::string repository =
      values.count("maven-repository") == 0 ? "" : values["maven-repository"].as<std::string>();
  if (values.count("maven-repository") != 0 && repository.empty())
    throw OptionError("maven-repository", "expected a folder or none, found nothing");
  if (repository.empty())
    settings.repository = default_repository();
  else if (repository != "none")
    settings.repository = repository;
  return settings;
}

}  // namespace preflight
