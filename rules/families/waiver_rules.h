#pragma once

#include "rule.h"

namespace preflight {

// What the gate finds when it holds the findings against the team's waivers. They have no check of their own.
Rule waiver_expired();
Rule waiver_unused();

}  // namespace preflight
