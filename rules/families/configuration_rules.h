#pragma once

#include <optional>

#include "deployment/deployment.h"
#include "rule.h"

namespace preflight {

// Keys of Flink's configuration that a deployment sets, or leaves out: each change is a row of configuration_keys.json.

Rule configuration_key_removed();
Rule configuration_key_renamed();
Rule configuration_key_refused();
Rule configuration_default_changed();

}  // namespace preflight
