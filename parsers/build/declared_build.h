#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "maven/coordinates.h"

namespace preflight {

/// What kind of file tells the libraries, where it is no pom.xml.
enum class BuildKind {
  gradle_lockfile,      ///< gradle.lockfile
  gradle_catalog,       ///< libs.versions.toml
  gradle_script,        ///< build.gradle, build.gradle.kts: literals alone.
  python_requirements,  ///< requirements.txt
  python_project,       ///< pyproject.toml
  cyclonedx_sbom,       ///< A software bill of materials, CycloneDX JSON.
};
const char* to_string(BuildKind kind);

/// A library as such a file names it.
struct BuildDependency {
  Coordinates coordinates;   ///< A Python package has an empty group. `version` is empty where it is not known.
  std::string scope;         ///< Configurations of Gradle ("runtimeClasspath"), CycloneDX's scope; empty where none.
  std::string version_text;  ///< As written: "1.20.+", ">=1.20,<2"; empty where it is a plain version.
  int line = 0;
  std::string unknown;  ///< Why the version is not known.
};

/// One file of a build.
struct DeclaredBuild {
  std::filesystem::path path;
  BuildKind kind = BuildKind::gradle_lockfile;
  std::vector<BuildDependency> dependencies;  ///< In the order of the file.
  std::vector<std::string> unknowns;          ///< What was seen and not understood, with its line.
};

}  // namespace preflight
