#include "configuration_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "option_parsing.h"
#include "policy_document.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

constexpr const char* kWhat = "a configuration file";
constexpr std::array<const char*, 3> kNames{"flink-preflight.json", "flink-preflight.yaml", "flink-preflight.yml"};

/// Whether there is anything of that name, be it a link that leads nowhere.
bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return false;
  if (error)
    throw InputError(
        InputErrorKind::unreadable, {path.string()},
        fmt::format("expected to see whether there is a configuration file, found {}; --no-config looks for "
                    "none",
                    error.message()));
  return true;
}

std::optional<std::filesystem::path> file_in(const std::filesystem::path& folder) {
  std::optional<std::filesystem::path> found;
  for (const char* name : kNames) {
    if (!is_there(folder / name))
      continue;
    if (found)
      throw InputError(
          InputErrorKind::corrupt, {(folder / name).string()},
          fmt::format("expected one configuration file in a folder, found {} beside it", found->filename().string()));
    found = folder / name;
  }
  return found;
}

/// What an option takes, as its description tells.
class OptionForm {
 public:
  explicit OptionForm(const po::option_description& option) : value_(*option.semantic()) {}

  bool flag() const { return value_.max_tokens() == 0; }
  bool repeats() const {
    const auto* typed = dynamic_cast<const po::typed_value_base*>(&value_);
    return typed != nullptr && typed->value_type() == typeid(std::vector<std::string>);
  }
  /// By the name of its value in --help, which the shells' completions go by as well.
  bool path() const {
    const std::string name = value_.name();
    return std::ranges::any_of(std::array{"JAR", "FILE", "PATH", "DIR"},
                               [&](std::string_view word) { return name == word; });
  }

 private:
  const po::value_semantic& value_;
};

class ConfigurationReader {
 public:
  ConfigurationReader(const std::filesystem::path& path, const po::options_description& options)
      : path_(path), options_(options) {}

  Configuration read() const {
    const DocumentNode document = read_policy_document(path_, fmt::format("{}, a mapping of options", kWhat));
    require_known_keys(path_, document, keys(), kWhat);
    Configuration configuration{.path = path_};
    for (const DocumentEntry& entry : document.entries)
      if (entry.key != "$schema")
        configuration.options.push_back(read(entry));
    return configuration;
  }

 private:
  std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    for (const auto& option : options_.options())
      if (const std::string name = option->long_name(); name != "help" && name != "config" && name != "no-config")
        keys.push_back(name);
    return keys;
  }

  ConfiguredOption read(const DocumentEntry& entry) const {
    const OptionForm form(options_.find(entry.key, false));
    ConfiguredOption option{.name = entry.key, .values = {}, .line = entry.line};
    if (form.flag()) {
      if (!entry.value.is_scalar() || entry.value.quoted || (entry.value.text != "true" && entry.value.text != "false"))
        refuse(entry, "true or false", entry.value);
      if (entry.value.text == "true")
        option.values.emplace_back();
    } else if (form.repeats() && entry.value.is_sequence()) {
      for (const DocumentNode& item : entry.value.items)
        option.values.push_back(text(entry, form, item));
    } else {
      option.values.push_back(text(entry, form, entry.value));
    }
    return option;
  }

  std::string text(const DocumentEntry& entry, const OptionForm& form, const DocumentNode& value) const {
    if (!value.is_scalar() || value.text.empty())
      refuse(entry, form.repeats() ? "a text or a list of texts" : "a text", value);
    if (!form.path() || (entry.key == "maven-repository" && value.text == "none"))
      return value.text;
    if (value.text == "-")
      refuse(entry, "a path; standard input and output are for the command line", value);
    return path_.has_parent_path() ? (path_.parent_path() / value.text).string() : value.text;
  }

  [[noreturn]] void refuse(const DocumentEntry& entry, const char* expected, const DocumentNode& found) const {
    throw policy_error(path_, entry.line,
                       fmt::format("{}: expected {}, found {}", entry.key, expected, found_text(found)));
  }

  const std::filesystem::path& path_;
  const po::options_description& options_;
};

}  // namespace

std::optional<std::filesystem::path> find_configuration_file() {
  std::filesystem::path here = std::filesystem::current_path();
  for (std::filesystem::path folder;; folder /= "..", here = here.parent_path()) {
    if (auto file = file_in(folder))
      return file;
    if (here == here.root_path() || is_there(folder / ".git"))
      return std::nullopt;
  }
}

Configuration read_configuration(const std::filesystem::path& path, const po::options_description& options) {
  return ConfigurationReader(path, options).read();
}

void add_configuration_options(po::options_description& description) {
  description.add_options()  //
      ("config", po::value<std::string>()->value_name("FILE"),
       "configuration file; otherwise flink-preflight.json, .yaml or .yml, here or above")  //
      ("no-config", "read no configuration file");
}

Configuration chosen_configuration(const po::variables_map& values, const po::options_description& options) {
  const bool given = values.count("config") != 0;
  if (values.count("no-config") != 0) {
    if (given)
      throw UsageError("--no-config: expected no --config beside it");
    return {};
  }
  const auto path =
      given ? std::optional<std::filesystem::path>(values["config"].as<std::string>()) : find_configuration_file();
  if (path && path->empty())
    throw OptionError("config", "expected a path, found nothing");
  return path ? read_configuration(*path, options) : Configuration{};
}

}  // namespace preflight
