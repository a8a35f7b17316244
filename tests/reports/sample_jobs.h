#pragma once

#include "job/job_model.h"

namespace preflight::test {

/// The job of a JAR that runs.
JobModel sample_job();

/// The job that is to follow it: with something added, removed and changed, and of everything that can be unknown of a
/// job one.
JobModel sample_new_job();

}  // namespace preflight::test
