#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "application/linked_class.h"
#include "bundled_libraries.h"
#include "class_origins.h"
#include "compatibility_table.h"

namespace preflight {

/// Classes by whose they are.
struct ClassCounts {
  std::size_t application = 0;
  std::size_t flink = 0;
  std::size_t library = 0;

  std::size_t all() const { return application + flink + library; }
};

/// A connector in the JAR, and the Flink releases that its version was built for.
struct PackedConnector {
  std::string key;  ///< "org.apache.flink:flink-connector-kafka"
  std::string name;
  std::string version;              ///< Empty where nothing says it.
  std::vector<FlinkVersion> flink;  ///< Empty where neither the table nor the version says.
};

/// What the team's own classes use of a package of Flink.
struct PackageUse {
  std::size_t classes = 0;
  std::size_t members = 0;  ///< Methods and fields; 0 where the linked classes were not read.
};

/// A class file that was compiled with --enable-preview.
struct PreviewClass {
  std::string entry;
  int java = 0;  ///< The one release that it runs on.
};

/// What an application JAR is made of, for a listing.
struct ApplicationSummary {
  ClassCounts classes;
  std::map<int, ClassCounts> java_levels;  ///< By Java release, without META-INF/versions and modules.
  std::vector<PreviewClass> previews;      ///< In the order of the JAR's classes.
  std::vector<std::string> modules;        ///< Entries of module descriptors.
  std::vector<ShadowedClass> shadowed;     ///< Those that differ from what hides them come first.
  Packing packing;
  std::vector<PackedConnector> connectors;
  std::map<std::string, PackageUse> flink_use;  ///< By package; of classes that are not in the JAR.
  std::vector<UidCall> uid_calls;               ///< Of the team's own classes.
};

/// `linked` may be empty, or hold the team's own classes; `origins` is what origins_of tells of the application.
ApplicationSummary summary_of(const ApplicationJar& application, std::span<const LinkedClass> linked,
                              const ClassOrigins& origins, const CompatibilityTable& table);

}  // namespace preflight
