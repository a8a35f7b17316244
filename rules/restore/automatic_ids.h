#pragma once

#include <optional>
#include <string>
#include <vector>

#include "job/job_model.h"
#include "restore/job_chains.h"
#include "savepoint/operator_id.h"

namespace preflight {

/// The ID that Flink generates for an operator of a job: out of its uid, or else out of the shape of the job's graph.
/// Under it the operator writes its state, and looks for it (beside a uid hash).
struct GeneratedId {
  bool from_uid = false;
  std::optional<OperatorId> id;
  std::string
      unknown_because;  ///< Empty where `id` is known, and for a source that nothing reads: it is not in the graph.
};

/// Of each operator, in the order of JobModel::operators (StreamGraphHasherV2#traverseStreamGraphAndGenerateHashes).
/// `job` must refer in its edges to operators before the one that has the edge.
std::vector<GeneratedId> generated_ids(const JobModel& job, const JobParallelism& parallelism);

}  // namespace preflight
