#pragma once

#include "rule.h"

namespace preflight {

// The target runtime and the way to it.
Rule target_runtime_unknown();
Rule target_runtime_out_of_support();
Rule runtime_downgrade();
Rule upgrade_path_refused();
Rule upgrade_path_unpromised();

}  // namespace preflight
