#include "plan/upgrade_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/assessed_plan.h"
#include "plan/finding_steps.h"
#include "plan/plan_steps.h"

namespace preflight {
namespace {

/// The poms and deployments alone, as they are judged for a hop: without a JAR nothing of them is said twice.
Upgrade with_files_alone(const Upgrade& upgrade, const PathHop& hop) {
  Upgrade part;
  part.to = hop.to;
  part.target_text = hop.to.minor_text();
  part.platform = upgrade.platform;
  part.from = SourceRelease{hop.from, hop.from, "the plan"};
  part.poms = upgrade.poms;
  part.deployments = upgrade.deployments;
  part.table = upgrade.table;
  return part;
}

/// A JAR for a release on the way is none of those that were given.
UpgradeStep build_on_the_way(const PathHop& hop) {
  return {
      .phase = PlanPhase::code,
      .title = fmt::format("Build the job for Flink {}, too", hop.to.minor_text()),
      .text = fmt::format("The way stops here: the job needs a JAR that is built for Flink {}, with the uids and the "
                          "state of the one that runs now. The JAR for the last release does not run on it.",
                          hop.to.minor_text())};
}

PlannedHop planned(const Upgrade& upgrade, const UpgradePlanTable& plan, const Assessment& assessment,
                   const PathHop& hop, bool first, bool last, std::vector<Unknown>& unknowns) {
  const bool restores = upgrade.savepoint || upgrade.running_application;
  const HopInputs inputs{
      .pom = !upgrade.poms.empty(), .app = last && upgrade.application.has_value(), .savepoint = first && restores};
  PlannedHop result{.hop = hop, .steps = steps_of_table(upgrade, plan, hop, inputs)};
  std::vector<UpgradeStep>& steps = result.steps;
  if (!inputs.pom)
    steps.push_back(connectors_step(upgrade, hop.to));
  if (!last)
    steps.push_back(build_on_the_way(hop));
  const bool files = inputs.pom || !upgrade.deployments.empty();
  const bool judged = files || (last && (upgrade.application || restores));
  if (judged) {
    const std::vector<Finding> findings = last ? assessment.findings : assess(with_files_alone(upgrade, hop)).findings;
    for (UpgradeStep& step : steps_of_findings(findings))
      steps.push_back(std::move(step));
    if (last)
      unknowns.insert(unknowns.end(), assessment.unknowns.begin(), assessment.unknowns.end());
  }
  std::ranges::stable_sort(steps, {}, &UpgradeStep::phase);
  return result;
}

void add_unknowns(const Upgrade& upgrade, UpgradePlan& plan) {
  const auto missing = [&](bool given, const char* what, const char* option) {
    if (!given)
      plan.unknowns.push_back({what, fmt::format("not given ({})", option)});
  };
  missing(upgrade.application.has_value(), "which places of the code have to change", "--app");
  missing(!upgrade.poms.empty(), "which dependencies have to change", "--pom");
  missing(!upgrade.deployments.empty(), "which settings and keys of the configuration have to change", "--deployment");
  missing(upgrade.savepoint || upgrade.running_application, "whether the state comes back",
          "--savepoint or --running-app");
  if (plan.hops.size() > 1 && (upgrade.savepoint || upgrade.running_application))
    plan.unknowns.push_back({fmt::format("what the savepoint of Flink {} will hold", plan.hops.back().hop.from.text()),
                             "it is taken on the way; the state was judged as it is now"});
}

}  // namespace

const char* to_string(PlanVerdict verdict) {
  switch (verdict) {
    case PlanVerdict::promised:
      return "promised";
    case PlanVerdict::unpromised:
      return "unpromised";
    case PlanVerdict::nothing_to_do:
      return "nothing-to-do";
    case PlanVerdict::no_path:
      break;
  }
  return "no-path";
}

UpgradePlan plan_upgrade(const Upgrade& upgrade, const UpgradePlanTable& table) {
  return plan_assessed_upgrade(upgrade, table, assess(upgrade));
}

UpgradePlan plan_assessed_upgrade(const Upgrade& upgrade, const UpgradePlanTable& table, const Assessment& assessment) {
  UpgradePlan plan{.from = upgrade.from->lowest, .to = upgrade.to, .platform = upgrade.platform};
  if (plan.from == plan.to) {
    plan.verdict = PlanVerdict::nothing_to_do;
    return plan;
  }
  const UpgradeRoute route = find_route(plan.from, plan.to, plan.platform, upgrade.table, table);
  if (route.hops.empty()) {
    plan.why = route.why_not;
    return plan;
  }
  plan.why = route.why_stops;
  const bool promised = std::ranges::all_of(route.hops, [](const PathHop& hop) { return hop.unpromised.empty(); });
  plan.verdict = promised ? PlanVerdict::promised : PlanVerdict::unpromised;
  for (std::size_t i = 0; i < route.hops.size(); ++i) {
    const bool last = i + 1 == route.hops.size();
    plan.hops.push_back(planned(upgrade, table, assessment, route.hops[i], i == 0, last, plan.unknowns));
    if (std::string lost = lost_by_going_back(upgrade, table, route.hops[i]); !lost.empty())
      plan.loses.push_back(std::move(lost));
  }
  plan.savepoint_sources = savepoint_sources(upgrade, table, plan.from, plan.to);
  add_unknowns(upgrade, plan);
  return plan;
}

}  // namespace preflight
