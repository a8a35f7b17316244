#include <fmt/format.h>

#include <algorithm>

#include "html_sections.h"
#include "report_wording.h"
#include "upgrade_plan_wording.h"

namespace preflight {
namespace {

void write_commands(HtmlWriter& html, const std::vector<std::string>& commands) {
  for (const std::string& command : commands)
    html.block("code", command, {{"class", "command name"}});
}

/// A step without its evidence, which stands with the findings.
void write_plan_step(HtmlWriter& html, const UpgradeStep& step) {
  const auto item = html.open("li");
  {
    const auto line = html.open("p");
    html.inline_element("strong", step.title);
    html.text(" " + step.text);
  }
  write_commands(html, step.commands);
  if (step.locations.empty() && step.sources.empty())
    return;
  const auto line = html.open("p", {{"class", "kind"}});
  const char* separator = "";
  for (const Location& location : step.locations) {
    html.text(separator);
    html.name(location_text(location), "/!");
    separator = ", ";
  }
  for (const std::string& source : step.sources) {
    html.text(separator);
    html.source(source);
    separator = ", ";
  }
}

/// The steps of one phase, folded: all of them together are longer than the rest of the page.
void write_phase(HtmlWriter& html, const std::vector<UpgradeStep>& steps, PlanPhase phase) {
  const auto count = static_cast<std::size_t>(std::ranges::count(steps, phase, &UpgradeStep::phase));
  if (count == 0)
    return;
  const auto fold = html.open("details", {{"class", "phase"}});
  {
    const auto summary = html.open("summary");
    html.inline_element("strong", phase_text(phase));
    html.text(" ");
    html.inline_element("span", plural(count, "step"), {{"class", "kind"}});
  }
  const auto list = html.open("ul", {{"class", "plan"}});
  for (const UpgradeStep& step : steps)
    if (step.phase == phase)
      write_plan_step(html, step);
}

void write_hop(HtmlWriter& html, const PlannedHop& planned, std::size_t number) {
  html.block("h3", fmt::format("Upgrade {}: Flink {} → {}", number, planned.hop.from.minor_text(),
                               planned.hop.to.minor_text()));
  for (const PathObstacle& obstacle : planned.hop.unpromised)
    html.block("p", obstacle.why);
  for (const PlanPhase phase : {PlanPhase::prepare, PlanPhase::dependencies, PlanPhase::code, PlanPhase::configuration,
                                PlanPhase::snapshot, PlanPhase::run, PlanPhase::watch, PlanPhase::back})
    write_phase(html, planned.steps, phase);
}

}  // namespace

void write_plan(HtmlWriter& html, const UpgradePlan& plan) {
  const auto section = html.open("section", {{"id", "plan"}, {"aria-labelledby", "plan-title"}});
  html.block("h2", "The plan", {{"id", "plan-title"}});
  html.block("p", plan_summary(plan));
  for (const std::string& why : plan.why)
    html.block("p", why);
  if (!plan.hops.empty())
    write_fold_buttons(html);
  for (std::size_t i = 0; i < plan.hops.size(); ++i)
    write_hop(html, plan.hops[i], i + 1);
  if (plan.loses.empty())
    return;
  html.block("h3", "Going back loses");
  const auto list = html.open("ul", {{"class", "plan"}});
  for (const std::string& loses : plan.loses)
    html.block("li", loses);
}

}  // namespace preflight
