#include <fmt/format.h>

#include <algorithm>

#include "build/build_formats.h"
#include "build/build_words.h"

namespace preflight {
namespace {

/// PEP 503: "Apache_Flink" and "apache-flink" are one package.
std::string normal_name(std::string_view name) {
  std::string normal;
  for (const char c : name) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator)
      normal += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!normal.ends_with('-'))
      normal += '-';
  }
  return normal;
}

/// "==1.20.0" and "===1.20.0" name one version, as long as there is no "*".
std::string_view pinned_version(std::string_view specifier) {
  if (!specifier.starts_with("==") || specifier.find_first_of(",*") != std::string_view::npos)
    return {};
  return trimmed(specifier.substr(std::min(specifier.find_first_not_of('='), specifier.size())));
}

std::string_view without_comment(std::string_view line) {
  if (line.starts_with('#'))
    return {};
  const std::size_t comment = line.find(" #");
  return trimmed(line.substr(0, comment));
}

}  // namespace

void add_python_requirement(std::string_view requirement, const std::string& scope, int line, DeclaredBuild& build) {
  requirement = trimmed(requirement.substr(0, requirement.find(';')));
  if (const std::size_t options = requirement.find(" --"); options != std::string_view::npos)
    requirement = trimmed(requirement.substr(0, options));
  const std::size_t name_end = std::min(requirement.find_first_of(" \t[(<>=!~@"), requirement.size());
  const std::string_view name = requirement.substr(0, name_end);
  if (!is_coordinate(name)) {
    build.unknowns.push_back(unknown_at(line, fmt::format("\"{}\" names no package", requirement)));
    return;
  }
  std::string_view specifier = trimmed(requirement.substr(name_end));
  if (specifier.starts_with('[')) {
    const std::size_t extras_end = specifier.find(']');
    specifier = extras_end == std::string_view::npos ? std::string_view() : trimmed(specifier.substr(extras_end + 1));
  }
  if (specifier.starts_with('(') && specifier.ends_with(')'))
    specifier = trimmed(specifier.substr(1, specifier.size() - 2));
  BuildDependency dependency{.coordinates = {"", normal_name(name), ""}, .scope = scope, .line = line};
  const std::string_view pinned = pinned_version(specifier);
  if (is_version_text(pinned)) {
    dependency.coordinates.version = pinned;
  } else if (is_version_text(specifier)) {
    dependency.version_text = specifier;
    dependency.unknown =
        fmt::format("\"{}\" is no single version: which one is taken, is decided when it is installed", specifier);
  } else {
    dependency.unknown = "no version is given here";
  }
  add_dependency(build, std::move(dependency));
}

void read_python_requirements(std::string_view text, DeclaredBuild& build) {
  std::string requirement;
  int number = 0;
  int first_line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (requirement.empty())
      first_line = number;
    const bool goes_on = line.ends_with('\\');
    requirement += goes_on ? line.substr(0, line.size() - 1) : line;
    if (goes_on && !text.empty())
      continue;
    const std::string_view whole = without_comment(requirement);
    if (whole.starts_with('-'))
      build.unknowns.push_back(unknown_at(first_line, fmt::format("\"{}\" is not followed", whole)));
    else if (!whole.empty())
      add_python_requirement(whole, "", first_line, build);
    requirement.clear();
  }
}

}  // namespace preflight
