#include "maven/activation_conditions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "maven/maven_version.h"

namespace preflight {
namespace {

/// A text of the command line or the machine; none where neither has it.
std::optional<std::string> given(const std::string& name, const ActivationContext& context) {
  for (const GivenValues* values : {context.user, context.machine}) {
    const auto found = values ? values->find(name) : GivenValues::const_iterator{};
    if (values && found != values->end())
      return found->second.text;
  }
  return std::nullopt;
}

Condition condition(bool holds) {
  return holds ? Condition::holds : Condition::fails;
}

/// Properties that every JVM has, with values that cannot be told from here.
bool is_of_the_jvm(std::string_view name) {
  constexpr std::array<std::string_view, 6> kPrefixes = {"java.", "os.", "user.", "file.", "sun.", "maven."};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

using Release = std::array<int, 3>;

/// The first three numbers of a version, as far as JdkVersionProfileActivator compares: "1.8.0_392" is 1, 8, 0.
Release release_of(std::string_view version) {
  Release release{};
  std::size_t part = 0;
  for (std::size_t at = 0; at < version.size() && part < release.size(); ++part) {
    const auto end = std::min(version.find_first_of("._-", at), version.size());
    std::from_chars(version.data() + at, version.data() + end, release[part]);
    at = end + 1;
  }
  return release;
}

bool jdk_matches(std::string_view wanted, const std::string& version) {
  if (wanted.starts_with('!'))
    return !version.starts_with(wanted.substr(1));
  if (!is_version_range(wanted))
    return version.starts_with(wanted);
  const auto comma = std::min(wanted.find(','), wanted.size() - 1);
  const auto close = wanted.find_last_of("])");
  if (close == std::string_view::npos || close <= comma)
    return version.starts_with(wanted.substr(1));
  const std::string_view lowest = wanted.substr(1, comma - 1);
  const std::string_view highest = wanted.substr(comma + 1, close - comma - 1);
  const Release release = release_of(version);
  const bool above =
      lowest.empty() || release > release_of(lowest) || (wanted.front() == '[' && release == release_of(lowest));
  const bool below =
      highest.empty() || release < release_of(highest) || (wanted[close] == ']' && release == release_of(highest));
  return above && below;
}

/// JDKs that can build for a release of Flink that is looked at here; "1.8.0" is how JDK 8 names itself.
const std::vector<std::string>& known_jdks() {
  static const std::vector<std::string> kJdks = [] {
    std::vector<std::string> jdks = {"1.8.0_402"};
    for (int major = 9; major <= 30; ++major)
      jdks.push_back(std::to_string(major) + ".0.2");
    return jdks;
  }();
  return kJdks;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return text;
}

bool is_family(const std::string& family, const std::string& os) {
  const bool windows = os.find("windows") != std::string::npos;
  const bool mac = os.find("mac") != std::string::npos || os.find("darwin") != std::string::npos;
  if (family == "windows" || family == "dos")
    return windows;
  if (family == "mac")
    return mac;
  if (family == "unix")
    return !windows && (!mac || os.ends_with("x"));
  return os.find(family) != std::string::npos;
}

/// Holds, or with a leading "!" does not.
template <typename Matches>
bool one_matches(const std::string& wanted, const Matches& matches) {
  if (wanted.empty())
    return true;
  return wanted.starts_with('!') ? !matches(lower(wanted.substr(1))) : matches(lower(wanted));
}

std::string replaced(std::string text, std::string_view what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

}  // namespace

Condition property_condition(const PropertyActivation& property, const ActivationContext& context) {
  const bool name_negated = property.name.starts_with('!');
  const std::string name = property.name.substr(name_negated ? 1 : 0);
  if (name.empty())
    return Condition::fails;
  const auto value = given(name, context);
  if (!value && is_of_the_jvm(name))
    return Condition::unknown;
  const std::string found = value.value_or("");
  if (property.value.empty())
    return condition(found.empty() == name_negated);
  if (property.value.starts_with('!'))
    return condition(found != property.value.substr(1));
  return condition(found == property.value);
}

Condition jdk_condition(const std::string& jdk, const ActivationContext& context) {
  if (const auto version = given("java.version", context))
    return condition(jdk_matches(jdk, *version));
  const auto matching = std::count_if(known_jdks().begin(), known_jdks().end(),
                                      [&](const std::string& version) { return jdk_matches(jdk, version); });
  if (matching == 0)
    return Condition::fails;
  return matching == static_cast<std::ptrdiff_t>(known_jdks().size()) ? Condition::holds : Condition::unknown;
}

Condition os_condition(const OsActivation& os, const ActivationContext& context) {
  const auto name = given("os.name", context);
  const auto architecture = given("os.arch", context);
  const auto version = given("os.version", context);
  if ((!name && !(os.name.empty() && os.family.empty())) || (!architecture && !os.architecture.empty()) ||
      (!version && !os.version.empty()))
    return Condition::unknown;
  const std::string running = lower(name.value_or(""));
  const auto is = [](const std::optional<std::string>& value) {
    return [text = lower(value.value_or(""))](const std::string& wanted) { return text == wanted; };
  };
  return condition(one_matches(os.name, is(name)) && one_matches(os.architecture, is(architecture)) &&
                   one_matches(os.version, is(version)) &&
                   one_matches(os.family, [&](const std::string& family) { return is_family(family, running); }));
}

Condition file_condition(const FileActivation& file, const ActivationContext& context) {
  const bool wants_it = !file.exists.empty();
  std::string path = wants_it ? file.exists : file.missing;
  if (path.empty())
    return Condition::fails;
  for (const std::string_view name : {"${basedir}", "${project.basedir}"}) {
    if (path.find(name) != std::string::npos && context.folder.empty())
      return Condition::fails;  // No base directory, no such file and no missing one: Maven asks no further.
    path = replaced(path, name, context.folder.string());
  }
  if (context.folder.empty() || path.find("${") != std::string::npos)
    return Condition::unknown;
  const auto resolved = (context.folder / path).lexically_normal();
  const auto from_folder = resolved.lexically_relative(context.folder.lexically_normal());
  if (from_folder.empty() || *from_folder.begin() == "..")
    return Condition::unknown;
  std::error_code error;
  return condition(std::filesystem::exists(resolved, error) == wants_it);
}

}  // namespace preflight
