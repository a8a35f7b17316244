#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finding.h"
#include "flink_version.h"
#include "platform.h"

namespace preflight {

// What the table says of things that application JARs hold, beside Flink's own API.

/// Libraries that do not go together, or not with Flink (library_conflicts.json).
struct LibraryConflict {
  std::string id;
  std::vector<std::vector<std::string>> libraries;  ///< Ids of libraries.json: one of each list has to be there.
  Severity severity = Severity::low;
  std::string title;
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

/// A library whose maintainers have ended it (ended_libraries.json).
struct EndedLibrary {
  std::string library;  ///< Id of libraries.json
  std::string ended;    ///< ISO date
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

/// The largest application file that a platform takes (platform_limits.json).
struct PlatformLimit {
  std::string id;
  Platform platform = Platform::msf;
  std::uint64_t application_bytes = 0;
  Severity severity = Severity::low;
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

/// Calls (platform_references.json), or settings of a deployment (deployment_settings.json), that a platform refuses.
struct PlatformReference {
  std::string id;
  std::string rule;                          ///< The rule that speaks of it.
  std::optional<Platform> platform;          ///< nullopt: wherever Flink runs.
  std::optional<FlinkVersion> since, until;  ///< Target releases, both included.
  /// "a.b.C#name", "a.b.C#set*", "a.b.C#<init>", "a.b.C" for all of a class; "snapshots=off", "kpus>64" of settings.
  std::vector<std::string> calls;
  Severity severity = Severity::low;
  std::string title;
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

}  // namespace preflight
