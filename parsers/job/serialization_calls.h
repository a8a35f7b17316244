#pragma once

// Private to the reader of jobs.

#include "job/interpreter.h"
#include "job/job_draft.h"

namespace preflight {

/// What a call sets about serialization. False where the row is of no such effect.
bool apply_serialization(const JobCall& row, const LibraryCall& call, JobDraft& draft);

}  // namespace preflight
