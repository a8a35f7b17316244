#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "compatibility_table.h"
#include "fixture_paths.h"
#include "savepoint/savepoint.h"
#include "sql/compiled_plan.h"
#include "sql/plan_prediction.h"

using namespace preflight;

namespace {

struct Pair {
  std::string name;
  CompiledPlan plan;
  Savepoint savepoint;
};

/// The savepoints that Flink's restore tests took, each with the plan that it was taken of: <case>/plan/*.json with
/// <case>/savepoint or <case>/<release>/savepoint.
std::vector<Pair> corpus_pairs() {
  namespace fs = std::filesystem;
  std::vector<Pair> pairs;
  if (test::corpus().empty()) {
    WARN("skipped: FLINK_PREFLIGHT_CORPUS is not set");
    return pairs;
  }
  for (const auto& entry : fs::recursive_directory_iterator(test::corpus() / "sql-restore")) {
    if (entry.path().filename() != "_metadata")
      continue;
    fs::path test_case = entry.path().parent_path().parent_path();
    if (!fs::exists(test_case / "plan"))
      test_case = test_case.parent_path();
    const fs::path plan = fs::directory_iterator(test_case / "plan")->path();
    pairs.push_back({fs::relative(entry.path().parent_path(), test::corpus() / "sql-restore").string(),
                     read_compiled_plan(plan), read_savepoint(entry.path())});
  }
  std::ranges::sort(pairs, {}, &Pair::name);
  return pairs;
}

const CompatibilityTable& table() {
  static const CompatibilityTable read = [] {
    std::vector<TableDocument> documents;
    std::ranges::copy_if(embedded_table_documents(), std::back_inserter(documents),
                         [](const TableDocument& document) { return document.name.starts_with("sql_"); });
    return read_compatibility_table(documents);
  }();
  return read;
}

const RecognisedUids& recognised() {
  static const RecognisedUids uids(table().sql);
  return uids;
}

/// The worst of what becomes of the operators with state, and the first reason for it.
std::pair<RestoreOutcome, std::string> outcome_of(const CompiledPlan& plan, const Savepoint& savepoint) {
  const PlanPrediction prediction(plan, savepoint, {2, 0}, table().sql, recognised());
  std::map<RestoreOutcome, std::string> found;
  for (const OperatorState& before : savepoint.operators) {
    if (!before.has_state)
      continue;
    const PlanOperatorVerdict verdict = prediction.predict(before);
    if (verdict.taken == PlanOperatorVerdict::Taken::no || verdict.key_differs)
      found.emplace(RestoreOutcome::fails, verdict.reason);
    else if (verdict.taken == PlanOperatorVerdict::Taken::undetermined)
      found.emplace(RestoreOutcome::unknown, verdict.reason);
    for (std::size_t i = 0; i < verdict.states.size(); ++i) {
      const PlanStateVerdict& state = verdict.states[i];
      const std::string reason =
          fmt::format("{} {}: {}", verdict.uid.value_or(""), before.states[i].name, state.reason);
      if (state.outcome == StateOutcome::incompatible)
        found.emplace(RestoreOutcome::fails, reason);
      else if (state.outcome == StateOutcome::dropped)
        found.emplace(RestoreOutcome::loses_state, reason);
      else if (state.outcome != StateOutcome::as_is)
        found.emplace(RestoreOutcome::unknown, reason);
    }
  }
  for (const RestoreOutcome outcome : {RestoreOutcome::fails, RestoreOutcome::loses_state, RestoreOutcome::unknown})
    if (found.contains(outcome))
      return {outcome, found[outcome]};
  return {RestoreOutcome::restores, ""};
}

}  // namespace

TEST_CASE("Every savepoint of the corpus restores into the plan that it was taken of") {
  const std::vector<Pair> pairs = corpus_pairs();
  if (pairs.empty())
    return;
  CHECK(pairs.size() == 116);
  for (const Pair& pair : pairs) {
    INFO(pair.name);
    const auto [outcome, reason] = outcome_of(pair.plan, pair.savepoint);
    INFO(reason);
    CHECK(to_string(outcome) == std::string("restores"));
  }
}

TEST_CASE("No savepoint of the corpus restores into the plan of another test") {
  // Two tests whose plans differ in the sort order alone, which neither the IDs nor the serializers show: Flink itself
  // restores either savepoint into either plan.
  const auto indistinguishable = [](const Pair& left, const Pair& right) {
    const auto sort_limit = [](const Pair& pair) { return pair.name.starts_with("stream-exec-sort-limit_1/"); };
    return sort_limit(left) && sort_limit(right);
  };
  const std::vector<Pair> pairs = corpus_pairs();
  std::map<std::string, int> counts;
  for (const Pair& plan : pairs)
    for (const Pair& other : pairs) {
      if (plan.plan.path == other.plan.path)
        continue;
      const auto [outcome, reason] = outcome_of(plan.plan, other.savepoint);
      ++counts[to_string(outcome)];
      if (outcome == RestoreOutcome::restores && !indistinguishable(plan, other))
        FAIL_CHECK(other.name << " into the plan of " << plan.name);
    }
  for (const auto& [outcome, count] : counts)
    WARN("cross pairs, " << outcome << ": " << count);
  if (!pairs.empty())
    CHECK(counts["restores"] == 2);
}
