#include "markdown_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <ostream>

#include "finding_place.h"
#include "markdown_text.h"
#include "report_wording.h"
#include "rollback_sections.h"
#include "upgrade_plan_wording.h"

namespace preflight {
namespace {

const char* sign_of(Severity severity) {
  switch (severity) {
    case Severity::blocker:
      return "⛔";
    case Severity::high:
      return "🔴";
    case Severity::medium:
      return "🟠";
    case Severity::low:
      return "🔵";
    case Severity::info:
      break;
  }
  return "⚪";
}

const char* sign_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "✅";
    case Verdict::blocked:
      return "⛔";
    case Verdict::action_required:
      return "🟠";
    case Verdict::unknown:
      break;
  }
  return "❔";
}

/// A text that grows to a limit, of which some is kept for what must stand at the end.
class Page {
 public:
  /// Adds `text` where it fits.
  bool add(const std::string& text) {
    constexpr std::size_t kForNotices = 2'000;
    if (text_.size() + text.size() + kForNotices > kLongestComment)
      return false;
    text_ += text;
    return true;
  }

  /// Adds a part for each of `count` between `head` and `tail`, as far as they fit, and says how many did not.
  void add_list(const std::string& head, std::size_t count, const std::function<std::string(std::size_t)>& part,
                const std::string& tail, const char* noun) {
    if (count == 0)
      return;
    text_ += head;
    std::size_t shown = 0;
    while (shown < count && add(part(shown)))
      ++shown;
    text_ += tail;
    if (shown < count)
      text_ += fmt::format("\n_{} left out: a comment cannot be longer._\n", plural(count - shown, noun));
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string finding_row(const Finding& finding) {
  const std::string where = location_text(finding.location);
  const std::string waiver = finding.waiver ? fmt::format("<br>_{}_", markdown_escaped(waiver_text(finding))) : "";
  const char* since = finding.baseline == BaselineState::new_ ? "**new:** " : "";
  return fmt::format("| {} {} | {}{}{} | {} |\n", sign_of(finding.severity), to_string(finding.severity), since,
                     markdown_escaped(finding.title), waiver, markdown_escaped(where));
}

std::string finding_details(const Finding& finding) {
  std::string text = fmt::format("<details><summary>{} {} <sub>{}</sub></summary>\n\n{}\n", sign_of(finding.severity),
                                 markdown_escaped(finding.title), finding.rule, markdown_escaped(finding.message));
  for (const std::string& evidence : finding.evidence)
    text += fmt::format("\n- {}", markdown_escaped(evidence));
  if (!finding.remedy.empty())
    text += fmt::format("\n\n**Fix:** {}", markdown_escaped(finding.remedy));
  return text + "\n\n</details>\n";
}

std::string thing_item(const ThingToDo& thing, const std::vector<Finding>& findings) {
  return fmt::format("1. {}<br><sub>{}</sub>\n", markdown_escaped(thing.remedy),
                     markdown_escaped(reasons_text(thing, findings)));
}

void add_first_things(Page& page, const std::vector<Finding>& findings) {
  const std::vector<ThingToDo> things = things_to_do(findings);
  const std::size_t shown = std::min(things.size(), kFirstThings);
  const std::string rest = things.size() > shown ? fmt::format("\n{} more to do below.\n", things.size() - shown) : "";
  page.add_list(
      "\n### Do this first\n\n", shown, [&](std::size_t i) { return thing_item(things[i], findings); }, rest, "thing");
}

struct StateRow {
  const OperatorPrediction* of;
  const StatePrediction* state;  ///< nullptr for the operator itself, where it has no states.
};

std::vector<StateRow> state_rows(const RestorePrediction& restore) {
  std::vector<StateRow> rows;
  for (const OperatorPrediction& prediction : restore.operators) {
    if (prediction.states.empty())
      rows.push_back({&prediction, nullptr});
    for (const StatePrediction& state : prediction.states)
      rows.push_back({&prediction, &state});
  }
  return rows;
}

std::string text_of(const StateRow& row) {
  const std::string of = markdown_escaped(operator_text(*row.of));
  if (row.state == nullptr)
    return fmt::format("| {} | | {} | {} |\n", of, outcome_text(*row.of), markdown_escaped(row.of->reason));
  return fmt::format("| {} | {} | {} | {} |\n", of, markdown_escaped(row.state->name), outcome_text(row.state->outcome),
                     markdown_escaped(row.state->reason));
}

void add_restore(Page& page, const RestorePrediction& restore) {
  if (restore.outcome == RestoreOutcome::not_applicable)
    return;
  const std::vector<StateRow> rows = state_rows(restore);
  page.add_list(
      fmt::format("\n### State: {}\n\n{}\n\n| operator | state | outcome | why |\n| --- | --- | --- | --- |\n",
                  restore_sentence(restore.outcome), markdown_escaped(restore.reason)),
      rows.size(), [&](std::size_t i) { return text_of(rows[i]); }, "", "row");
}

void add_not_checked(Page& page, const Assessment& assessment) {
  std::vector<std::string> lines;
  for (const Unknown& unknown : assessment.unknowns)
    lines.push_back(fmt::format("- {}: {}\n", markdown_escaped(unknown.what), markdown_escaped(unknown.reason)));
  for (const SkippedTogether& group : skipped_by_reason(assessment.skipped))
    lines.push_back(fmt::format("- {}; not run: {}\n", markdown_escaped(group.reason), fmt::join(group.rules, ", ")));
  page.add_list(
      "\n<details><summary>Not checked</summary>\n\n", lines.size(), [&](std::size_t i) { return lines[i]; },
      "\n</details>\n", "line");
}

void add_inputs(Page& page, const std::vector<ReportInput>& inputs) {
  page.add_list(
      "\n<details><summary>Inputs</summary>\n\n", inputs.size(),
      [&](std::size_t i) {
        const ReportInput& input = inputs[i];
        return fmt::format("- {}: {} ({}){}\n", input.kind, markdown_escaped(input.path),
                           markdown_escaped(input.summary), input.sha256.empty() ? "" : ", SHA-256 " + input.sha256);
      },
      "\n</details>\n", "input");
}

/// The steps of the plan in short; `plan` has all of them.
void add_plan(Page& page, const UpgradePlan& plan) {
  std::vector<std::string> lines;
  for (const PlannedHop& planned : plan.hops)
    for (const UpgradeStep& step : planned.steps)
      lines.push_back(fmt::format("- [ ] {} → {}, {}: {}\n", planned.hop.from.minor_text(), planned.hop.to.minor_text(),
                                  phase_text(step.phase), markdown_escaped(step.title)));
  page.add_list(
      fmt::format("\n<details><summary>The plan: {}</summary>\n\n", plan_summary(plan)), lines.size(),
      [&](std::size_t i) { return lines[i]; }, "\n</details>\n", "step");
}

}  // namespace

void write_markdown(const Report& report, std::ostream& out) {
  const Assessment& assessment = report.assessment;
  const std::vector<Finding>& findings = assessment.findings;
  Page page;
  page.add(fmt::format("## {} {}: {}\n\n{}: {}.\n\n**{}**\n", sign_of(assessment.verdict),
                       verdict_word(assessment.verdict), markdown_escaped(verdict_sentence(report)),
                       markdown_escaped(upgrade_text(report)), counts_text(report), markdown_escaped(report.gate)));
  add_first_things(page, findings);
  page.add_list(
      "\n| severity | finding | where |\n| --- | --- | --- |\n", findings.size(),
      [&](std::size_t i) { return finding_row(findings[i]); }, "", "finding");
  page.add_list(
      "\n<details><summary>Fixed since the baseline</summary>\n\n", report.fixed.size(),
      [&](std::size_t i) { return fmt::format("- {}\n", markdown_escaped(report.fixed[i].title)); }, "\n</details>\n",
      "fixed finding");
  add_restore(page, assessment.restore);
  page.add(rollback_markdown(assessment.rollback));
  add_not_checked(page, assessment);
  add_inputs(page, report.inputs);
  page.add_list(
      "\n### Why, and what to do\n\n", findings.size(), [&](std::size_t i) { return finding_details(findings[i]); }, "",
      "explanation");
  if (report.plan)
    add_plan(page, *report.plan);
  out << page.text()
      << fmt::format("\n<sub>flink-preflight {}, compatibility table {}</sub>\n", report.tool_version,
                     report.table_version);
}

}  // namespace preflight
