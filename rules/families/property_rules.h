#pragma once

#include "rule.h"

namespace preflight {

// The properties that a deployment gives to the application, held against the JAR.

Rule property_group_not_read();
Rule python_run_option_refused();

}  // namespace preflight
