#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "maven/coordinates.h"
#include "maven/pom_settings.h"

namespace preflight {

/// Where in which pom a value was written. What was written in none has line 0, and a path that says where it comes
/// from: "-D flink.version", "environment".
struct PomPlace {
  std::filesystem::path path;
  int line = 0;
};

/// A text as it is written, and where; line 0 where it is not.
struct PomValue {
  std::string text;
  PomPlace place;
};

/// The elements of a <dependency>, as they are written.
struct DependencyElements {
  PomValue group;
  PomValue artifact;
  PomValue version;
};

/// A dependency of a project, with everything applied that could be found: properties, parents, dependencyManagement,
/// BOMs, active profiles.
struct PomDependency {
  Coordinates coordinates;  ///< `version` is empty when it could not be determined; `unknown` says why.
  std::string type = "jar";
  std::string classifier;
  std::string scope = "compile";
  bool optional = false;
  std::vector<Coordinates> exclusions;  ///< Without versions; group or artifact may be "*".
  PomPlace declared;                    ///< The <dependency> element.
  DependencyElements written;
  std::optional<DependencyElements> managed;  ///< Its entry of <dependencyManagement>, where that gave the version.
  PomPlace version_decided;      ///< The element or property that decided the version; line 0 when none did.
  std::string version_property;  ///< The property that holds the version, "flink.version"; empty for a literal.
  std::string version_text;      ///< What is written at `version_decided`.
  std::string version_range;     ///< As written, "[1.0,2.0)" or "LATEST"; empty where it is a plain version.
  /// Where the artifact's own pom says that it moved to (<relocation>): what Maven takes in its place. Empty otherwise.
  Coordinates relocated_to;
  std::string unknown;  ///< Why coordinates are not complete: an undefined property, a missing parent or BOM.
  /// Of a transitive dependency the artifacts that bring it in, the direct dependency first; empty for a direct one.
  std::vector<Coordinates> through;
  PomPlace brought_in;  ///< Of a transitive one: the <dependency> element of that direct dependency.
};

/// The project of one pom.xml, as far as files tell.
struct PomModel {
  std::filesystem::path path;
  Coordinates project;
  std::string packaging = "jar";
  std::map<std::string, std::string> properties;  ///< Effective, interpolated where possible.
  std::vector<PomDependency> dependencies;        ///< In the order of the effective model.
  /// What the dependencies bring in, in the order in which Maven meets it, as Maven mediates it: the nearest wins, then
  /// the first declaration. None where there is no local repository to follow them in.
  std::optional<std::vector<PomDependency>> transitive;
  std::vector<std::filesystem::path> modules;       ///< The poms of its modules.
  std::optional<std::filesystem::path> repository;  ///< The local repository: poms below it are others'.
  std::vector<std::string> unknowns;  ///< Parents, BOMs, properties, modules and poms of dependencies that could
                                      ///< not be found, with coordinates, and profiles left undecided.
};

/// Reads a pom.xml as Maven 3 builds the model of a `mvn package` with those settings, from files alone: the parents it
/// names by relativePath, BOMs and dependencies that are among these parents and their modules, and whatever else the
/// local repository has. Nothing is fetched; what is found nowhere is an entry of `unknowns`. A profile that only the
/// building machine can decide (property, jdk, os, file) counts as not active, unless its property must be absent;
/// where it matters to dependencies it is an entry of `unknowns`. Throws InputError: unreadable, not_this_format (XML
/// that is not a pom), corrupt (not well formed, with the line; a cycle of parents or BOMs), unsupported (a DOCTYPE, an
/// encoding), over_limit (size, depth, number of poms, expansion).
PomModel read_pom(const std::filesystem::path& path, const PomSettings& settings = {});

/// Reads a pom.xml and the modules below it, each as read_pom does, in Maven's order of declaration; the pom itself is
/// the first. A module that cannot be read is an entry of `unknowns` of the pom that names it.
std::vector<PomModel> read_reactor(const std::filesystem::path& path, const PomSettings& settings = {});

}  // namespace preflight
