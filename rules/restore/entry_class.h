#pragma once

#include <optional>
#include <string>

#include "application/application_jar.h"

namespace preflight {

/// The class whose main method builds the job.
struct EntryClass {
  std::string name;             ///< Binary name; empty where it is not known.
  std::string unknown_because;  ///< Empty where it is known.
};

/// As `told` on the command line, else as the manifest names it, else the only class of the JAR that has a main method
/// and refers, itself or through other classes of the JAR, to an execution environment of Flink's.
EntryClass entry_class_of(const ApplicationJar& application, const std::optional<std::string>& told);

}  // namespace preflight
