#pragma once

#include "rule.h"

namespace preflight {

// The states that connectors write by themselves, over connector_state_formats.json.
Rule connector_state_format_changed();

}  // namespace preflight
