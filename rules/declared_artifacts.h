#pragma once

#include <string>
#include <vector>

#include "finding.h"
#include "maven/coordinates.h"
#include "upgrade.h"

namespace preflight {

/// A library of the application: a dependency of a pom, direct or brought in by one, or of another build file, a
/// library bundled into the JAR, or both.
struct DeclaredArtifact {
  Coordinates coordinates;       ///< The pom's version where it is known, else the bundled one; may be empty.
  std::string version_property;  ///< The pom property that holds the version, if one does.
  std::string bundled_version;   ///< What the JAR really holds; empty where it holds none.
  std::string scope;             ///< Of the pom; of a build what it has for it; empty for one that is only bundled.
  std::string unknown;           ///< Why the version is not known.
  std::string through;           ///< "com.acme:commons:1.2": what brings in one that no pom declares; else empty.
  Location location;             ///< Where the version was decided or the library brought in, or the JAR entry.

  std::string key() const { return coordinates.group + ":" + coordinates.artifact; }
};

/// All libraries that take part at run time, sorted by group and artifact; test-scoped dependencies are left out, and
/// what Flink's own artifacts bring in: it changes with them.
std::vector<DeclaredArtifact> declared_artifacts(const Upgrade& upgrade);

}  // namespace preflight
