#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "restore/identified_job.h"
#include "restore/restore_prediction.h"
#include "restore/uid_candidates.h"
#include "savepoint/automatic_operator_id.h"
#include "savepoint/savepoint.h"

namespace preflight {

/// Which operator of the new job takes the state of one of the savepoint.
struct OperatorMatching {
  OperatorMatch how = OperatorMatch::no_application;
  std::optional<std::uint32_t> op;  ///< Index into IdentifiedJob::operators.
  std::optional<std::string> uid;   ///< That gives the ID, where the new job tells it.
  std::string reason;
  std::string uncertain_because;  ///< Why `op` may not be there, or may not be the one; empty where it certainly is.
};

/// Finds by operator ID who takes what, as Checkpoints#loadAndValidateCheckpoint does.
class OperatorMatcher {
 public:
  /// `job` is null where no job could be read; `application` where no JAR was given. They must outlive the matcher.
  OperatorMatcher(const Savepoint& before, const IdentifiedJob* job, const ApplicationJar* application);

  OperatorMatching match(const OperatorState& before) const;
  /// Operators of the new job that are not in the savepoint.
  std::vector<std::uint32_t> added() const;
  /// Uids, and automatic IDs that a uid hash repeats, that two operators certainly have.
  std::vector<std::string> used_twice() const;

 private:
  OperatorMatching matched(const std::vector<std::uint32_t>& takers, const OperatorState& before) const;
  bool may_be_automatic(const OperatorState& before) const;
  bool has_no_uid(const OperatorState& before) const;
  std::string why_undetermined(const OperatorState& before) const;

  const Savepoint& before_;
  const IdentifiedJob* job_;
  const ApplicationJar* application_;
  std::optional<UidCandidates> candidates_;
  std::map<OperatorId, std::vector<std::uint32_t>> takers_;  ///< Operators of the new job by the IDs they can have.
  AutomaticOperatorIds automatic_;
};

}  // namespace preflight
