#include <fmt/format.h>

#include <optional>

#include "report_wording.h"
#include "text_page.h"
#include "upgrade_plan_listing.h"
#include "upgrade_plan_wording.h"

namespace preflight {
namespace {

constexpr const char* kIndent = "    ";

class PlanPage {
 public:
  PlanPage(const TextStyle& style, std::ostream& out) : page_(style, out) {}

  void write(const UpgradePlan& plan) {
    page_.paragraph({}, {{"Upgrade plan: " + plan_title(plan), Ink::strong}});
    page_.paragraph({}, {{plan_summary(plan), ink_of(plan.verdict)}});
    for (const std::string& why : plan.why)
      page_.paragraph({{"  "}}, {{why}});
    for (std::size_t i = 0; i < plan.hops.size(); ++i)
      write_hop(plan.hops[i], i + 1, plan.hops.size());
    write_list("Going back loses", plan.loses);
    if (!plan.savepoint_sources.empty())
      heading("Where a savepoint comes from");
    for (const UpgradeStep& source : plan.savepoint_sources)
      write_step({{"  - ", Ink::faint}}, source);
    if (!plan.unknowns.empty())
      heading("Not known");
    for (const Unknown& unknown : plan.unknowns)
      page_.paragraph({{"  ? ", Ink::yellow}}, {{unknown.what + ": ", Ink::strong}, {unknown.reason}});
  }

 private:
  static Ink ink_of(PlanVerdict verdict) {
    return verdict == PlanVerdict::no_path ? Ink::red : verdict == PlanVerdict::unpromised ? Ink::yellow : Ink::green;
  }

  void heading(const std::string& text) {
    page_.blank_line();
    page_.paragraph({}, {{text, Ink::strong}});
  }

  void write_list(const char* title, const std::vector<std::string>& texts) {
    if (!texts.empty())
      heading(title);
    for (const std::string& text : texts)
      page_.paragraph({{"  - ", Ink::faint}}, {{text}});
  }

  void write_hop(const PlannedHop& planned, std::size_t number, std::size_t count) {
    heading(fmt::format("Upgrade {} of {}: Flink {} → {}", number, count, planned.hop.from.minor_text(),
                        planned.hop.to.minor_text()));
    for (const PathObstacle& obstacle : planned.hop.unpromised)
      page_.paragraph({{"  ! ", Ink::yellow}}, {{obstacle.why}});
    std::optional<PlanPhase> phase;
    for (const UpgradeStep& step : planned.steps) {
      if (phase != step.phase) {
        page_.blank_line();
        page_.paragraph({{"  "}}, {{phase_text(step.phase), Ink::cyan}});
        phase = step.phase;
      }
      write_step({{fmt::format("{:>3} ", ++step_), Ink::faint}}, step);
    }
  }

  void write_step(const std::vector<Span>& lead, const UpgradeStep& step) {
    page_.paragraph(lead, {{step.title, Ink::strong}});
    page_.paragraph({{kIndent}}, {{step.text}});
    for (const Location& location : step.locations)
      page_.paragraph({{std::string(kIndent) + "at ", Ink::faint}}, {{location_text(location), Ink::plain, true}});
    for (const std::string& evidence : shown_evidence(step))
      page_.paragraph({{std::string(kIndent) + "- ", Ink::faint}}, {{evidence}});
    const auto width = static_cast<std::size_t>(page_.columns()) - 8;
    for (const std::string& command : step.commands)
      for (const std::string& line : command_lines(command, width))
        page_.paragraph({{std::string(kIndent) + "  "}}, {{line, Ink::green, true}});
  }

  TextPage page_;
  int step_ = 0;
};

}  // namespace

void write_upgrade_plan_text(const UpgradePlan& plan, const TextStyle& style, std::ostream& out) {
  PlanPage(style, out).write(plan);
}

}  // namespace preflight
