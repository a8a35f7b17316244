#pragma once

#include <vector>

#include "job/interpreter.h"
#include "job/job_draft.h"

namespace preflight {

/// The arguments of a call of Flink's API by what they are for, as the types of its parameters tell.
struct CallArguments {
  std::vector<FunctionArgument> functions;  ///< In their order.
  std::vector<FunctionArgument> key_selectors;
  std::vector<const Value*> types;         ///< TypeInformation that stands before the last function or selector, ...
  std::vector<const Value*> result_types;  ///< ... and behind it.
  std::vector<const Value*> texts;
  std::vector<const Value*> others;
};

CallArguments arguments_of(const LibraryCall& call, const JobCalls& table);

}  // namespace preflight
