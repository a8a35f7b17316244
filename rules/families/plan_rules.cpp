#include "families/plan_rules.h"

#include <fmt/format.h>

#include "sql/plan_support.h"

namespace preflight {
namespace {

RuleResult check_sql_plan_refused(const Facts& facts) {
  RuleResult result;
  const std::string path = facts.upgrade.sql_plan->path.string();
  for (const PlanObstacle& obstacle :
       plan_obstacles(*facts.upgrade.sql_plan, facts.upgrade.to, facts.upgrade.table->sql)) {
    if (!obstacle.certain) {
      result.unknowns.push_back({fmt::format("{} at {}", path, obstacle.where), obstacle.why});
      continue;
    }
    Finding finding;
    finding.rule = "sql-plan-refused";
    finding.severity = Severity::blocker;
    finding.subject = {.kind = Subject::Kind::configuration, .name = obstacle.where};
    finding.location = {.path = path, .entry = obstacle.where};
    finding.title = fmt::format("Flink {} refuses the compiled plan", facts.upgrade.to.minor_text());
    finding.message = fmt::format(
        "{}. A plan runs on the release that compiled it and on later ones that still know its "
        "nodes; Flink throws it back before the job starts.",
        obstacle.why);
    finding.remedy =
        "Compile the plan with the target release or an older one. A plan that is compiled anew may give its operators "
        "other IDs: check it against the savepoint again.";
    finding.sources = {"org.apache.flink.table.planner.plan.nodes.exec.serde.FlinkVersionJsonDeserializer",
                       "org.apache.flink.table.planner.plan.nodes.exec.ExecNodeMetadata#minPlanVersion"};
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule sql_plan_refused() {
  return {
      .id = "sql-plan-refused",
      .severity = Severity::blocker,
      .title = "The target release does not run the compiled plan",
      .rationale =
          "A compiled plan names the release that made it and a version for each node; a release that does not know "
          "one of them does not run the plan.",
      .remedy = "Compile the plan with a release that the target is not older than.",
      .sources = {"org.apache.flink.table.planner.plan.nodes.exec.ExecNodeMetadata#minPlanVersion"},
      .fires = "The plan was compiled by Flink 1.20, and the target is 1.19.",
      .does_not_fire =
          "The plan was compiled by Flink 1.19, the target is 1.20, and it knows the version of each node.",
      .needs = {.sql_plan = true},
      .check = check_sql_plan_refused};
}

}  // namespace preflight
