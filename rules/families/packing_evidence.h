#pragma once

#include <string>

#include "rule.h"

namespace preflight {

// How findings about what the JAR packs speak of it.

/// Where Flink says which packages it loads from its own lib folder, whatever the JAR has.
inline constexpr const char* kParentFirst =
    "org.apache.flink.configuration.CoreOptions: classloader.parent-first-patterns";

/// A finding about the dependency `name`, located in the application JAR.
Finding packing_finding(const char* rule, Severity severity, std::string name, const Facts& facts);

/// The first place that tells of the library; empty where only its classes do.
std::string entry_of(const PackedLibrary& library);

/// "org.x:y 1.0, relocated to com.acme.shaded., 12 classes", as far as it is known.
std::string description_of(const PackedLibrary& library);

}  // namespace preflight
