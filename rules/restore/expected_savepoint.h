#pragma once

#include <string_view>
#include <vector>

#include "restore/identified_job.h"
#include "savepoint/savepoint.h"

namespace preflight {

/// The savepoint that a job would write, as far as its code tells.
struct ExpectedSavepoint {
  Savepoint savepoint;               ///< Of operators whose ID is known. A number that is not known is 0.
  std::vector<JobUnknown> unknowns;  ///< Operators that it may have beside those, or may not have.
};

/// States whose names are not known become an `unread` reason of their operator. `whose` is the job's name in the
/// unknowns.
ExpectedSavepoint expected_savepoint(const IdentifiedJob& job, std::string_view whose);

}  // namespace preflight
