#include "build/build_reader.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "build/build_formats.h"
#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::uint64_t kLargestText = 16ULL << 20U;
constexpr std::uint64_t kLargestJson = 64ULL << 20U;
constexpr std::size_t kMostDependencies = 100'000;
constexpr const char* kExpected =
    "a build file: gradle.lockfile, libs.versions.toml, build.gradle, build.gradle.kts, requirements.txt, "
    "pyproject.toml or a CycloneDX JSON";

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

BuildKind kind_of(const std::filesystem::path& path, std::string_view text) {
  const std::string name = path.filename().string();
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{')
    return BuildKind::cyclonedx_sbom;
  if (name == "pyproject.toml")
    return BuildKind::python_project;
  if (name.ends_with(".toml"))
    return BuildKind::gradle_catalog;
  if (name.ends_with(".lockfile"))
    return BuildKind::gradle_lockfile;
  if (name.ends_with(".gradle") || name.ends_with(".gradle.kts"))
    return BuildKind::gradle_script;
  if (name.ends_with(".txt") || name.ends_with(".in"))
    return BuildKind::python_requirements;
  throw InputError(InputErrorKind::not_this_format, {path.string()},
                   fmt::format("expected {}, found another name", kExpected));
}

}  // namespace

const char* to_string(BuildKind kind) {
  switch (kind) {
    case BuildKind::gradle_lockfile:
      return "Gradle lock file";
    case BuildKind::gradle_catalog:
      return "Gradle version catalog";
    case BuildKind::gradle_script:
      return "Gradle build script";
    case BuildKind::python_requirements:
      return "Python requirements";
    case BuildKind::python_project:
      return "Python project";
    case BuildKind::cyclonedx_sbom:
      return "CycloneDX bill of materials";
  }
  return "";
}

void add_dependency(DeclaredBuild& build, BuildDependency dependency) {
  if (build.dependencies.size() >= kMostDependencies)
    throw InputError(InputErrorKind::over_limit, {.path = build.path.string(), .line = dependency.line},
                     fmt::format("expected at most {} libraries", kMostDependencies));
  build.dependencies.push_back(std::move(dependency));
}

DeclaredBuild read_declared_build(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes = read_file(path, kLargestJson, kExpected);
  // Bytes of a file are looked at as the characters of its text.
  return parse_declared_build({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path);
}

DeclaredBuild parse_declared_build(std::string_view text, const std::filesystem::path& path) {
  text = without_byte_order_mark(text);
  DeclaredBuild build{.path = path, .kind = kind_of(path, text)};
  if (build.kind != BuildKind::cyclonedx_sbom && text.size() > kLargestText)
    throw InputError(InputErrorKind::over_limit, {path.string()},
                     fmt::format("expected at most {} bytes of text, found {}", kLargestText, text.size()));
  if (text.find('\0') != std::string_view::npos)
    throw InputError(InputErrorKind::not_this_format, {path.string()},
                     fmt::format("expected {}, found a NUL byte", kExpected));
  switch (build.kind) {
    case BuildKind::gradle_lockfile:
      read_gradle_lockfile(text, build);
      break;
    case BuildKind::gradle_catalog:
      read_gradle_catalog(text, build);
      break;
    case BuildKind::gradle_script:
      read_gradle_script(text, build);
      break;
    case BuildKind::python_requirements:
      read_python_requirements(text, build);
      break;
    case BuildKind::python_project:
      read_python_project(text, build);
      break;
    case BuildKind::cyclonedx_sbom:
      read_cyclonedx_sbom(text, build);
      break;
  }
  return build;
}

}  // namespace preflight
