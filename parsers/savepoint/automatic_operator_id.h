#pragma once

#include <map>
#include <set>
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

/// The ID that the formula gives (StreamGraphHasherV2#generateDeterministicHash).
OperatorId operator_id_of(const AutomaticOperatorId& automatic);

/// Which operator IDs of a savepoint Flink generated from the shape of the job graph.
struct AutomaticOperatorIds {
  std::map<OperatorId, AutomaticOperatorId> certain;
  /// The formula holds between an operator and its last input in both directions, and nothing settled which of the two
  /// it explains: at least one of each such pair is automatic.
  std::set<OperatorId> possible;
  /// True when every tuple of up to three inputs was tried; an operator in neither list is then not automatic, but for
  /// graphs with more inputs, chainable outputs (16) or operators (4096) than that.
  bool exhaustive = false;
};

/// Finds them by trying, for each of `operators` (all operator IDs of one savepoint; Flink writes every operator of the
/// job), each position, number of chainable outputs and tuple of inputs that the savepoint's own operators allow.
/// `from_uid` are those IDs that are known to come from a uid. The number of trials is bounded: up to about 2200
/// operators one input is tried, up to 170 two, up to 47 three.
AutomaticOperatorIds recognise_automatic_ids(std::span<const OperatorId> operators,
                                             std::span<const OperatorId> from_uid = {});

}  // namespace preflight
