#include "sql/recognised_uid.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

/// The planner counts nodes from 1 on, in each session; the largest plans seen have some hundred.
constexpr std::uint32_t kNodeIds = 4096;

std::string uid_of(const SqlOperator& made, std::uint32_t node) {
  return made.uid_for(fmt::format("{}_{}", node, made.transformation));
}

}  // namespace

void RecognisedUids::hash_all() const {
  hashes_.reserve(transformations_.size() * kNodeIds);
  for (std::uint32_t i = 0; i < transformations_.size(); ++i)
    for (std::uint32_t node = 0; node < kNodeIds; ++node)
      hashes_.emplace_back(operator_id_of_uid(uid_of(*transformations_[i], node)), i * kNodeIds + node);
  std::ranges::sort(hashes_);
}

std::optional<RecognisedUid> RecognisedUids::find(const OperatorId& id) const {
  if (hashes_.empty())
    hash_all();
  const auto found = std::ranges::lower_bound(hashes_, id, {}, &std::pair<OperatorId, std::uint32_t>::first);
  if (found == hashes_.end() || found->first != id)
    return std::nullopt;
  const SqlOperator& made = *transformations_[found->second / kNodeIds];
  const std::uint32_t node = found->second % kNodeIds;
  return RecognisedUid{uid_of(made, node), node, made.transformation};
}

}  // namespace preflight
