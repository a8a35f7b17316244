#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "compatibility_table.h"

namespace preflight {

/// Whose code a class of the application JAR is.
enum class ClassOrigin : std::uint8_t {
  application,  ///< The team's own: what they can change.
  flink,        ///< Flink or one of its connectors, packed into the JAR.
  library,      ///< Another library.
};

/// The origin of each class of the JAR, and the library it belongs to where that is known.
struct ClassOrigins {
  std::vector<ClassOrigin> of;            ///< One for each of ApplicationJar::classes.
  std::vector<std::uint32_t> library_of;  ///< Index into `libraries`, or kNoLibrary.
  std::vector<std::string> libraries;     ///< What reports call them: "org.apache.kafka:kafka-clients", or a package.

  static constexpr std::uint32_t kNoLibrary = UINT32_MAX;
};

/// Tells the team's classes from those they packed: by the nested JAR they came in, by the packages of known libraries
/// (rules/table/libraries.json, also where they were relocated), by the group ids of bundled Maven artifacts; the
/// entry class's own package is always the application's. A class that nothing is known of is the application's.
ClassOrigins origins_of(const ApplicationJar& application, const CompatibilityTable& table);

}  // namespace preflight
