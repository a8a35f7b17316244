#pragma once

// Private to the reader of jobs.

#include <vector>

#include "job/class_pool.h"
#include "job/job_draft.h"
#include "job/job_model.h"

namespace preflight {

/// Of keyBy(selector): without digest where the selector is none of the application's own, or one of several.
JobKeySelector key_selector_of(const FunctionArgument& selector, ClassPool& pool);
/// Of keyBy("name", ...) and keyBy(0, ...): without digest where one of them is not known.
JobKeySelector key_selector_of_fields(const std::vector<const Value*>& fields);

}  // namespace preflight
