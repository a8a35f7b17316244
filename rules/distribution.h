#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flink_version.h"

namespace preflight {

/// Where a release's distribution keeps an artifact of Flink (distribution.json). An artifact without a row is not in
/// it: who uses it packs it.
struct DistributedModule {
  enum class Place {
    class_path,  ///< In lib/, mostly inside flink-dist: it comes before what the application packs.
    planner,     ///< In the JAR that Flink loads its SQL planner from, with a class loader of its own.
    opt,         ///< In opt/: not loaded unless someone moved it to lib/.
    plugins      ///< Loaded as a plugin, by a class loader that no application sees.
  };
  std::string module;  ///< Without Scala suffix: "flink-cep"
  FlinkVersion from;
  std::optional<FlinkVersion> until;  ///< Included; nullopt: no release is known that has it elsewhere.
  Place place = Place::class_path;
  std::string archive;  ///< The JAR that holds it, without version: "flink-dist"
  std::vector<std::string> sources;
};

/// How a release looks for the classes of an application (class_loading.json): in its own JAR first, but for classes
/// whose name begins with one of these texts in the runtime first (classloader.parent-first-patterns.default).
struct ClassLoading {
  FlinkVersion from;
  std::optional<FlinkVersion> until;  ///< Included; nullopt: no later change is known.
  std::vector<std::string> parent_first;
  std::vector<std::string> sources;
};

}  // namespace preflight
