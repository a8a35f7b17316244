#include <fmt/format.h>

#include "build/build_formats.h"
#include "build/build_words.h"
#include "input/input_error.h"

namespace preflight {
namespace {

/// Files of old releases of Gradle, one a configuration, have no "=configurations": the file's name tells it.
std::string configuration_of_file(const DeclaredBuild& build) {
  const std::string stem = build.path.stem().string();
  return stem == "gradle" || stem == "buildscript-gradle" || !is_coordinate(stem) ? "" : stem;
}

}  // namespace

void read_gradle_lockfile(std::string_view text, DeclaredBuild& build) {
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.starts_with('#') || line.starts_with("empty="))
      continue;
    const std::size_t equals = std::min(line.find('='), line.size());
    auto dependency = dependency_of(line.substr(0, equals));
    if (!dependency || dependency->coordinates.version.empty())
      throw InputError(InputErrorKind::not_this_format, {.path = build.path.string(), .line = number},
                       "expected group:artifact:version=configurations, as Gradle locks them");
    const std::string_view configurations = line.substr(std::min(equals + 1, line.size()));
    dependency->scope = is_version_text(configurations) ? std::string(configurations) : configuration_of_file(build);
    dependency->line = number;
    add_dependency(build, std::move(*dependency));
  }
}

}  // namespace preflight
