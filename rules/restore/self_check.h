#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "restore/identified_job.h"
#include "savepoint/savepoint.h"
#include "serialization/schema_compatibility.h"

namespace preflight {

/// The running job as its JAR tells it, held against the savepoint that it wrote: what does not match was not
/// understood, and what the new JAR says of the same place is not to be trusted either.
struct SelfCheck {
  std::vector<JobUnknown> mismatches;
  std::set<OperatorId> operators;  ///< Of the savepoint, that the job was not seen to have.
  /// Of the savepoint, that the job was not seen to have, or seen to have with another serializer. "(key)" is the key.
  std::set<std::pair<OperatorId, std::string>> states;

  bool distrusts(const OperatorId& id) const { return operators.contains(id); }
  bool distrusts(const OperatorId& id, const std::string& state) const { return states.contains({id, state}); }
};

/// `worlds` are those of the running job before and after, at its own release.
SelfCheck check_self(const Savepoint& savepoint, const IdentifiedJob& running, StateBackend backend,
                     const SchemaWorlds& worlds);

}  // namespace preflight
