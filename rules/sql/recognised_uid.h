#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "savepoint/operator_id.h"
#include "sql/sql_nodes.h"

namespace preflight {

/// A uid that the SQL planner gives: "17_group-aggregate".
struct RecognisedUid {
  std::string uid;
  std::int64_t node = 0;
  std::string transformation;
};

/// Tells IDs that belong to SQL jobs, by hashing every uid that the planner's default format makes of the first node
/// IDs and of every known transformation: metadata before version 5 has no uids, and a savepoint's operator that is not
/// in the plan at hand can still be named.
class RecognisedUids {
 public:
  /// `table` must outlive it.
  explicit RecognisedUids(const SqlNodeTable& table) : transformations_(table.transformations()) {}

  /// Hashes some hundred thousand uids at the first call. Not for several threads at a time.
  std::optional<RecognisedUid> find(const OperatorId& id) const;

 private:
  void hash_all() const;

  std::vector<const SqlOperator*> transformations_;
  mutable std::vector<std::pair<OperatorId, std::uint32_t>> hashes_;  ///< Sorted.
};

}  // namespace preflight
