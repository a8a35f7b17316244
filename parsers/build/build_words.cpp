#include "build/build_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::size_t kLongest = 200;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_open_version(std::string_view version) {
  return version.ends_with('+') || version.starts_with("latest.") ||
         version.find_first_of("[](),") != std::string_view::npos;
}

}  // namespace

bool is_coordinate(std::string_view text) {
  return !text.empty() && text.size() <= kLongest &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_version_text(std::string_view text) {
  return !text.empty() && text.size() <= kLongest &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

void set_version(BuildDependency& dependency, std::string_view version) {
  if (!is_version_text(version)) {
    dependency.unknown = version.empty() ? "no version is given here" : "its version is no text that a version can be";
  } else if (is_open_version(version)) {
    dependency.version_text = version;
    dependency.unknown =
        fmt::format("\"{}\" is no single version: which one is taken, is decided when it is built", version);
  } else {
    dependency.coordinates.version = version;
  }
}

std::optional<BuildDependency> dependency_of(std::string_view notation) {
  notation = notation.substr(0, notation.find('@'));
  const std::size_t first = notation.find(':');
  if (first == std::string_view::npos)
    return std::nullopt;
  const std::size_t second = std::min(notation.find(':', first + 1), notation.size());
  BuildDependency dependency;
  dependency.coordinates.group = notation.substr(0, first);
  dependency.coordinates.artifact = notation.substr(first + 1, second - first - 1);
  if (!is_coordinate(dependency.coordinates.group) || !is_coordinate(dependency.coordinates.artifact))
    return std::nullopt;
  const std::string_view rest = second < notation.size() ? notation.substr(second + 1) : std::string_view();
  set_version(dependency, rest.substr(0, rest.find(':')));
  return dependency;
}

std::string unknown_at(int line, const std::string& what) {
  return fmt::format("line {}: {}", line, printable(what.substr(0, kLongest)));
}

}  // namespace preflight
