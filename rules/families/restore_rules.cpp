#include "families/restore_rules.h"

#include <fmt/format.h>

#include <functional>
#include <set>
#include <utility>

#include "application_uids.h"
#include "rescaling.h"
#include "state_verdict.h"

namespace preflight {
namespace {

std::string name_of(const OperatorPrediction& prediction) {
  if (prediction.uid)
    return fmt::format("\"{}\"", *prediction.uid);
  if (prediction.name)
    return fmt::format("\"{}\" ({})", *prediction.name, prediction.id.hex());
  return prediction.id.hex();
}

Finding operator_finding(const char* rule, Severity severity, const OperatorPrediction& prediction,
                         const Upgrade& upgrade) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {.kind = Subject::Kind::operator_,
                     .name = prediction.uid.value_or(prediction.id.hex()),
                     .operator_id = prediction.id.hex(),
                     .uid = prediction.uid.value_or("")};
  finding.location = {.path = upgrade.savepoint->metadata_path.string()};
  return finding;
}

std::string list_of_states(const OperatorPrediction& prediction) {
  std::string text;
  for (const StatePrediction& state : prediction.states)
    text += fmt::format("{}\"{}\" ({})", text.empty() ? "" : ", ", state.name, to_string(state.kind));
  return text.empty() ? "state" : text;
}

/// Uids that the JAR calls and that no operator of the savepoint has: where an operator was renamed, its new name.
std::vector<std::string> unclaimed_uids(const Facts& facts) {
  std::set<std::string> uids;
  for (const UidCall& call : facts.upgrade.application->uid_calls)
    if (call.uid)
      uids.insert(*call.uid);
  for (const OperatorPrediction& prediction : facts.restore.operators)
    if (prediction.uid)
      uids.erase(*prediction.uid);
  return {uids.begin(), uids.end()};
}

RuleResult check_operator_not_in_application(const Facts& facts) {
  RuleResult result;
  const bool drops = facts.upgrade.start.allow_non_restored_state.value_or(false);
  for (const OperatorPrediction& prediction : facts.restore.operators) {
    if (prediction.match != OperatorMatch::absent || prediction.outcome == OperatorOutcome::stateless)
      continue;
    Finding finding = operator_finding("operator-not-in-application", drops ? Severity::high : Severity::blocker,
                                       prediction, facts.upgrade);
    finding.title = fmt::format("No operator of the new JAR takes the state of operator {}", name_of(prediction));
    finding.message = fmt::format(
        "The savepoint holds its state: {}. None of the {} uids that the JAR sets hashes to {}. {}",
        list_of_states(prediction), ApplicationUids(*facts.upgrade.application).known_uids(), prediction.id.hex(),
        drops ? "With allowNonRestoredState the job starts without that state, and says so in a log line only."
              : "Flink refuses the job: \"Cannot map checkpoint/savepoint state for operator … to the new program\".");
    finding.remedy =
        drops ? "If the operator was renamed, give it its old uid again. If it was removed on purpose, this is what "
                "allowNonRestoredState is for."
              : "If the operator was renamed, give it its old uid again. If it was removed on purpose, start with "
                "allowNonRestoredState (its state is then lost).";
    for (const std::string& uid : unclaimed_uids(facts))
      finding.evidence.push_back(fmt::format("uid \"{}\" of the JAR names no operator of the savepoint", uid));
    finding.sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint",
                       "Flink documentation: Savepoints, Allowing Non-Restored State"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_operator_without_uid(const Facts& facts) {
  RuleResult result;
  for (const OperatorPrediction& prediction : facts.restore.operators) {
    if (prediction.match != OperatorMatch::automatic || prediction.outcome == OperatorOutcome::stateless)
      continue;
    Finding finding = operator_finding("operator-without-uid", Severity::medium, prediction, facts.upgrade);
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

/// Calls `visit(prediction, operator_state)` for each operator of the savepoint whose state is meant to come back: all
/// but those that the job is allowed to drop.
void for_each_wanted_operator(const Facts& facts,
                              const std::function<void(const OperatorPrediction&, const OperatorState&)>& visit) {
  const auto& operators = facts.upgrade.savepoint->operators;
  for (std::size_t i = 0; i < operators.size(); ++i)
    if (facts.restore.operators[i].outcome != OperatorOutcome::dropped)
      visit(facts.restore.operators[i], operators[i]);
}

Finding state_finding(const char* rule, Severity severity, const OperatorPrediction& prediction,
                      const std::string& state, const Upgrade& upgrade) {
  Finding finding = operator_finding(rule, severity, prediction, upgrade);
  finding.subject.kind = Subject::Kind::state;
  finding.subject.state = state;
  return finding;
}

Finding kryo_finding(const Facts& facts, const OperatorPrediction& prediction, const std::string& state,
                     const std::vector<UnreadableSerializer>& serializers) {
  Finding finding = state_finding("kryo-state-across-major", Severity::blocker, prediction, state, facts.upgrade);
  const FlinkRelease* target = facts.upgrade.table.find_release(facts.upgrade.to);
  const FlinkRelease* source = facts.upgrade.table.find_release(facts.upgrade.from->highest);
  finding.title = fmt::format("State \"{}\" of operator {} was written by Kryo, which Flink {} does not read back",
                              state, name_of(prediction), facts.upgrade.to.minor_text());
  finding.message = fmt::format(
      "Flink {} writes generic types with Kryo {}, Flink {} reads them with Kryo {}, and the formats differ. The "
      "savepoint "
      "does not say which Kryo wrote it, so Flink's own compatibility check passes; then the job fails while it reads "
      "the "
      "values, or, for some classes, goes on with wrong ones.",
      facts.upgrade.from->text(), source->kryo, facts.upgrade.to.minor_text(), target->kryo);
  finding.remedy =
      "On the running release, move the state to a type with its own serializer (a POJO without generic fields, Avro, "
      "or "
      "@TypeInfo), take a savepoint, and upgrade from that; or rebuild the state.";
  for (const UnreadableSerializer& serializer : serializers) {
    finding.evidence.push_back(fmt::format("{}: KryoSerializer for {}", serializer.where, serializer.class_name));
    if (finding.subject.class_name.empty())
      finding.subject.class_name = serializer.class_name;
  }
  finding.sources = {"FLINK-3154", "Flink 2.0 release notes", "rules/table/releases.json"};
  return finding;
}

Finding snapshot_finding(const Facts& facts, const OperatorPrediction& prediction, const std::string& state,
                         const UnreadableSerializer& serializer) {
  Finding finding = state_finding("serializer-snapshot-removed", Severity::blocker, prediction, state, facts.upgrade);
  finding.title = fmt::format("State \"{}\" of operator {} names a serializer that Flink {} no longer has", state,
                              name_of(prediction), facts.upgrade.to.minor_text());
  finding.message = fmt::format("The savepoint describes its {} by {}. {}", serializer.where, serializer.class_name,
                                serializer.removed->why);
  finding.remedy = serializer.removed->remedy;
  finding.sources = serializer.removed->sources;
  finding.subject.class_name = serializer.class_name;
  return finding;
}

/// One finding a state, or a key, that has serializers of the wanted cause.
using MakeFinding = std::function<Finding(const OperatorPrediction&, const std::string& state,
                                          const std::vector<UnreadableSerializer>&)>;

RuleResult unreadable_findings(const Facts& facts, UnreadableSerializer::Cause cause, const MakeFinding& make) {
  RuleResult result;
  for_each_wanted_operator(facts, [&](const OperatorPrediction& prediction, const OperatorState& operator_state) {
    const auto add = [&](const std::string& state, std::vector<UnreadableSerializer> serializers) {
      std::erase_if(serializers, [&](const UnreadableSerializer& serializer) { return serializer.cause != cause; });
      if (!serializers.empty())
        result.findings.push_back(make(prediction, state, serializers));
    };
    add("(key)", unreadable_key(operator_state, facts.upgrade));
    for (const State& state : operator_state.states)
      add(state.name, unreadable_serializers(state, facts.upgrade));
  });
  return result;
}

RuleResult check_kryo_state_across_major(const Facts& facts) {
  if (!kryo_format_changes(facts.upgrade))
    return {.unknowns = {{"whether Kryo's format changes on the way",
                          fmt::format("the table has no row for Flink {} or {}", facts.upgrade.from->text(),
                                      facts.upgrade.to.minor_text())}}};
  return unreadable_findings(
      facts, UnreadableSerializer::Cause::kryo,
      [&](const OperatorPrediction& prediction, const std::string& state, const auto& serializers) {
        return kryo_finding(facts, prediction, state, serializers);
      });
}

RuleResult check_serializer_snapshot_removed(const Facts& facts) {
  return unreadable_findings(
      facts, UnreadableSerializer::Cause::snapshot_removed,
      [&](const OperatorPrediction& prediction, const std::string& state, const auto& serializers) {
        return snapshot_finding(facts, prediction, state, serializers.front());
      });
}

RuleResult check_parallelism_above_max(const Facts& facts) {
  RuleResult result;
  const RescalingCheck rescaling(*facts.upgrade.savepoint, facts.upgrade.start);
  for_each_wanted_operator(facts, [&](const OperatorPrediction& prediction, const OperatorState& operator_state) {
    const Rescaling outcome = rescaling.parallelism(operator_state);
    if (outcome == Rescaling::unknown)
      result.unknowns.push_back(
          {fmt::format("parallelism of operator {}", name_of(prediction)),
           fmt::format(
               "it ran with {} where most operators did not, so it seems to set its own; {} would exceed its max "
               "parallelism {}",
               operator_state.parallelism, *facts.upgrade.start.parallelism, operator_state.max_parallelism)});
    if (outcome != Rescaling::parallelism_above_max)
      return;
    Finding finding = operator_finding("parallelism-above-max", Severity::blocker, prediction, facts.upgrade);
    finding.title = fmt::format("Parallelism {} exceeds the max parallelism {} of operator {}",
                                *facts.upgrade.start.parallelism, operator_state.max_parallelism, name_of(prediction));
    finding.message = fmt::format(
        "Its state is cut into {} key groups, and that number is fixed by the savepoint. Flink refuses: \"The maximum "
        "parallelism ({}) of the restored state is lower than the configured parallelism ({})\".",
        operator_state.max_parallelism, operator_state.max_parallelism, *facts.upgrade.start.parallelism);
    finding.remedy = fmt::format(
        "Start with a parallelism of at most {}. A higher max parallelism needs new state, or the State Processor API.",
        operator_state.max_parallelism);
    finding.sources = {"org.apache.flink.runtime.checkpoint.StateAssignmentOperation"};
    result.findings.push_back(std::move(finding));
  });
  return result;
}

RuleResult check_max_parallelism_changed(const Facts& facts) {
  RuleResult result;
  const RescalingCheck rescaling(*facts.upgrade.savepoint, facts.upgrade.start);
  for_each_wanted_operator(facts, [&](const OperatorPrediction& prediction, const OperatorState& operator_state) {
    const Rescaling outcome = rescaling.max_parallelism(operator_state);
    if (outcome == Rescaling::unknown)
      result.unknowns.push_back({fmt::format("max parallelism of operator {}", name_of(prediction)),
                                 fmt::format("it had {} where most operators did not, so it seems to set its own",
                                             operator_state.max_parallelism)});
    if (outcome != Rescaling::max_parallelism_differs)
      return;
    Finding finding = operator_finding("max-parallelism-changed", Severity::blocker, prediction, facts.upgrade);
    finding.title =
        fmt::format("Max parallelism {} differs from the savepoint's {} for operator {}",
                    *facts.upgrade.start.max_parallelism, operator_state.max_parallelism, name_of(prediction));
    finding.message =
        "A max parallelism that is set explicitly must be the one that the state was written with. Flink refuses: "
        "\"Max "
        "parallelism mismatch between checkpoint/savepoint state and new program\".";
    finding.remedy = fmt::format("Set it to {}, or leave it unset: Flink then takes the savepoint's.",
                                 operator_state.max_parallelism);
    finding.sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint"};
    result.findings.push_back(std::move(finding));
  });
  return result;
}

}  // namespace

Rule operator_not_in_application() {
  return {.id = "operator-not-in-application",
          .severity = Severity::blocker,
          .title = "State of the savepoint has no operator in the new JAR",
          .rationale =
              "Flink finds an operator's state by its ID, the hash of its uid. State that no operator claims "
              "stops the job, or is dropped with allowNonRestoredState.",
          .remedy = "Keep the uid of every operator whose state matters.",
          .sources = {"org.apache.flink.runtime.checkpoint.Checkpoints#loadAndValidateCheckpoint"},
          .needs = {.application = true, .savepoint = true},
          .check = check_operator_not_in_application};
}

Rule operator_without_uid() {
  return {.id = "operator-without-uid",
          .severity = Severity::medium,
          .title = "An operator with state has no uid",
          .rationale = "Flink generates an ID from the shape of the job graph, which many harmless changes alter.",
          .remedy = "Set a uid on every operator that has state.",
          .sources = {"org.apache.flink.streaming.api.graph.StreamGraphHasherV2"},
          .needs = {.application = true, .savepoint = true},
          .check = check_operator_without_uid};
}

Rule kryo_state_across_major() {
  return {
      .id = "kryo-state-across-major",
      .severity = Severity::blocker,
      .title = "State was written by a Kryo that the target's Kryo cannot read",
      .rationale =
          "Types that Flink has no serializer for go through Kryo, whose format changed between Flink 1.x "
          "and 2.x. Nothing in a savepoint says so: Flink fails when it reads the values, or reads wrong ones.",
      .remedy = "Give the type a serializer of its own on the old release before the upgrade, or rebuild the state.",
      .sources = {"FLINK-3154", "Flink 2.0 release notes"},
      .needs = {.source_release = true, .savepoint = true},
      .check = check_kryo_state_across_major};
}

Rule serializer_snapshot_removed() {
  return {.id = "serializer-snapshot-removed",
          .severity = Severity::blocker,
          .title = "The savepoint names a serializer that the target no longer has",
          .rationale =
              "Flink loads the class of every serializer snapshot before it reads a state; a missing class fails "
              "the restore.",
          .remedy = "Rewrite the state on the running release with a serializer that the target has, or rebuild it.",
          .sources = {"rules/table/serializer_snapshots.json"},
          .needs = {.savepoint = true},
          .check = check_serializer_snapshot_removed};
}

Rule parallelism_above_max() {
  return {
      .id = "parallelism-above-max",
      .severity = Severity::blocker,
      .title = "The planned parallelism exceeds the savepoint's max parallelism",
      .rationale = "The number of key groups is fixed when state is first written and bounds the parallelism for good.",
      .remedy = "Stay at or below the savepoint's max parallelism.",
      .sources = {"org.apache.flink.runtime.checkpoint.StateAssignmentOperation"},
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
          .needs = {.savepoint = true, .max_parallelism = true},
          .check = check_max_parallelism_changed};
}

}  // namespace preflight
