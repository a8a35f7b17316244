#pragma once

#include <optional>
#include <string>
#include <vector>

#include "restore/outcomes.h"
#include "savepoint/savepoint.h"
#include "upgrade.h"

namespace preflight {

struct StatePrediction {
  std::string name;
  StateKind kind = StateKind::keyed;
  StateOutcome outcome = StateOutcome::unknown;
  std::optional<std::string> serializer_before;  ///< The tree as text; empty where it could not be read.
  std::optional<std::string> serializer_after;   ///< Empty where it is not known what the new JAR will register.
  std::string reason;
};

/// How an operator of the savepoint was found in the new JAR, or why not.
enum class OperatorMatch {
  by_uid_call,         ///< A uid("…") call of the JAR hashes to the operator ID.
  by_string_constant,  ///< Only a string constant does: the text is there, the call that uses it was not seen.
  automatic,     ///< The ID was generated from the job graph's shape; whether the new graph generates it again is open.
  absent,        ///< No uid of the JAR hashes to it, and every uid of the JAR is known.
  undetermined,  ///< No known uid hashes to it, but not every uid of the JAR is known.
  no_application,  ///< No JAR was given.
};

struct OperatorPrediction {
  OperatorId id;
  std::optional<std::string> uid;
  std::optional<std::string> name;
  int parallelism = 0;
  int max_parallelism = 0;
  OperatorMatch match = OperatorMatch::no_application;
  OperatorOutcome outcome = OperatorOutcome::unknown;
  std::string reason;
  std::vector<StatePrediction> states;
};

struct RestorePrediction {
  RestoreOutcome outcome = RestoreOutcome::not_applicable;
  std::string reason;  ///< One sentence for the reader of a report.
  std::optional<bool> allow_non_restored_state;
  std::vector<OperatorPrediction> operators;  ///< In the order of the savepoint.
};

/// Matches the savepoint's operators with the new JAR's uids and says what will become of each state, as Flink decides
/// at start (Checkpoints#loadAndValidateCheckpoint, StateAssignmentOperation, TypeSerializerSnapshot). not_applicable
/// without a savepoint.
RestorePrediction predict_restore(const Upgrade& upgrade);

}  // namespace preflight
