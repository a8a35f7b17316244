#include "json_writer.h"
#include "upgrade_plan_listing.h"

namespace preflight {
namespace {

void write_step(JsonWriter& json, const UpgradeStep& step, bool with_phase) {
  json.begin_object();
  if (with_phase)
    json.field("phase", to_string(step.phase));
  json.field("title", step.title);
  json.field("text", step.text);
  json.field("commands", step.commands);
  json.begin_array("locations");
  for (const Location& location : step.locations) {
    json.begin_object();
    json.field("path", location.path);
    if (location.line)
      json.field("line", *location.line);
    json.field_unless_empty("entry", location.entry);
    json.end_object();
  }
  json.end_array();
  json.field("evidence", step.evidence);
  json.field("sources", step.sources);
  json.end_object();
}

void write_hop(JsonWriter& json, const PlannedHop& planned) {
  json.begin_object();
  json.field("from", planned.hop.from.minor_text());
  json.field("to", planned.hop.to.minor_text());
  json.field("promised", planned.hop.unpromised.empty());
  json.begin_array("unpromised_because");
  for (const PathObstacle& obstacle : planned.hop.unpromised)
    json.value(obstacle.why);
  json.end_array();
  json.begin_array("steps");
  for (const UpgradeStep& step : planned.steps)
    write_step(json, step, true);
  json.end_array();
  json.end_object();
}

void write_rollback(JsonWriter& json, const UpgradePlan& plan) {
  json.begin_object("rollback");
  std::vector<std::string> how;
  for (const PlannedHop& planned : plan.hops)
    for (const UpgradeStep& step : planned.steps)
      if (step.phase == PlanPhase::back)
        how.push_back(step.title + ". " + step.text);
  json.field("possible", !how.empty());
  json.field("how", how);
  json.field("loses", plan.loses);
  json.end_object();
}

}  // namespace

void write_upgrade_plan_json(const UpgradePlan& plan, const PlanTool& tool, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("schema_version", "1");
  json.begin_object("tool");
  json.field("name", "flink-preflight");
  json.field("version", tool.version);
  json.field("table_version", tool.table_version);
  json.end_object();
  json.field("from", plan.from.text());
  json.field("to", plan.to.text());
  json.field("platform", to_string(plan.platform));
  json.field("verdict", to_string(plan.verdict));
  json.field("why", plan.why);
  json.begin_array("hops");
  for (const PlannedHop& planned : plan.hops)
    write_hop(json, planned);
  json.end_array();
  write_rollback(json, plan);
  json.begin_array("savepoint_sources");
  for (const UpgradeStep& source : plan.savepoint_sources)
    write_step(json, source, false);
  json.end_array();
  json.begin_array("unknowns");
  for (const Unknown& unknown : plan.unknowns) {
    json.begin_object();
    json.field("what", unknown.what);
    json.field("reason", unknown.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
