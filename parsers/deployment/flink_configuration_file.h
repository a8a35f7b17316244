#pragma once

// Private to the readers of deployments.

#include <string>
#include <string_view>

#include "deployment/setting_reader.h"

namespace preflight {

/// Whether a mapping has keys of Flink's configuration, nested or flat, as config.yaml does.
bool is_flink_configuration(const DocumentNode& document);

/// config.yaml (Flink 1.19 and later).
Deployment read_flink_configuration_file(const DocumentNode& document, const std::string& file);

/// flink-conf.yaml by the rules of Flink 1.x, which are not YAML's (GlobalConfiguration.loadYAMLResource): a line is
/// cut at its first '#', and split at its first ": "; a line without one is passed over; of a key that is set twice the
/// last value counts. Throws InputError (not_this_format) where no line has a key and a value.
Deployment read_legacy_configuration_file(std::string_view text, const std::string& file);

}  // namespace preflight
