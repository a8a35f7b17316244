#pragma once

#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

/// The entry of a waiver file (docs/gate.md) that would cover this finding and no other, as lines of YAML to paste.
/// What only the team can say stands as an empty text, which a waiver file may not have: it has to be filled in.
std::vector<std::string> waiver_block(const Finding& finding);

}  // namespace preflight
