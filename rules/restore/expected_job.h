#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compatibility_table.h"
#include "flink_version.h"
#include "job/job_model.h"
#include "savepoint/savepoint.h"
#include "serialization/serializer_inference.h"

namespace preflight {

/// A state that an operator of the job will register.
struct ExpectedState {
  /// In the form in which a savepoint of the job would show it: with ListSerializer, MapSerializer and TtlSerializer
  /// around the value where Flink puts them, TimerSerializer, namespace, options (KEYED_STATE_TYPE and so on). Its name
  /// is empty where the code does not tell.
  State state;
  std::string name_unknown_because;        ///< Empty where the name is known.
  std::string name_pattern;                ///< "count-{}", where it is known in part.
  JobState::Ttl ttl = JobState::Ttl::off;  ///< Where unknown, `state` is as without TTL.
  bool conditional = false;
  bool lazy = false;
  std::string payload;  ///< As in JobState.
  std::vector<SerializerNote> notes;
  CodePlace place;
};

/// An operator of the job, with the ID under which it looks for its state.
struct ExpectedOperator {
  std::uint32_t index = 0;  ///< Into JobModel::operators.
  enum class IdOrigin { uid, uid_hash, automatic, unknown };
  IdOrigin id_origin = IdOrigin::unknown;
  /// The IDs that it can have: one where the code tells, several where it is one of a few; none where it is not known.
  std::vector<OperatorId> ids;
  std::vector<std::string> uids;   ///< That the IDs come from, in their order; empty for uid hashes and automatic ones.
  std::string id_unknown_because;  ///< Empty where `ids` has all it can be.
  /// With a uid hash: the ID that Flink generates all the same. Under it the operator writes its state, and looks for
  /// it where the savepoint has none under the hash (IdentifiedJob fills it).
  std::optional<OperatorId> written_as;
  std::optional<SerializerSnapshot> key_serializer;
  std::vector<SerializerNote> key_notes;
  std::vector<ExpectedState> states;
  std::string states_incomplete_because;  ///< As in JobOperator.
};

/// What Flink of one release makes of a job: the operators as its savepoint would show them.
struct ExpectedJob {
  FlinkVersion release;
  std::vector<ExpectedOperator> operators;  ///< In the order of JobModel::operators.
};

/// The IDs of operators without a uid are left open (automatic, none): they follow from the graph as a whole.
ExpectedJob expect_job(const JobModel& job, const FlinkVersion& release, const CompatibilityTable& table);

}  // namespace preflight
