#pragma once

// Private to the readers of deployments.

#include "deployment/setting_reader.h"

namespace preflight {

/// Adds keys of Flink's configuration, nested or flat, under their full names. Of a list Flink keeps the YAML text.
void read_flink_configuration(const DeploymentValue& configuration, const SettingReader& reader);

/// Sets what the keys of the configuration say of the start (parallelism.default, execution.savepoint.path, ...) where
/// nothing else in the deployment has said it.
void settle_configured_settings(const SettingReader& reader);

}  // namespace preflight
