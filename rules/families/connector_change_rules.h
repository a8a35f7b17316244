#pragma once

#include "rule.h"

namespace preflight {

// What a connector's newer release or its successor does otherwise, beside its state, over table_options.json and
// successor_gaps.json.
Rule table_option_refused();
Rule successor_does_less();

}  // namespace preflight
