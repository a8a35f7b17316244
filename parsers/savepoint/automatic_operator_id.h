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
/// inputs that the savepoint's own operators allow. `from_uid` are those IDs that are known to come from a uid.
///
/// An ID in the result is certain. One that is missing may come from a uid, from setUidHash, from a graph beyond the
/// search (3 inputs, 16 chainable outputs, 4096 operators, a bounded number of trials: up to about 2200 operators one
/// input is tried, up to 170 two, up to 47 three), or it cannot be told from its last input: the formula holds as well
/// with the two exchanged, and only a source, a known uid or the positions of their neighbours settle which is which.
std::map<OperatorId, AutomaticOperatorId> recognise_automatic_ids(std::span<const OperatorId> operators,
                                                                  std::span<const OperatorId> from_uid = {});

}  // namespace preflight
