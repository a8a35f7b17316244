#pragma once

#include <map>
#include <optional>
#include <string>

#include "application/application_jar.h"
#include "savepoint/operator_id.h"

namespace preflight {

/// The operator IDs that an application JAR can give to its operators, as far as its classes tell.
class ApplicationUids {
 public:
  explicit ApplicationUids(const ApplicationJar& application);

  /// How an operator ID can come about in the new job.
  struct Origin {
    std::string uid;      ///< The uid text; for an ID set by setUidHash its 32 digits.
    bool called = false;  ///< The text is the argument of a uid(…) call; otherwise it is merely a constant of the JAR.
  };
  /// nullptr where no known text yields this ID.
  const Origin* find(const OperatorId& id) const;

  /// Why not every uid of the job is known; empty when every uid is, so that an ID not found is certainly not among
  /// them.
  const std::string& incomplete_because() const { return incomplete_because_; }

  /// Distinct uids that are arguments of uid(…) calls.
  int known_uids() const { return known_uids_; }

 private:
  void add_uid(const std::string& uid, bool called);

  std::map<OperatorId, Origin> origins_;
  std::string incomplete_because_;
  int known_uids_ = 0;
};

}  // namespace preflight
