#pragma once

#include "rule.h"

namespace preflight {

// The states of the savepoint against those that the new JAR registers, and against the target release.
Rule kryo_state_across_major();
Rule serializer_snapshot_removed();
Rule state_incompatible();
Rule state_not_registered();
Rule field_lost_in_migration();

}  // namespace preflight
