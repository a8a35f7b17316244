#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "job/job_model.h"

namespace preflight {

struct OperatorPrediction;

/// An operator in the picture of the new job.
struct RestoreGraphNode {
  std::string title;                      ///< Its uid, else its name, else the call that makes it.
  std::string detail;                     ///< The call and the class of its function: "process PriceAlert".
  std::optional<std::size_t> prediction;  ///< Index of what is said of it; none where its ID is not known.
};

struct RestoreGraphEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// The new job's operators in the order of its model, then those of the savepoint that none of them takes; and how they
/// feed each other.
struct RestoreGraph {
  std::vector<RestoreGraphNode> nodes;
  std::vector<RestoreGraphEdge> edges;
};

/// `operators` as RestorePrediction has them.
RestoreGraph graph_of(const JobModel& job, const std::vector<OperatorPrediction>& operators);

}  // namespace preflight
