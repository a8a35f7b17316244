#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "job/job_model.h"
#include "restore/outcomes.h"
#include "restore/rescaling.h"
#include "restore/restore_graph.h"
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
  std::vector<std::string> lost;  ///< What a migration drops without a word, as "field `email` of com.acme.Customer".
  CodePlace place;                ///< Where the new job registers it; empty where it does not, or Flink does.
};

/// How an operator of the savepoint was found in the new job, or why not.
enum class OperatorMatch {
  by_uid,              ///< The new job has an operator whose uid gives the ID.
  by_uid_hash,         ///< One that is given the ID by setUidHash(…).
  by_automatic_id,     ///< One without uid, to which Flink will give the same ID as before.
  by_plan,             ///< A node of the compiled plan (--sql-plan) makes one with it.
  by_string_constant,  ///< Only a string constant of the JAR gives it: the text is there, the call that uses it was not
                       ///< seen.
  automatic,     ///< The ID was generated from the job graph's shape; whether the new graph generates it again is open.
  absent,        ///< The new job has no operator with it.
  undetermined,  ///< None that is known has it, but not all of the new job is known.
  no_application,  ///< No JAR was given.
  added,           ///< The other way round: an operator of the new job that the savepoint has not.
};

struct OperatorPrediction {
  OperatorId id;
  std::optional<std::string> uid;
  std::optional<std::string> name;
  int parallelism = 0;  ///< That of the savepoint, of an added operator the new one; 0 where it is not known.
  int max_parallelism = 0;
  OperatorMatch match = OperatorMatch::no_application;
  std::optional<std::uint32_t> job_operator;  ///< That takes its state: index into the operators of Upgrade::job.
  OperatorOutcome outcome = OperatorOutcome::unknown;
  std::string reason;
  RescalingVerdict rescaling;
  std::vector<StatePrediction> states;  ///< Those of the savepoint in its order, then those that the new job adds.
};

struct RestorePrediction {
  RestoreOutcome outcome = RestoreOutcome::not_applicable;
  std::string reason;  ///< One sentence for the reader of a report.
  std::optional<bool> allow_non_restored_state;
  /// Those of the savepoint in its order, then those that the new job adds.
  std::vector<OperatorPrediction> operators;
  RestoreGraph graph;  ///< Empty where the new job could not be read.
  /// What is restored: the savepoint that was given, or the one that the running job would write.
  Savepoint before;
  bool before_is_inferred = false;
  std::vector<std::string> uids_used_twice;  ///< Certainly, by operators of the new job; Flink then refuses it.
  /// What of the running JAR was found otherwise in its savepoint: the limit of what is understood of this application.
  std::vector<JobUnknown> self_check;
  std::vector<JobUnknown> unknowns;  ///< Of the two jobs as a whole; with one of them nothing is said to restore.
};

/// Holds the savepoint, or what the running job would write, against the new job, and says what will become of each
/// state, as Flink decides at start (Checkpoints#loadAndValidateCheckpoint, StateAssignmentOperation,
/// TypeSerializerSnapshot). not_applicable with neither a savepoint nor a running job.
RestorePrediction predict_restore(const Upgrade& upgrade);

}  // namespace preflight
