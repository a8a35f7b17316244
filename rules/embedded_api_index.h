#pragma once

#include <vector>

#include "api/api_index.h"

namespace preflight {

/// The index of Flink's API that the program carries (rules/table/flink.api), with `added` laid over it: a release that
/// is in both is taken from the last of `added` that has it.
ApiIndex api_index(std::vector<ApiIndex> added = {});

}  // namespace preflight
