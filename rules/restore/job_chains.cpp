#include "restore/job_chains.h"

#include <algorithm>

namespace preflight {
namespace {

/// Of several answers that must all be yes: a no decides, whatever is not known.
std::optional<bool> all_of(std::initializer_list<std::optional<bool>> answers) {
  if (std::ranges::find(answers, std::optional(false)) != answers.end())
    return false;
  if (std::ranges::find(answers, std::optional<bool>()) != answers.end())
    return std::nullopt;
  return true;
}

/// StreamGraphGenerator#determineSlotSharingGroup: its own, else that of its inputs where they agree.
std::optional<std::string> slot_sharing_group(const JobOperator& op,
                                              const std::vector<std::optional<std::string>>& before) {
  if (op.slot_sharing_group.known())
    return op.slot_sharing_group.values.front();
  if (!op.slot_sharing_group.absent())
    return std::nullopt;
  std::optional<std::string> common;
  for (const JobEdge& edge : op.inputs) {
    const std::optional<std::string>& of_input = before[edge.from];
    if (!of_input)
      return std::nullopt;
    if (common && common != of_input)
      return "default";
    common = of_input;
  }
  return common.value_or("default");
}

}  // namespace

std::string describe(const JobOperator& op) {
  return op.place.class_name.empty() ? op.call : op.call + " at " + to_text(op.place);
}

JobParallelism::JobParallelism(const JobModel& job, std::optional<int> started_with) : job_(job) {
  default_set_by_code_ = !job.default_parallelism.absent();
  if (job.default_parallelism.known())
    default_ = job.default_parallelism.values.front();
  else if (job.default_parallelism.absent())
    default_ = started_with;
}

std::optional<int> JobParallelism::of(std::uint32_t op) const {
  const JobValue<std::int32_t>& own = job_.operators[op].parallelism;
  if (own.known())
    return own.values.front();
  return own.absent() ? default_ : std::nullopt;
}

std::optional<bool> JobParallelism::equal(std::uint32_t one, std::uint32_t other) const {
  if (job_.operators[one].parallelism.absent() && job_.operators[other].parallelism.absent())
    return true;
  const std::optional<int> first = of(one);
  const std::optional<int> second = of(other);
  return first && second ? std::optional(*first == *second) : std::nullopt;
}

bool JobParallelism::follows_start(std::uint32_t op) const {
  return job_.operators[op].parallelism.absent() && !default_set_by_code_;
}

bool JobParallelism::default_is_open() const {
  return !default_ && !default_set_by_code_;
}

JobChains::JobChains(const JobModel& job, const JobParallelism& parallelism)
    : job_(job), parallelism_(parallelism), out_edges_(job.operators.size()) {
  for (std::uint32_t op = 0; op < job.operators.size(); ++op) {
    for (const JobEdge& edge : job.operators[op].inputs)
      out_edges_[edge.from].push_back({op, &edge});
    slot_sharing_groups_.push_back(slot_sharing_group(job.operators[op], slot_sharing_groups_));
  }
}

/// StreamGraph#createActualEdge: an edge without a partitioner forwards between equal parallelisms.
std::optional<bool> JobChains::partitioner_forwards(const JobEdge& edge, std::uint32_t to) const {
  if (!edge.partitioner.empty() && edge.partitioner != "forward")
    return false;
  return parallelism_.equal(edge.from, to);
}

std::optional<bool> JobChains::same_slot_sharing_group(std::uint32_t one, std::uint32_t other) const {
  const std::optional<std::string>& first = slot_sharing_groups_[one];
  const std::optional<std::string>& second = slot_sharing_groups_[other];
  return first && second ? std::optional(*first == *second) : std::nullopt;
}

/// StreamingJobGraphGenerator#areOperatorsChainable
bool JobChains::strategies_allow(std::uint32_t from, std::uint32_t to) const {
  if (job_.operators[from].chaining == JobChaining::never)
    return false;
  switch (job_.operators[to].chaining) {
    case JobChaining::always:
      return true;
    case JobChaining::head_with_sources:
      return job_.operators[from].call == "fromSource";
    case JobChaining::never:
    case JobChaining::head:
      return false;
  }
  return false;
}

std::optional<bool> JobChains::chainable(std::uint32_t from, const OutEdge& edge) const {
  if (!job_.chaining || job_.operators[edge.to].inputs.size() != 1 || !strategies_allow(from, edge.to))
    return false;
  return all_of({partitioner_forwards(*edge.edge, edge.to), same_slot_sharing_group(from, edge.to)});
}

std::optional<std::uint32_t> JobChains::head_of(std::uint32_t op) const {
  while (!job_.operators[op].inputs.empty()) {
    const JobEdge& input = job_.operators[op].inputs.front();
    const std::optional<bool> chained = chainable(input.from, {op, &input});
    if (!chained)
      return std::nullopt;
    if (!*chained)
      break;
    op = input.from;
  }
  return op;
}

}  // namespace preflight
