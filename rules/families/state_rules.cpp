#include "families/state_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "families/restore_subjects.h"
#include "restore/unreadable_serializers.h"

namespace preflight {
namespace {

/// Calls `visit(prediction, operator_state)` for each operator of the savepoint whose state is meant to come back: all
/// but those that no operator of the new job takes, and that it is allowed to drop.
void for_each_wanted_operator(const Facts& facts,
                              const std::function<void(const OperatorPrediction&, const OperatorState&)>& visit) {
  const auto& operators = facts.restore.before.operators;
  for (std::size_t i = 0; i < operators.size(); ++i)
    if (facts.restore.operators[i].match != OperatorMatch::absent ||
        facts.restore.operators[i].outcome != OperatorOutcome::dropped)
      visit(facts.restore.operators[i], operators[i]);
}

Finding kryo_finding(const Facts& facts, const OperatorPrediction& prediction, const std::string& state,
                     const std::vector<UnreadableSerializer>& serializers) {
  Finding finding = state_finding("kryo-state-across-major", Severity::blocker, prediction, state, facts);
  const FlinkRelease* target = facts.upgrade.table->find_release(facts.upgrade.to);
  const FlinkRelease* source = facts.upgrade.table->find_release(facts.upgrade.from->highest);
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
  Finding finding = state_finding("serializer-snapshot-removed", Severity::blocker, prediction, state, facts);
  finding.title = fmt::format("State \"{}\" of operator {} names a serializer that Flink {} no longer has", state,
                              name_of(prediction), facts.upgrade.to.minor_text());
  finding.message = fmt::format("The savepoint describes its {} by {}. {}", serializer.where, serializer.class_name,
                                serializer.removed->why);
  finding.remedy = serializer.removed->remedy;
  finding.sources = serializer.removed->sources;
  finding.subject.class_name = serializer.class_name;
  return finding;
}

/// Whether it is settled that the new job reads the state, or the key of all of them, rightly.
bool comes_back(const OperatorPrediction& prediction, const std::string& state) {
  if (prediction.outcome == OperatorOutcome::restores)
    return true;
  const auto found = std::ranges::find(prediction.states, state, &StatePrediction::name);
  return found != prediction.states.end() &&
         (found->outcome == StateOutcome::as_is || found->outcome == StateOutcome::after_migration);
}

/// One finding a state, or a key, that has serializers of the wanted cause.
using MakeFinding = std::function<Finding(const OperatorPrediction&, const std::string& state,
                                          const std::vector<UnreadableSerializer>&)>;

RuleResult unreadable_findings(const Facts& facts, UnreadableSerializer::Cause cause, const MakeFinding& make) {
  RuleResult result;
  for_each_wanted_operator(facts, [&](const OperatorPrediction& prediction, const OperatorState& operator_state) {
    const auto add = [&](const std::string& state, std::vector<UnreadableSerializer> serializers) {
      if (comes_back(prediction, state))
        return;
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

/// Calls `visit(operator, state)` for each state of this outcome in operators that the new job has.
void for_each_state(const Facts& facts, StateOutcome outcome,
                    const std::function<void(const OperatorPrediction&, const StatePrediction&)>& visit) {
  for (const OperatorPrediction& prediction : facts.restore.operators)
    for (const StatePrediction& state : prediction.states)
      if (prediction.match != OperatorMatch::absent && state.outcome == outcome)
        visit(prediction, state);
}

/// The serializers before and after, and the place in the code, as far as they are known.
void add_evidence(const StatePrediction& state, Finding& finding) {
  if (state.serializer_before)
    finding.evidence.push_back("before: " + *state.serializer_before);
  if (state.serializer_after)
    finding.evidence.push_back("after: " + *state.serializer_after);
  if (!state.place.class_name.empty())
    finding.evidence.push_back("registered in " + to_text(state.place));
}

/// Whether another rule says more of why the state cannot be read.
bool has_unreadable_serializer(const OperatorPrediction& prediction, const StatePrediction& state, const Facts& facts) {
  for (const OperatorState& before : facts.restore.before.operators) {
    if (before.id != prediction.id)
      continue;
    if (!unreadable_key(before, facts.upgrade).empty())
      return true;
    for (const State& stored : before.states)
      if (stored.name == state.name && stored.kind == state.kind)
        return !unreadable_serializers(stored, facts.upgrade).empty();
  }
  return false;
}

RuleResult check_state_incompatible(const Facts& facts) {
  RuleResult result;
  for_each_state(
      facts, StateOutcome::incompatible, [&](const OperatorPrediction& prediction, const StatePrediction& state) {
        if (has_unreadable_serializer(prediction, state, facts))
          return;
        Finding finding = state_finding("state-incompatible", Severity::blocker, prediction, state.name, facts);
        finding.title =
            fmt::format("The new JAR cannot take state \"{}\" of operator {}", state.name, name_of(prediction));
        finding.message = fmt::format(
            "The job fails when it restores or first reads the state, or reads wrong values: {}.", state.reason);
        add_evidence(state, finding);
        finding.remedy =
            "Keep the type of the state as it was, or register the new one under another name and move the values over "
            "while both are there.";
        finding.sources = {"org.apache.flink.api.common.typeutils.TypeSerializerSnapshot#resolveSchemaCompatibility",
                           "Flink documentation: State Schema Evolution"};
        result.findings.push_back(std::move(finding));
      });
  return result;
}

RuleResult check_state_not_registered(const Facts& facts) {
  RuleResult result;
  for_each_state(facts, StateOutcome::dropped, [&](const OperatorPrediction& prediction, const StatePrediction& state) {
    Finding finding = state_finding("state-not-registered", Severity::high, prediction, state.name, facts);
    finding.title =
        fmt::format("State \"{}\" of operator {} is not taken up by the new JAR", state.name, name_of(prediction));
    finding.message =
        fmt::format("{}. Flink starts the job without a word, with or without allowNonRestoredState.",
                    prediction.match == OperatorMatch::by_automatic_id
                        ? "The operator has no uid, and another one now has its automatic ID: " + state.reason
                        : "The operator is there, but " + state.reason);
    add_evidence(state, finding);
    finding.remedy = prediction.match == OperatorMatch::by_automatic_id
                         ? fmt::format("Name the old ID with setUidHash(\"{}\") on the operator that has the state.",
                                       prediction.id.hex())
                         : std::string(
                               "If the state was renamed, give it its old name again. If it was removed on "
                               "purpose, nothing needs to be done.");
    finding.sources = {"Flink documentation: Upgrading Applications and Flink Versions"};
    result.findings.push_back(std::move(finding));
  });
  return result;
}

RuleResult check_field_lost_in_migration(const Facts& facts) {
  RuleResult result;
  for (const OperatorPrediction& prediction : facts.restore.operators)
    for (const StatePrediction& state : prediction.states) {
      if (state.lost.empty())
        continue;
      Finding finding = state_finding("field-lost-in-migration", Severity::medium, prediction, state.name, facts);
      finding.title =
          fmt::format("Migrating state \"{}\" of operator {} drops a field", state.name, name_of(prediction));
      finding.message = "Flink migrates the values and says nothing of what the new class has no field for.";
      finding.evidence = state.lost;
      add_evidence(state, finding);
      finding.remedy =
          "If the field was renamed, keep the old one until its values are moved over. If it was removed on purpose, "
          "nothing needs to be done.";
      finding.sources = {"org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot",
                         "Flink documentation: State Schema Evolution, POJO types"};
      result.findings.push_back(std::move(finding));
    }
  return result;
}

}  // namespace

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
      .fires =
          "A ValueState of a class that is no POJO, so that Flink 1.20 wrote it with Kryo 2, and the target is 2.2, "
          "which has Kryo 5.",
      .does_not_fire =
          "The same state on the way from 1.18 to 1.20; or a state whose type has a serializer of Flink's own.",
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
          .fires = "A savepoint names a serializer snapshot class that the table lists as removed before the target.",
          .does_not_fire = "All snapshot classes that the savepoint names are still in the target release.",
          .needs = {.savepoint = true},
          .check = check_serializer_snapshot_removed};
}

Rule state_incompatible() {
  return {.id = "state-incompatible",
          .severity = Severity::blocker,
          .title = "The serializer of a state in the new JAR does not take what is stored",
          .rationale =
              "Flink asks the new serializer whether it takes the snapshot of the one that wrote the state; where it "
              "does not, the restore fails in a task, after the start was accepted.",
          .remedy = "Keep the type of the state, or move its values over to a new one.",
          .sources = {"org.apache.flink.api.common.typeutils.TypeSerializerSnapshot"},
          .fires = "A ValueState<Integer> became a ValueState<String> under the same name.",
          .does_not_fire = "A POJO in a state got a new field: Flink migrates the stored values.",
          .needs = {.new_job = true, .savepoint = true},
          .check = check_state_incompatible};
}

Rule state_not_registered() {
  return {.id = "state-not-registered",
          .severity = Severity::high,
          .title = "A state of the savepoint is not registered by its operator in the new JAR",
          .rationale =
              "Flink finds a state by its name. One that is not registered any more is left behind without a word.",
          .remedy = "Keep the names of states that matter.",
          .sources = {"Flink documentation: Upgrading Applications and Flink Versions"},
          .fires = "The descriptor \"count\" is now named \"visits\": what is stored under \"count\" is left behind.",
          .does_not_fire = "The new job registers all states of the operator under their old names, and one more.",
          .needs = {.new_job = true, .savepoint = true},
          .check = check_state_not_registered};
}

Rule field_lost_in_migration() {
  return {.id = "field-lost-in-migration",
          .severity = Severity::medium,
          .title = "Migrating a state drops fields",
          .rationale = "Where the new class of a state has no field for a stored one, Flink drops its values.",
          .remedy = "Keep renamed fields until their values are moved over.",
          .sources = {"Flink documentation: State Schema Evolution, POJO types"},
          .fires = "The field \"total\" of a POJO in a state is now named \"sum\": the stored totals are dropped.",
          .does_not_fire = "A POJO got a field more, and lost none.",
          .needs = {.application = true, .savepoint = true},
          .check = check_field_lost_in_migration};
}

}  // namespace preflight
