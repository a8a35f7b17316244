#include "restore/restore_prediction.h"

#include <fmt/format.h>

#include <algorithm>

#include "restore/expected_savepoint.h"
#include "restore/identified_job.h"
#include "restore/operator_matching.h"
#include "restore/operator_prediction.h"
#include "restore/plan_operator.h"
#include "restore/self_check.h"
#include "restore/swapped_uids.h"
#include "sql/plan_prediction.h"
#include "sql/recognised_uid.h"
#include "upgrade_path.h"

namespace preflight {
namespace {

int count(const RestorePrediction& prediction, OperatorOutcome outcome) {
  return static_cast<int>(std::ranges::count(prediction.operators, outcome, &OperatorPrediction::outcome));
}

std::string name_of(const OperatorPrediction& prediction) {
  if (prediction.uid)
    return fmt::format("operator \"{}\"", *prediction.uid);
  if (prediction.name)
    return fmt::format("operator \"{}\"", *prediction.name);
  return "operator " + prediction.id.hex();
}

std::string capitalized(std::string text) {
  if (text.starts_with('o'))
    text[0] = 'O';
  return text;
}

std::string because(const RestorePrediction& prediction, OperatorOutcome outcome, const char* what) {
  const int operators = count(prediction, outcome);
  const OperatorPrediction& example = *std::ranges::find(prediction.operators, outcome, &OperatorPrediction::outcome);
  if (operators == 1)
    return capitalized(fmt::format("{} {}: {}.", name_of(example), what, example.reason));
  return fmt::format("{} operators {}, the first is {}: {}.", operators, what, name_of(example), example.reason);
}

std::string path_refused(const Upgrade& upgrade) {
  for (const PathObstacle& obstacle : path_obstacles(upgrade))
    if (obstacle.certain_failure())
      return obstacle.why;
  return "";
}

/// The outcome of the whole follows from the path between the releases, the jobs and the operators, gravest first.
void conclude(const Upgrade& upgrade, RestorePrediction& prediction) {
  const auto set = [&](RestoreOutcome outcome, std::string reason) {
    prediction.outcome = outcome;
    prediction.reason = std::move(reason);
  };
  if (std::string refused = path_refused(upgrade); !refused.empty())
    set(RestoreOutcome::fails, std::move(refused));
  else if (!prediction.uids_used_twice.empty())
    set(RestoreOutcome::fails, fmt::format("Two operators of the new job have the uid \"{}\", which Flink refuses.",
                                           prediction.uids_used_twice.front()));
  else if (count(prediction, OperatorOutcome::fails) > 0)
    set(RestoreOutcome::fails, because(prediction, OperatorOutcome::fails, "will not restore"));
  else if (count(prediction, OperatorOutcome::dropped) > 0)
    set(RestoreOutcome::loses_state, because(prediction, OperatorOutcome::dropped, "will lose state"));
  else if (count(prediction, OperatorOutcome::unknown) > 0)
    set(RestoreOutcome::unknown, because(prediction, OperatorOutcome::unknown, "could not be decided"));
  else if (!prediction.unknowns.empty())
    set(RestoreOutcome::unknown, fmt::format("Not all of the jobs is known: {}: {}.", prediction.unknowns.front().what,
                                             prediction.unknowns.front().reason));
  else if (upgrade.running_job)
    set(RestoreOutcome::restores, "Every operator that has state is restored.");
  else
    set(RestoreOutcome::restores,
        "Every operator that has state is restored, as far as a savepoint tells: only the running JAR (--running-app) "
        "shows whether a key selector changed, uids were swapped, or a subclass is gone that values are of.");
}

/// The release whose serializers the running job has: of a span the newest.
std::optional<FlinkVersion> running_release(const Upgrade& upgrade) {
  return upgrade.from ? std::optional(upgrade.from->highest) : std::nullopt;
}

/// The jobs before and after, and the savepoint between them.
class Restore {
 public:
  explicit Restore(const Upgrade& upgrade) : upgrade_(upgrade) {
    prediction_.allow_non_restored_state = upgrade.start.allow_non_restored_state;
  }

  RestorePrediction run() {
    if (!settle_before())
      return std::move(prediction_);
    if (upgrade_.job)
      job_.emplace(*upgrade_.job, upgrade_.to, *upgrade_.table, upgrade_.start.parallelism, &prediction_.before);
    if (running_ && upgrade_.savepoint)
      check_running_job();
    predict_operators();
    if (upgrade_.job)
      prediction_.graph = graph_of(*upgrade_.job, prediction_.operators);
    conclude(upgrade_, prediction_);
    return std::move(prediction_);
  }

