#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "job/job_model.h"

namespace preflight {

/// What an operator without a uid is called in reasons: "process at com.acme.Job.main:42".
std::string describe(const JobOperator& op);

/// The parallelism that each operator of a job will run with.
class JobParallelism {
 public:
  /// `started_with` is the parallelism that the job is started with (--parallelism); what the code sets comes first.
  JobParallelism(const JobModel& job, std::optional<int> started_with);

  /// nullopt where the code does not tell, or leaves it to a default that is not known.
  std::optional<int> of(std::uint32_t op) const;
  /// Whether two operators run with the same; two that the code leaves to one default do, whatever it is.
  std::optional<bool> equal(std::uint32_t one, std::uint32_t other) const;
  /// Whether the operator runs with what the job is started with, rather than with what its code sets.
  bool follows_start(std::uint32_t op) const;
  /// Whether the answer of some operator depends on a default that is not known.
  bool default_is_open() const;

 private:
  const JobModel& job_;
  std::optional<int> default_;
  bool default_set_by_code_ = false;
};

/// Which operators Flink puts into one task (StreamingJobGraphGenerator#isChainable).
class JobChains {
 public:
  JobChains(const JobModel& job, const JobParallelism& parallelism);

  struct OutEdge {
    std::uint32_t to = 0;
    const JobEdge* edge = nullptr;
  };
  /// In the order in which Flink connects them.
  const std::vector<OutEdge>& out_edges(std::uint32_t op) const { return out_edges_[op]; }
  /// Whether Flink chains the two ends of an edge; nullopt where that depends on a parallelism or a slot sharing group
  /// that is not known.
  std::optional<bool> chainable(std::uint32_t from, const OutEdge& edge) const;
  /// The first operator of the chain that `op` is in; nullopt where it is not known where the chain begins.
  std::optional<std::uint32_t> head_of(std::uint32_t op) const;

 private:
  std::optional<bool> partitioner_forwards(const JobEdge& edge, std::uint32_t to) const;
  std::optional<bool> same_slot_sharing_group(std::uint32_t one, std::uint32_t other) const;
  bool strategies_allow(std::uint32_t from, std::uint32_t to) const;

  const JobModel& job_;
  const JobParallelism& parallelism_;
  std::vector<std::vector<OutEdge>> out_edges_;
  std::vector<std::optional<std::string>> slot_sharing_groups_;  ///< nullopt where it is not known.
};

}  // namespace preflight
