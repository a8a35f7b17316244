#pragma once

#include <iosfwd>
#include <string>

#include "plan/upgrade_plan.h"
#include "text_report.h"

namespace preflight {

/// What wrote a plan, for its JSON.
struct PlanTool {
  std::string version;
  std::string table_version;
};

/// `plan`: the hops, each with its numbered steps.
void write_upgrade_plan_text(const UpgradePlan& plan, const TextStyle& style, std::ostream& out);

/// `plan --format json`, as docs/plan.schema.json says.
void write_upgrade_plan_json(const UpgradePlan& plan, const PlanTool& tool, std::ostream& out);

/// `plan --format markdown`: a checklist for an issue or a change request.
void write_upgrade_plan_markdown(const UpgradePlan& plan, std::ostream& out);

}  // namespace preflight
