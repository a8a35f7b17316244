#pragma once

#include <optional>
#include <vector>

#include "compatibility_table.h"
#include "restore/expected_job.h"
#include "restore/job_chains.h"
#include "savepoint/savepoint.h"

namespace preflight {

/// What Flink of one release makes of a job, with the IDs of all its operators: also of those that have no uid.
class IdentifiedJob {
 public:
  /// Where neither the code nor `started_with` (--parallelism) tells the default parallelism, it is taken to be the one
  /// that `savepoint` shows, if there is one: that of an operator that follows the default, or else the one with which
  /// the automatic IDs of the job are those of the savepoint. `model` must outlive the job.
  IdentifiedJob(const JobModel& model, const FlinkVersion& release, const CompatibilityTable& table,
                std::optional<int> started_with, const Savepoint* savepoint);
  IdentifiedJob(const IdentifiedJob&) = delete;
  IdentifiedJob& operator=(const IdentifiedJob&) = delete;

  const JobModel& model() const { return model_; }
  const FlinkVersion& release() const { return expected_.release; }
  /// In the order of JobModel::operators. Those of sources that nothing reads have no ID and no reason for it.
  const std::vector<ExpectedOperator>& operators() const { return expected_.operators; }
  const JobOperator& call_of(const ExpectedOperator& op) const { return model_.operators[op.index]; }
  const JobParallelism& parallelism() const { return parallelism_; }
  const JobChains& chains() const { return chains_; }

 private:
  const JobModel& model_;
  ExpectedJob expected_;
  JobParallelism parallelism_;
  JobChains chains_;
};

/// Whether the ID of an operator of a job is known, and the operator is certainly there.
bool certainly_there(const JobOperator& call, const ExpectedOperator& op);
/// Why the operator with this ID may not be there, or may be another; empty where it certainly is.
std::string why_uncertain(const JobOperator& call, const ExpectedOperator& op);

}  // namespace preflight
