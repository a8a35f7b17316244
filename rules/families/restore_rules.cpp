#include "families/restore_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "families/restore_subjects.h"
#include "restore/job_chains.h"

namespace preflight {
namespace {

/// Uids of the new job that no operator of the savepoint has: where an operator was renamed, its new name.
std::vector<std::string> unclaimed_uids(const Facts& facts) {
  std::set<std::string> uids;
  for (const OperatorPrediction& prediction : facts.restore.operators)
    if (prediction.match == OperatorMatch::added && prediction.uid)
      uids.insert(*prediction.uid);
  return {uids.begin(), uids.end()};
}

bool drops_unmatched(const Facts& facts) {
  return facts.upgrade.start.allow_non_restored_state.value_or(false);
}

RuleResult check_operator_not_in_application(const Facts& facts) {
  RuleResult result;
  const bool drops = drops_unmatched(facts);
  for (const OperatorPrediction& prediction : facts.restore.operators) {
    if (prediction.match != OperatorMatch::absent || prediction.outcome == OperatorOutcome::stateless)
      continue;
    Finding finding =
        operator_finding("operator-not-in-application", drops ? Severity::high : Severity::blocker, prediction, facts);
    finding.title = fmt::format("No operator of the new job takes the state of operator {}", name_of(prediction));
    finding.message = fmt::format(
        "The savepoint holds its state: {}. No operator of the new job has the ID {}. {}", list_of_states(prediction),
        prediction.id.hex(),
        drops ? "With allowNonRestoredState the job starts without that state, and says so in a log line only."
              : "Flink refuses the job: \"Cannot map checkpoint/savepoint state for operator … to the new program\".");
    finding.remedy =
        drops ? "If the operator was renamed, give it its old uid again. If it was removed on purpose, this is what "
                "allowNonRestoredState is for."
              : "If the operator was renamed, give it its old uid again. If it was removed on purpose, start with "
                "allowNonRestoredState (its state is then lost).";
    for (const std::string& uid : unclaimed_uids(facts))
      finding.evidence.push_back(fmt::format("uid \"{}\" of the new job names no operator of the savepoint", uid));
    finding.sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint",
                       "Flink documentation: Savepoints, Allowing Non-Restored State"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_operator_without_uid(const Facts& facts) {
  RuleResult result;
  for (const OperatorPrediction& prediction : facts.restore.operators) {
    const bool without_uid =
        prediction.match == OperatorMatch::automatic || prediction.match == OperatorMatch::by_automatic_id;
    if (!without_uid || prediction.outcome == OperatorOutcome::stateless)
      continue;
    Finding finding = operator_finding("operator-without-uid", Severity::medium, prediction, facts);
    finding.title = fmt::format("Operator {} has state and no uid", name_of(prediction));
    finding.message = fmt::format(
        "The savepoint holds its state: {}. Its ID was generated from the shape of the job graph; adding, removing or "
        "chaining an operator anywhere before it changes the ID, and the state is then not found.",
        list_of_states(prediction));
    finding.remedy = fmt::format(
        "Keep the job graph as it is for this upgrade, or name the old ID with setUidHash(\"{}\"); then set a uid.",
        prediction.id.hex());
    finding.sources = {"org.apache.flink.streaming.api.graph.StreamGraphHasherV2",
                       "Flink documentation: Upgrading Applications and Flink Versions, Matching Operator State"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_uid_used_twice(const Facts& facts) {
  RuleResult result;
  for (const std::string& uid : facts.restore.uids_used_twice) {
    Finding finding;
    finding.rule = "uid-used-twice";
    finding.severity = Severity::blocker;
    finding.subject = {.kind = Subject::Kind::operator_, .name = uid, .uid = uid};
    finding.location = {.path = facts.upgrade.application->path.string()};
    finding.title = fmt::format("Two operators of the new job have the uid \"{}\"", uid);
    finding.message = "Flink refuses the job: \"Hash collision on user-specified ID\".";
    for (const JobOperator& op : facts.upgrade.job->operators)
      if (op.uid.known() && op.uid.values.front() == uid)
        finding.evidence.push_back(describe(op));
    finding.remedy = "Give each operator a uid of its own; the one that has the state keeps the old one.";
    finding.sources = {"org.apache.flink.streaming.api.graph.StreamGraphHasherV2"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

/// Whether the flag changes nothing: each operator of the savepoint that has state is certainly in the new job.
bool all_are_taken(const RestorePrediction& restore) {
  return restore.unknowns.empty() && std::ranges::all_of(restore.operators, [](const OperatorPrediction& prediction) {
           return prediction.outcome == OperatorOutcome::stateless || prediction.match == OperatorMatch::by_uid ||
                  prediction.match == OperatorMatch::by_uid_hash || prediction.match == OperatorMatch::by_plan ||
                  prediction.match == OperatorMatch::by_automatic_id || prediction.match == OperatorMatch::added;
         });
}

RuleResult check_non_restored_state_allowed(const Facts& facts) {
  RuleResult result;
  if (!drops_unmatched(facts) || !all_are_taken(facts.restore))
    return result;
  Finding finding;
  finding.rule = "non-restored-state-allowed";
  finding.severity = Severity::low;
  finding.subject = {.kind = Subject::Kind::configuration, .name = "allowNonRestoredState"};
  finding.location = {.path = facts.restore.before.metadata_path.string()};
  finding.title = "allowNonRestoredState is on for no reason";
  finding.message =
      "Each operator that has state is in the new job. With the flag on, one that goes missing by mistake loses its "
      "state without a word, where the start would be refused otherwise.";
  finding.remedy = "Start without allowNonRestoredState.";
  finding.sources = {"Flink documentation: Savepoints, Allowing Non-Restored State"};
  result.findings.push_back(std::move(finding));
  return result;
}

void add_rescaling_unknown(const OperatorPrediction& prediction, const char* what, RuleResult& result) {
  result.unknowns.push_back({fmt::format("{} of operator {}", what, name_of(prediction)), prediction.rescaling.reason});
}

RuleResult check_parallelism_above_max(const Facts& facts) {
  RuleResult result;
  for (const OperatorPrediction& prediction : facts.restore.operators) {
    if (prediction.rescaling.outcome == Rescaling::parallelism_unknown)
      add_rescaling_unknown(prediction, "parallelism", result);
    if (prediction.rescaling.outcome != Rescaling::parallelism_above_max)
      continue;
    const int planned = prediction.rescaling.planned;
    Finding finding = operator_finding("parallelism-above-max", Severity::blocker, prediction, facts);
    finding.title = fmt::format("Parallelism {} exceeds the max parallelism {} of operator {}", planned,
                                prediction.max_parallelism, name_of(prediction));
    finding.message = fmt::format(
        "Its state is cut into {} key groups, and that number is fixed by the savepoint. Flink refuses: \"The maximum "
        "parallelism ({}) of the restored state is lower than the configured parallelism ({})\".",
        prediction.max_parallelism, prediction.max_parallelism, planned);
    finding.remedy = fmt::format(
        "Start with a parallelism of at most {}. A higher max parallelism needs new state, or the State Processor API.",
        prediction.max_parallelism);
    finding.sources = {"org.apache.flink.runtime.checkpoint.StateAssignmentOperation"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_max_parallelism_changed(const Facts& facts) {
  RuleResult result;
  for (const OperatorPrediction& prediction : facts.restore.operators) {
    if (prediction.rescaling.outcome == Rescaling::max_parallelism_unknown)
      add_rescaling_unknown(prediction, "max parallelism", result);
    if (prediction.rescaling.outcome != Rescaling::max_parallelism_differs)
      continue;
    Finding finding = operator_finding("max-parallelism-changed", Severity::blocker, prediction, facts);
    finding.title = fmt::format("Max parallelism {} differs from the savepoint's {} for operator {}",
                                prediction.rescaling.planned, prediction.max_parallelism, name_of(prediction));
    finding.message =
        "A max parallelism that is set explicitly must be the one that the state was written with. Flink refuses: "
        "\"Max parallelism mismatch between checkpoint/savepoint state and new program\".";
    finding.remedy =
        fmt::format("Set it to {}, or leave it unset: Flink then takes the savepoint's.", prediction.max_parallelism);
    finding.sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule operator_not_in_application() {
  return {
      .id = "operator-not-in-application",
      .severity = Severity::blocker,
      .title = "State of the savepoint has no operator in the new job",
      .rationale =
          "Flink finds an operator's state by its ID, the hash of its uid. State that no operator claims "
          "stops the job, or is dropped with allowNonRestoredState.",
      .remedy = "Keep the uid of every operator whose state matters.",
      .sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint"},
      .fires = "The savepoint has state of an operator with the uid \"counts\"; in the new job its uid is \"counter\".",
      .does_not_fire = "The new job gives the operator that has the state its old uid, however else the graph changed.",
      .needs = {.new_job = true, .savepoint = true},
      .check = check_operator_not_in_application};
}

Rule operator_without_uid() {
  return {.id = "operator-without-uid",
          .severity = Severity::medium,
          .title = "An operator with state has no uid",
          .rationale = "Flink generates an ID from the shape of the job graph, which many harmless changes alter.",
          .remedy = "Set a uid on every operator that has state.",
          .sources = {"org.apache.flink.streaming.api.graph.StreamGraphHasherV2"},
          .fires =
              "A keyed process function with state has a name but no uid, and the savepoint holds it under a "
              "generated ID.",
          .does_not_fire = "The operator has a uid; or it has no uid and no state.",
          .needs = {.application = true, .savepoint = true},
          .check = check_operator_without_uid};
}

Rule uid_used_twice() {
  return {
      .id = "uid-used-twice",
      .severity = Severity::blocker,
      .title = "Two operators of the new job have one uid",
      .rationale = "Flink finds an operator's state by its uid, and refuses a job in which two operators share one.",
      .remedy = "Give each operator a uid of its own.",
      .sources = {"org.apache.flink.streaming.api.graph.StreamGraphHasherV2"},
      .fires = "Two operators of the new job call uid(\"counts\").",
      .does_not_fire = "Two operators have the same name, and a uid each.",
      .needs = {.application = true, .savepoint = true},
      .check = check_uid_used_twice};
}

Rule non_restored_state_allowed() {
  return {.id = "non-restored-state-allowed",
          .severity = Severity::low,
          .title = "allowNonRestoredState is on for no reason",
          .rationale = "The flag takes away the check that refuses a start which would lose state.",
          .remedy = "Start without allowNonRestoredState.",
          .sources = {"Flink documentation: Savepoints, Allowing Non-Restored State"},
          .fires = "--allow-non-restored-state true, and each operator that has state is in the new job.",
          .does_not_fire =
              "--allow-non-restored-state true, and an operator that has state is gone from the new job; or the flag "
              "is not set.",
          .needs = {.new_job = true, .savepoint = true},
          .check = check_non_restored_state_allowed};
}

Rule parallelism_above_max() {
  return {
      .id = "parallelism-above-max",
      .severity = Severity::blocker,
      .title = "The planned parallelism exceeds the savepoint's max parallelism",
      .rationale = "The number of key groups is fixed when state is first written and bounds the parallelism for good.",
      .remedy = "Stay at or below the savepoint's max parallelism.",
      .sources = {"org.apache.flink.runtime.checkpoint.StateAssignmentOperation"},
      .fires = "--parallelism 256, and the savepoint's operator has the max parallelism 128.",
      .does_not_fire = "--parallelism 128, and the savepoint's operator has the max parallelism 128.",
      .needs = {.savepoint = true, .parallelism = true},
      .check = check_parallelism_above_max};
}

Rule max_parallelism_changed() {
  return {.id = "max-parallelism-changed",
          .severity = Severity::blocker,
          .title = "The max parallelism is set to another value than the savepoint's",
          .rationale =
              "Flink keeps a max parallelism that it chose itself in step with the savepoint, and refuses an "
              "explicit one that differs.",
          .remedy = "Set the savepoint's value, or none.",
          .sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint"},
          .fires = "The new job calls setMaxParallelism(256), and the savepoint's operator has 128.",
          .does_not_fire = "The new job sets no max parallelism: Flink takes the savepoint's.",
          .needs = {.savepoint = true, .max_parallelism = true},
          .check = check_max_parallelism_changed};
}

}  // namespace preflight
