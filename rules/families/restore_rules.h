#pragma once

#include "rule.h"

namespace preflight {

// The operators of the savepoint against those of the new JAR.
Rule operator_not_in_application();
Rule operator_without_uid();
Rule uid_used_twice();
Rule non_restored_state_allowed();
Rule parallelism_above_max();
Rule max_parallelism_changed();

}  // namespace preflight
