#pragma once

#include <map>
#include <string>

#include "application/application_jar.h"
#include "savepoint/operator_id.h"

namespace preflight {

/// The operator IDs that the string constants of a JAR give, each taken as a uid: a net under uids that the code
/// computes in a way that could not be followed.
class UidCandidates {
 public:
  explicit UidCandidates(const ApplicationJar& application);

  /// The text, of an ID set by setUidHash its 32 digits; nullptr where no constant gives this ID.
  const std::string* find(const OperatorId& id) const;

 private:
  std::map<OperatorId, std::string> texts_;
};

}  // namespace preflight
