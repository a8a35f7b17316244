#pragma once

#include <vector>

#include "restore/identified_job.h"
#include "savepoint_changes.h"

namespace preflight {

/// What differs between two jobs, as their savepoints would differ.
struct JobChanges {
  SavepointChanges changes;
  std::vector<JobUnknown> unknown_before;  ///< What of either job could not be told, and may differ too.
  std::vector<JobUnknown> unknown_after;
};

JobChanges compare_jobs(const IdentifiedJob& before, const IdentifiedJob& after);

}  // namespace preflight
