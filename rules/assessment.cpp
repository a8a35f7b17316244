#include "assessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "rollback.h"
#include "target_java.h"

namespace preflight {
namespace {

/// Why a rule cannot run, with the option that would give it its input; empty where it can.
std::string missing_input(const Needs& needs, const Upgrade& upgrade) {
  if (needs.application && !upgrade.application)
    return "no application JAR was given (--app)";
  if (needs.new_job && !upgrade.application && !upgrade.sql_plan)
    return "neither the new application JAR (--app) nor its compiled plan (--sql-plan) was given";
  if (needs.sql_plan && !upgrade.sql_plan)
    return "no compiled plan of a SQL job was given (--sql-plan)";
  if (needs.pom && upgrade.poms.empty())
    return "no pom.xml was given (--pom)";
  if (needs.dependencies && upgrade.poms.empty() && upgrade.builds.empty() && !upgrade.application)
    return "neither a pom.xml (--pom) nor another build file (--build) nor an application JAR (--app) was given";
  if (needs.build && upgrade.builds.empty())
    return "no build file of another tool than Maven was given (--build)";
  if (needs.savepoint && !upgrade.savepoint && !upgrade.running_job)
    return "no savepoint was given (--savepoint), nor the JAR that runs now (--running-app)";
  if (needs.deployment && upgrade.deployments.empty())
    return "no deployment was given (--deployment)";
  if (needs.source_retention && !upgrade.source_retention)
    return "how long the sources keep their data was not given (--source-retention)";
  if (needs.source_release && !upgrade.from)
    return "the release that runs now is not known (--from, or --savepoint)";
  if (needs.parallelism && !upgrade.start.parallelism && !upgrade.job)
    return "the planned parallelism is not known (--parallelism)";
  if (needs.max_parallelism && !upgrade.start.max_parallelism && !upgrade.job)
    return "the planned max parallelism is not known (--max-parallelism)";
  return "";
}

Unknown restore_unknown(const OperatorPrediction& prediction) {
  const std::string name =
      prediction.uid ? fmt::format("\"{}\" ({})", *prediction.uid, prediction.id.hex()) : prediction.id.hex();
  std::string reason = prediction.reason;
  const auto state = std::ranges::find(prediction.states, StateOutcome::unknown, &StatePrediction::outcome);
  if (state != prediction.states.end()) {
    if (prediction.job_operator)
      reason = fmt::format("state \"{}\": {}", state->name, state->reason);
  }
  return {fmt::format("restore of operator {}", name), reason};
}

void add_restore_unknowns(const Upgrade& upgrade, Assessment& assessment) {
  for (const OperatorPrediction& prediction : assessment.restore.operators)
    if (prediction.outcome == OperatorOutcome::unknown)
      assessment.unknowns.push_back(restore_unknown(prediction));
  for (const OperatorState& operator_state : assessment.restore.before.operators)
    for (const std::string& reason : operator_state.unread)
      assessment.unknowns.push_back({fmt::format("state of operator {}", operator_state.id.hex()), reason});
  for (const auto* unknowns : {&assessment.restore.unknowns, &assessment.restore.self_check})
    for (const JobUnknown& unknown : *unknowns)
      assessment.unknowns.push_back({unknown.what, unknown.reason});
  if (!upgrade.job_unread_because.empty())
    assessment.unknowns.push_back({"the job of the new JAR", upgrade.job_unread_because});
  if (!upgrade.running_job_unread_because.empty())
    assessment.unknowns.push_back({"the job of the running JAR", upgrade.running_job_unread_because});
}

void add_unknowns(const Upgrade& upgrade, Assessment& assessment) {
  add_restore_unknowns(upgrade, assessment);
  if (upgrade.application)
    for (const UnreadEntry& unread : upgrade.application->unread)
      assessment.unknowns.push_back(
          {fmt::format("{}!{}", upgrade.application->path.string(), unread.entry), unread.reason});
  for (const Deployment& deployment : upgrade.deployments)
    for (const Setting<std::string>& unknown : deployment.unknowns)
      assessment.unknowns.push_back({deployment.path.string(), unknown.value});
  for (const PomModel& pom : upgrade.poms)
    for (const std::string& reason : pom.unknowns)
      assessment.unknowns.push_back({pom.path.string(), reason});
  for (const DeclaredBuild& build : upgrade.builds)
    for (const std::string& reason : build.unknowns)
      assessment.unknowns.push_back({build.path.string(), reason});
}

Linkage link_application(const Upgrade& upgrade) {
  if (!upgrade.application || !upgrade.api)
    return {};
  return check_linkage({.application = *upgrade.application,
                        .classes = upgrade.linked_classes,
                        .origins = upgrade.origins,
                        .api = *upgrade.api,
                        .table = *upgrade.table,
                        .target = upgrade.to,
                        .from = upgrade.from,
                        .java = target_java(upgrade).release});
}

Verdict verdict_of(const Assessment& assessment) {
  const auto worst = assessment.findings.empty() ? Severity::info : assessment.findings.front().severity;
  if (worst == Severity::blocker || assessment.restore.outcome == RestoreOutcome::fails ||
      assessment.restore.outcome == RestoreOutcome::loses_state)
    return Verdict::blocked;
  if (worst >= Severity::medium)
    return Verdict::action_required;
  return assessment.unknowns.empty() ? Verdict::pass : Verdict::unknown;
}

}  // namespace

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::action_required:
      return "action-required";
    case Verdict::blocked:
      return "blocked";
    case Verdict::unknown:
      return "unknown";
  }
  return "unknown";
}

Assessment assess(const Upgrade& upgrade) {
  Assessment assessment;
  assessment.restore = predict_restore(upgrade);
  const Packing packing = upgrade.application ? packing_of(*upgrade.application, *upgrade.table) : Packing{};
  const Linkage linkage = link_application(upgrade);
  const Facts facts{upgrade, assessment.restore, packing, upgrade.origins, linkage};
  for (const Rule& rule : all_rules()) {
    if (rule.check == nullptr)
      continue;
    if (const std::string reason = missing_input(rule.needs, upgrade); !reason.empty()) {
      assessment.skipped.push_back({rule.id, reason});
      continue;
    }
    RuleResult result = rule.check(facts);
    ++assessment.rules_run;
    std::ranges::stable_sort(result.findings, {}, [](const Finding& finding) {
      return std::tie(finding.subject.name, finding.subject.operator_id, finding.subject.state);
    });
    std::ranges::move(result.findings, std::back_inserter(assessment.findings));
    std::ranges::move(result.unknowns, std::back_inserter(assessment.unknowns));
  }
  std::ranges::stable_sort(assessment.findings, std::ranges::greater{}, &Finding::severity);
  assessment.rollback = rollback_of(facts);
  add_unknowns(upgrade, assessment);
  assessment.verdict = verdict_of(assessment);
  return assessment;
}

}  // namespace preflight
