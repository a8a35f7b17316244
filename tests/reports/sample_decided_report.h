#pragma once

#include "report.h"

namespace preflight {

/// blocked_report() with a waiver, a baseline and a plan.
Report decided_report();
/// 5,000 findings and 1,000 operators.
Report large_report();

}  // namespace preflight
