#pragma once

#include <optional>
#include <string>
#include <vector>

#include "finding.h"
#include "flink_version.h"
#include "platform.h"

namespace preflight {

/// What became of a key of Flink's configuration (configuration_keys.json).
struct ConfigurationKey {
  enum class Change {
    renamed,          ///< The old key still works, as a fallback of the new one.
    removed,          ///< It is read no more: the setting is without effect, and nothing says so.
    default_changed,  ///< Who does not set it gets another behaviour.
    refused,          ///< The platform or the release refuses to start with it, or overrides it.
  };
  std::string key;  ///< "state.backend"; "state.backend=filesystem": with that value; "*" stands for any text.
  Change change = Change::removed;
  FlinkVersion since;                    ///< The first release of which it is true.
  std::optional<Platform> platform;      ///< nullopt: wherever Flink runs.
  std::string new_key;                   ///< Empty where there is none.
  std::string old_default, new_default;  ///< Of default_changed.
  Severity severity = Severity::low;
  std::string why;
  std::string remedy;
  std::string
      verified_by;  ///< What settled it: "flink-core 2.2.0, ConfigOptions by reflection"; empty where nothing did.
  std::vector<std::string> sources;
};

}  // namespace preflight
