#include <fmt/format.h>

#include <optional>
#include <ostream>

#include "markdown_text.h"
#include "report_wording.h"
#include "unicode_text.h"
#include "upgrade_plan_listing.h"
#include "upgrade_plan_wording.h"

namespace preflight {
namespace {

void write_step(const UpgradeStep& step, const char* bullet, std::ostream& out) {
  out << bullet << "**" << markdown_escaped(step.title) << "** " << markdown_escaped(step.text) << '\n';
  for (const Location& location : step.locations)
    out << "  - at " << markdown_escaped(location_text(location)) << '\n';
  for (const std::string& evidence : shown_evidence(step))
    out << "  - " << markdown_escaped(evidence) << '\n';
  if (step.commands.empty())
    return;
  out << "\n  ```\n";
  for (const std::string& command : step.commands)
    out << "  " << visible_text(command) << '\n';
  out << "  ```\n\n";
}

void write_hop(const PlannedHop& planned, std::size_t number, std::ostream& out) {
  out << fmt::format("\n## Upgrade {}: Flink {} → {}\n", number, planned.hop.from.minor_text(),
                     planned.hop.to.minor_text());
  for (const PathObstacle& obstacle : planned.hop.unpromised)
    out << "\n> " << markdown_escaped(obstacle.why) << '\n';
  std::optional<PlanPhase> phase;
  for (const UpgradeStep& step : planned.steps) {
    if (phase != step.phase)
      out << "\n### " << phase_text(step.phase) << "\n\n";
    phase = step.phase;
    write_step(step, "- [ ] ", out);
  }
}

}  // namespace

void write_upgrade_plan_markdown(const UpgradePlan& plan, std::ostream& out) {
  out << "# Upgrade plan: " << plan_title(plan) << "\n\n" << plan_summary(plan) << '\n';
  for (const std::string& why : plan.why)
    out << '\n' << markdown_escaped(why) << '\n';
  for (std::size_t i = 0; i < plan.hops.size(); ++i)
    write_hop(plan.hops[i], i + 1, out);
  if (!plan.loses.empty())
    out << "\n## Going back loses\n\n";
  for (const std::string& loses : plan.loses)
    out << "- " << markdown_escaped(loses) << '\n';
  if (!plan.savepoint_sources.empty())
    out << "\n## Where a savepoint comes from\n\n";
  for (const UpgradeStep& source : plan.savepoint_sources)
    write_step(source, "- ", out);
  if (!plan.unknowns.empty())
    out << "\n## Not known\n\n";
  for (const Unknown& unknown : plan.unknowns)
    out << "- " << markdown_escaped(unknown.what) << ": " << markdown_escaped(unknown.reason) << '\n';
}

}  // namespace preflight
