#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "maven/coordinates.h"

namespace preflight {

/// Where in which pom a value was written.
struct PomPlace {
  std::filesystem::path path;
  int line = 0;
};

/// A direct dependency of a project, with everything applied that could be found: properties, parents,
/// dependencyManagement, active profiles.
struct PomDependency {
  Coordinates coordinates;  ///< `version` is empty when it could not be determined; `unknown` says why.
  std::string type = "jar";
  std::string classifier;
  std::string scope = "compile";
  bool optional = false;
  std::vector<Coordinates> exclusions;  ///< Without versions; group or artifact may be "*".
  PomPlace declared;                    ///< The <dependency> element.
  PomPlace version_decided;             ///< The element or property that decided the version; line 0 when none did.
  std::string version_property;         ///< The property that holds the version, "flink.version"; empty for a literal.
  std::string unknown;  ///< Why coordinates are not complete: an undefined property, a missing parent or BOM.
};

/// The project of one pom.xml, as far as files in the tree tell.
struct PomModel {
  std::filesystem::path path;
  Coordinates project;
  std::string packaging = "jar";
  std::map<std::string, std::string> properties;  ///< Effective, interpolated where possible.
  std::vector<PomDependency> dependencies;        ///< In the order of the effective model.
  std::vector<std::string> unknowns;  ///< Parents, BOMs and properties that could not be found, with coordinates.
};

/// Reads a pom.xml as Maven 3 builds the model of a plain `mvn package` (no -P, no -D), from files alone: the parents
/// it names by relativePath, and BOMs that are among these parents and their modules. Nothing is fetched; a parent or
/// BOM that is not in the tree is an entry of `unknowns`. A profile that the building machine activates (property, jdk,
/// os, file) counts as not active, unless its property must be absent; where it matters to dependencies it is an entry
/// of `unknowns`. Throws InputError: unreadable, not_this_format (XML that is not a pom), corrupt (not well formed,
/// with the line; a cycle of parents or BOMs), unsupported (a DOCTYPE, an encoding), over_limit (size, depth, number of
/// poms, expansion).
PomModel read_pom(const std::filesystem::path& path);

}  // namespace preflight
