#pragma once

#include "rule.h"

namespace preflight {

// The compiled plan of a SQL job.
Rule sql_plan_refused();

}  // namespace preflight
