#pragma once

#include <map>
#include <span>
#include <vector>

#include "savepoint/operator_id.h"

namespace preflight {

/// How StreamGraphHasherV2#generateDeterministicHash arrived at an operator ID for an operator without a uid.
struct AutomaticOperatorId {
  int position = 0;                ///< How many operators were hashed before it.
  int chainable_outputs = 0;       ///< Out-edges that Flink could chain.
  std::vector<OperatorId> inputs;  ///< IDs of its inputs, in edge order; empty for a source.
};

/// Finds those among `operators` (all operator IDs of one savepoint; Flink writes every operator of the job) whose ID
/// Flink generated from the shape of the job graph, by trying each position, number of chainable outputs and tuple of
/// inputs that the savepoint's own operators allow. An ID found this way is certain (128 bits); one not found may come
/// from a uid, from setUidHash, or from a graph beyond the search: at most 3 inputs, and a bounded number of trials.
std::map<OperatorId, AutomaticOperatorId> recognise_automatic_ids(std::span<const OperatorId> operators);

}  // namespace preflight
