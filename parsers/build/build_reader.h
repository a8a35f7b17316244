#pragma once

#include <filesystem>
#include <string_view>

#include "build/declared_build.h"

namespace preflight {

/// Reads a build file that is no pom.xml: gradle.lockfile and other *.lockfile, *.versions.toml, *.gradle and
/// *.gradle.kts, requirements*.txt and other *.txt, pyproject.toml, a CycloneDX bill of materials in JSON. The file's
/// name tells which; what it does not tell is told by a first '{' (CycloneDX). Nothing of a script is run.
/// Throws InputError with the line: unreadable, not_this_format, corrupt, over_limit (16 MiB, 64 of JSON; 100,000
/// libraries).
DeclaredBuild read_declared_build(const std::filesystem::path& path);

/// The same of a text; `path` tells the kind and stands in messages.
DeclaredBuild parse_declared_build(std::string_view text, const std::filesystem::path& path);

}  // namespace preflight
