#include "restore/automatic_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "savepoint/automatic_operator_id.h"

namespace preflight {
namespace {

/// Walks the graph as Flink does: breadth first from the sources, an operator without a uid once all its inputs are
/// hashed.
class GraphWalk {
 public:
  GraphWalk(const JobModel& job, const JobParallelism& parallelism)
      : job_(job), chains_(job, parallelism), ids_(job.operators.size()), hashed_(job.operators.size()) {
    if (!job.incomplete_because.empty())
      shape_unknown_because_ = "the job may have operators that were not found: " + job.incomplete_because;
    else if (job.uses_table_api)
      shape_unknown_because_ = "the planner of the Table API adds operators to the graph";
  }

  std::vector<GeneratedId> run() {
    std::deque<std::uint32_t> remaining;
    std::vector<bool> visited(job_.operators.size());
    const auto visit = [&](std::uint32_t op) {
      if (!visited[op])
        remaining.push_back(op);
      visited[op] = true;
    };
    for (std::uint32_t op = 0; op < job_.operators.size(); ++op)
      if (job_.operators[op].inputs.empty() && !chains_.out_edges(op).empty())
        visit(op);
    while (!remaining.empty()) {
      const std::uint32_t op = remaining.front();
      remaining.pop_front();
      visited[op] = hash(op);
      if (visited[op])
        for (const JobChains::OutEdge& edge : chains_.out_edges(op))
          visit(edge.to);
    }
    return std::move(ids_);
  }

 private:
  /// False where an input has to be hashed first.
  bool hash(std::uint32_t op) {
    const JobOperator& node = job_.operators[op];
    if (!node.uid.absent()) {
      ids_[op] = from_uid(node);
    } else {
      if (!std::ranges::all_of(node.inputs, [&](const JobEdge& input) { return hashed_[input.from]; }))
        return false;
      ids_[op] = from_shape(op);
    }
    hashed_[op] = true;
    ++position_;
    if ((node.conditional || node.may_repeat) && shape_unknown_because_.empty())
      shape_unknown_because_ =
          fmt::format("{} is made {}", describe(node),
                      node.conditional ? "on some paths only" : "in a loop whose turns are not known");
    return true;
  }

  static GeneratedId from_uid(const JobOperator& node) {
    GeneratedId generated{.from_uid = true};
    if (node.uid.known())
      generated.id = operator_id_of_uid(node.uid.values.front());
    else
      generated.unknown_because = node.uid.reason.empty() ? "its uid is one of several" : node.uid.reason;
    return generated;
  }

  GeneratedId from_shape(std::uint32_t op) const {
    GeneratedId generated;
    generated.unknown_because = shape_unknown_because_;
    if (!generated.unknown_because.empty())
      return generated;
    AutomaticOperatorId automatic{.position = position_};
    for (const JobChains::OutEdge& edge : chains_.out_edges(op)) {
      const std::optional<bool> chainable = chains_.chainable(op, edge);
      const JobOperator& output = job_.operators[edge.to];
      if (!chainable)
        generated.unknown_because =
            fmt::format("whether {} is chained to it depends on a parallelism or slot sharing group that is not known",
                        describe(output));
      else if (*chainable && (output.conditional || output.may_repeat))
        generated.unknown_because = fmt::format("{} may or may not be chained to it", describe(output));
      automatic.chainable_outputs += chainable.value_or(false) ? 1 : 0;
    }
    for (const JobEdge& input : job_.operators[op].inputs) {
      if (ids_[input.from].id)
        automatic.inputs.push_back(*ids_[input.from].id);
      else
        generated.unknown_because = fmt::format("the ID of its input, {}, is not known: {}",
                                                describe(job_.operators[input.from]), ids_[input.from].unknown_because);
    }
    if (generated.unknown_because.empty())
      generated.id = operator_id_of(automatic);
    return generated;
  }

  const JobModel& job_;
  JobChains chains_;
  std::vector<GeneratedId> ids_;
  std::vector<bool> hashed_;
  int position_ = 0;
  std::string shape_unknown_because_;
};

}  // namespace

std::vector<GeneratedId> generated_ids(const JobModel& job, const JobParallelism& parallelism) {
  return GraphWalk(job, parallelism).run();
}

}  // namespace preflight
