#pragma once

#include "rollback_readiness.h"
#include "rule.h"

namespace preflight {

/// Whether and how one goes back to the release that runs now, as far as the deployments, the savepoint and the code
/// tell. Without a deployment the steps are general, and `missing` says what would make them better.
RollbackReadiness rollback_of(const Facts& facts);

}  // namespace preflight
