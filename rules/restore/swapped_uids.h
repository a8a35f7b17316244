#pragma once

#include <map>
#include <string>

#include "restore/identified_job.h"

namespace preflight {

/// Operators of the new job that stand where another stood in the running job, each with the other's uid: two of one
/// kind, on the same inputs, whose uids come in the other order. Whether the code was merely put in another order, or
/// each function now gets the other's state, the graph does not tell. By operator ID, with the other's uid.
std::map<OperatorId, std::string> swapped_uids(const IdentifiedJob& running, const IdentifiedJob& job);

}  // namespace preflight
