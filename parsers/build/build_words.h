#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "build/declared_build.h"

namespace preflight {

/// Whether a text can be a group, an artifact or the name of a package: letters, digits and "._-".
bool is_coordinate(std::string_view text);

/// Whether a text can be a version or what a build writes for one: printable ASCII, at most 200 characters.
bool is_version_text(std::string_view text);

/// Without spaces and tabs at both ends, and without a carriage return.
std::string_view trimmed(std::string_view text);

/// Puts a version as Gradle or Maven write one into a dependency: a plain one, or, of a range, "1.+" or
/// "latest.release", the text and why no version follows from it.
void set_version(BuildDependency& dependency, std::string_view version);

/// "group:artifact", "group:artifact:version" (a classifier and "@type" are dropped); nullopt for anything else.
std::optional<BuildDependency> dependency_of(std::string_view notation);

/// "line 7: what": how an unknown of a build names its place.
std::string unknown_at(int line, const std::string& what);

}  // namespace preflight
