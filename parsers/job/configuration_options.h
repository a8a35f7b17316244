#pragma once

// Private to the reader of jobs.

#include "job/interpreter.h"
#include "job/job_draft.h"

namespace preflight {

/// What the Configurations among the arguments of a call set. Options that JobCalls does not list change nothing that a
/// job is read as; a Configuration that the job's code does not make itself may set any.
void apply_configuration(const LibraryCall& call, const JobCalls& table, JobDraft& draft, Interpreter& interpreter);

}  // namespace preflight
