#include "restore/job_changes.h"

#include <algorithm>

#include "restore/expected_savepoint.h"

namespace preflight {
namespace {

/// A number that one of the jobs leaves open is no difference.
void even_out_unknown_numbers(Savepoint& before, Savepoint& after) {
  for (OperatorState& one : before.operators) {
    const auto other = std::ranges::find(after.operators, one.id, &OperatorState::id);
    if (other == after.operators.end())
      continue;
    for (const auto member : {&OperatorState::parallelism, &OperatorState::max_parallelism})
      if (one.*member == 0 || (*other).*member == 0)
        one.*member = (*other).*member = 0;
  }
}

/// Beside what expected_savepoint does not know, the parts of its operators that could not be read.
std::vector<JobUnknown> unknowns_of(ExpectedSavepoint& expected) {
  std::vector<JobUnknown> unknowns = std::move(expected.unknowns);
  for (const OperatorState& state : expected.savepoint.operators)
    for (const std::string& reason : state.unread)
      unknowns.push_back({"operator " + state.uid.value_or(state.id.hex()), reason, {}});
  return unknowns;
}

}  // namespace

JobChanges compare_jobs(const IdentifiedJob& before, const IdentifiedJob& after) {
  ExpectedSavepoint stored_before = expected_savepoint(before, "the job");
  ExpectedSavepoint stored_after = expected_savepoint(after, "the job");
  even_out_unknown_numbers(stored_before.savepoint, stored_after.savepoint);
  return {.changes = compare_savepoints(stored_before.savepoint, stored_after.savepoint),
          .unknown_before = unknowns_of(stored_before),
          .unknown_after = unknowns_of(stored_after)};
}

}  // namespace preflight
