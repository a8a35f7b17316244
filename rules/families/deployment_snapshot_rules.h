#pragma once

#include "rule.h"

namespace preflight {

// The snapshot that a deployment starts from: whether it is there, whether the target takes it, and how old it is.

Rule snapshot_not_usable();
Rule older_snapshot_restored();
Rule snapshot_older_than_retention();

}  // namespace preflight
