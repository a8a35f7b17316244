#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "compatibility_table.h"

namespace preflight {

/// A library that the JAR holds: told by its metadata, by its classes, or by both.
struct PackedLibrary {
  std::string group;
  std::string artifact;                 ///< Empty where only classes tell, and they are those of several artifacts.
  std::string version;                  ///< Empty where nothing says it: classes alone do not.
  const KnownLibrary* known = nullptr;  ///< Its row of the table; nullptr where there is none.
  /// "com.acme.shaded." where its packages stand behind that prefix; empty where they are its own.
  std::string relocated_under;
  /// Classes of the table's row; 0 where several artifacts of the JAR share the row, and for a library without a row.
  std::uint32_t classes = 0;
  bool marked = false;               ///< A class that only this library has was seen.
  std::vector<std::string> entries;  ///< pom.properties and nested JARs that name it; none: known by classes alone.
  std::string note;                  ///< Where metadata and classes disagree; empty where they do not.

  /// "org.apache.kafka:kafka-clients", or the group.
  std::string key() const { return artifact.empty() ? group : group + ":" + artifact; }
};

/// What the JAR packs.
struct Packing {
  std::vector<PackedLibrary> libraries;  ///< Sorted by group, artifact, version, prefix.
  std::vector<Coordinates> own;          ///< Of pom.properties that are of the entry class's organisation.
};

/// Brings together what pom.properties and manifests say (ApplicationJar::libraries) and what class names say
/// (libraries.json). The table must outlive the result.
Packing packing_of(const ApplicationJar& application, const CompatibilityTable& table);

}  // namespace preflight
