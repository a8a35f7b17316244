#pragma once

#include "rule.h"

namespace preflight {

// Defects of releases, over known_bugs.json.
Rule known_bug_met();

}  // namespace preflight
