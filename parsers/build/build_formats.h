#pragma once

// Private to the reader of build files: one function a format. Each takes the text of build.path, adds what it finds to
// `build`, and throws InputError where the text is not of the format.

#include <string_view>

#include "build/declared_build.h"

namespace preflight {

/// https://docs.gradle.org/current/userguide/dependency_locking.html: "group:artifact:version=configuration,…".
void read_gradle_lockfile(std::string_view text, DeclaredBuild& build);
/// https://docs.gradle.org/current/userguide/version_catalogs.html: what a build may use, by alias.
void read_gradle_catalog(std::string_view text, DeclaredBuild& build);
/// Literal coordinates in a build script, with names in them that are set once and to a literal.
void read_gradle_script(std::string_view text, DeclaredBuild& build);
/// pip's requirements file; its lines are PEP 508.
void read_python_requirements(std::string_view text, DeclaredBuild& build);
/// PEP 621, PEP 735 and Poetry's tables of pyproject.toml.
void read_python_project(std::string_view text, DeclaredBuild& build);
/// CycloneDX 1.2 and later: components, also nested ones, by purl.
void read_cyclonedx_sbom(std::string_view text, DeclaredBuild& build);

/// Adds a library. Throws InputError where there are too many.
void add_dependency(DeclaredBuild& build, BuildDependency dependency);

/// One PEP 508 requirement, "apache-flink[x]==1.20.0; python_version < '3.12'"; what it cannot read is an unknown.
void add_python_requirement(std::string_view requirement, const std::string& scope, int line, DeclaredBuild& build);

}  // namespace preflight