 private:
  /// False where there is nothing to restore from; the prediction then says why.
  bool settle_before() {
    if (!upgrade_.savepoint && !upgrade_.running_job) {
      prediction_.reason = "Neither a savepoint (--savepoint) nor the running JAR (--running-app) was given.";
      return false;
    }
    if (upgrade_.running_job && running_release(upgrade_)) {
      const Savepoint* savepoint = upgrade_.savepoint ? &*upgrade_.savepoint : nullptr;
      const std::optional<int> started_with = savepoint != nullptr ? std::nullopt : upgrade_.start.parallelism;
      running_.emplace(*upgrade_.running_job, *running_release(upgrade_), *upgrade_.table, started_with, savepoint);
    }
    if (upgrade_.savepoint) {
      prediction_.before = *upgrade_.savepoint;
      return true;
    }
    if (!running_) {
      prediction_.outcome = RestoreOutcome::unknown;
      prediction_.reason = "What the running JAR stores depends on its release, which is not known (--from).";
      return false;
    }
    ExpectedSavepoint expected = expected_savepoint(*running_, "the running job");
    prediction_.before = std::move(expected.savepoint);
    prediction_.before.metadata_path = upgrade_.running_application->path;
    prediction_.unknowns = std::move(expected.unknowns);
    prediction_.before_is_inferred = true;
    return true;
  }

  StateBackend backend() const {
    if (upgrade_.start.backend != StateBackend::unknown || !upgrade_.savepoint)
      return upgrade_.start.backend;
    const auto wrote = [&](const char* backend) {
      return std::ranges::find(upgrade_.savepoint->backends, backend) != upgrade_.savepoint->backends.end();
    };
    // A snapshot in the backend's own format is read by the same backend only.
    if (wrote("rocksdb-incremental"))
      return StateBackend::rocksdb;
    return wrote("hashmap-native") ? StateBackend::hashmap : StateBackend::unknown;
  }

  SchemaWorlds worlds() const {
    return {.from = upgrade_.from,
            .to = upgrade_.to,
            .before = upgrade_.running_job ? &*upgrade_.running_job : nullptr,
            .after = upgrade_.job ? &*upgrade_.job : nullptr,
            .application = upgrade_.application ? &*upgrade_.application : nullptr,
            .table = upgrade_.table.get()};
  }

  void check_running_job() {
    SchemaWorlds same = worlds();
    same.to = running_->release();
    same.after = same.before;
    same.application = upgrade_.running_application ? &*upgrade_.running_application : nullptr;
    self_check_ = check_self(*upgrade_.savepoint, *running_, backend(), same);
    prediction_.self_check = self_check_->mismatches;
  }

  StateContext state_context() const {
    return {.worlds = worlds(),
            .backend = backend(),
            .before_is_inferred = prediction_.before_is_inferred,
            .self_check = self_check_ ? &*self_check_ : nullptr,
            .application = upgrade_.application ? &*upgrade_.application : nullptr,
            .running_application = upgrade_.running_application ? &*upgrade_.running_application : nullptr};
  }

  void predict_operators() {
    const RestoreContext context{
        .upgrade = upgrade_,
        .before = prediction_.before,
        .job = job_ ? &*job_ : nullptr,
        .running = running_ ? &*running_ : nullptr,
        .states = state_context(),
        .rescaling_guess = RescalingGuess(prediction_.before, upgrade_.start),
        .swapped = running_ && job_ ? swapped_uids(*running_, *job_) : std::map<OperatorId, std::string>{},
        .drops_unmatched = upgrade_.start.allow_non_restored_state.value_or(false)};
    const OperatorMatcher matcher(prediction_.before, context.job, context.states.application);
    const RecognisedUids recognised(upgrade_.table->sql);
    std::optional<PlanPrediction> plan;
    if (upgrade_.sql_plan)
      plan.emplace(*upgrade_.sql_plan, prediction_.before, upgrade_.to, upgrade_.table->sql, recognised);
    for (const OperatorState& before : prediction_.before.operators) {
      const OperatorMatching matching = matcher.match(before);
      const std::optional<PlanOperatorVerdict> by_plan =
          plan && !matching.op ? std::optional(plan->predict(before)) : std::nullopt;
      prediction_.operators.push_back(by_plan && plan_decides(*by_plan)
                                          ? predict_plan_operator(before, *by_plan, context.drops_unmatched)
                                          : predict_operator(before, matching, context));
    }
    for (const std::uint32_t added : matcher.added())
      prediction_.operators.push_back(predict_added_operator(job_->operators()[added], *job_));
    prediction_.uids_used_twice = matcher.used_twice();
  }

  /// An operator that no node makes may still be one of the rest of the job, where there is a JAR that was not read
  /// whole.
  bool plan_decides(const PlanOperatorVerdict& verdict) const {
    using Taken = PlanOperatorVerdict::Taken;
    return verdict.taken == Taken::yes || (verdict.taken == Taken::no && !upgrade_.application);
  }

  const Upgrade& upgrade_;
  RestorePrediction prediction_;
  std::optional<IdentifiedJob> job_;
  std::optional<IdentifiedJob> running_;
  std::optional<SelfCheck> self_check_;
};

}  // namespace

RestorePrediction predict_restore(const Upgrade& upgrade) {
  return Restore(upgrade).run();
}

}  // namespace preflight
