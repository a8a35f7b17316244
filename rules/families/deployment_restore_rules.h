#pragma once

#include "rule.h"

namespace preflight {

// How a deployment takes its state along, and what that way does not do.

Rule last_state_across_releases();
Rule last_state_ignores_flag();
Rule unaligned_checkpoint_restored();
Rule restore_source_not_configured();
Rule state_backend_changed();

}  // namespace preflight
