#pragma once

#include "rule.h"

namespace preflight {

// The savepoint against the new JAR and the target release.
Rule operator_not_in_application();
Rule operator_without_uid();
Rule kryo_state_across_major();
Rule serializer_snapshot_removed();
Rule parallelism_above_max();
Rule max_parallelism_changed();

}  // namespace preflight
