#pragma once

#include "job/interpreter.h"
#include "job/job_draft.h"

namespace preflight {

/// uid(), setParallelism() and their like, on the operators of `call.receiver`. False where the row is of no such
/// effect.
bool apply_setting(const JobCall& row, const LibraryCall& call, JobDraft& draft, JobTypes& types);

}  // namespace preflight
