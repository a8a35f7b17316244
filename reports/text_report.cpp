#include "text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "report_wording.h"
#include "rollback_sections.h"
#include "severity_ink.h"
#include "text_findings.h"
#include "text_page.h"

namespace preflight {
namespace {

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return Ink::green;
    case Verdict::blocked:
      return Ink::strong_red;
    case Verdict::action_required:
    case Verdict::unknown:
      return Ink::yellow;
  }
  return Ink::yellow;
}

/// A mark that reads without colour, and its colour.
struct Mark {
  const char* sign;
  Ink ink;
};

Mark mark_of(StateOutcome outcome) {
  switch (outcome) {
    case StateOutcome::as_is:
    case StateOutcome::after_migration:
      return {"✓", Ink::green};
    case StateOutcome::incompatible:
    case StateOutcome::dropped:
      return {"✗", Ink::red};
    case StateOutcome::new_:
      return {"+", Ink::cyan};
    case StateOutcome::unknown:
      break;
  }
  return {"?", Ink::yellow};
}

Mark mark_of(OperatorOutcome outcome) {
  switch (outcome) {
    case OperatorOutcome::restores:
      return {"✓", Ink::green};
    case OperatorOutcome::dropped:
    case OperatorOutcome::fails:
      return {"✗", Ink::red};
    case OperatorOutcome::stateless:
      return {"·", Ink::faint};
    case OperatorOutcome::unknown:
      break;
  }
  return {"?", Ink::yellow};
}

void write_headline(TextPage& page, const Report& report) {
  const std::string word = upper_case(verdict_word(report.assessment.verdict)) + "  ";
  const std::string blanks(word.size(), ' ');
  page.paragraph({{word, ink_of(report.assessment.verdict)}},
                 {{upgrade_text(report) + ": " + verdict_sentence(report), Ink::strong}});
  page.paragraph({{blanks}}, {{counts_text(report)}});
}

/// What a reader with little time has to know.
void write_first_things(TextPage& page, const std::vector<Finding>& findings) {
  const std::vector<ThingToDo> things = things_to_do(findings);
  if (things.empty())
    return;
  page.blank_line();
  page.paragraph({}, {{"Do this first", Ink::strong}});
  const std::size_t shown = std::min(things.size(), kFirstThings);
  for (std::size_t i = 0; i < shown; ++i) {
    page.paragraph({{fmt::format("  {}. ", i + 1), Ink::strong}}, {{things[i].remedy}});
    page.paragraph({{"     "}}, {{reasons_text(things[i], findings), Ink::faint}});
  }
  if (things.size() > shown)
    page.paragraph({{"  "}},
                   {{fmt::format("{} more to do, each with its finding below.", things.size() - shown), Ink::faint}});
}

/// The serializers, where they help to understand the outcome.
void write_serializers(TextPage& page, const char* stem, const StatePrediction& state) {
  if (state.outcome == StateOutcome::as_is)
    return;
  const std::string lead = std::string(stem) + "   ";
  const auto write = [&](const char* label, const std::string& serializer) {
    page.paragraph({{lead + label, Ink::faint}}, {{lead + "        ", Ink::faint}}, {{serializer}});
  };
  const bool same = state.serializer_before == state.serializer_after;
  if (state.serializer_before)
    write(same ? "both    " : "before  ", *state.serializer_before);
  if (state.serializer_after && !same)
    write("after   ", *state.serializer_after);
}

void write_state(TextPage& page, const StatePrediction& state, bool last) {
  const Mark mark = mark_of(state.outcome);
  const char* stem = last ? "     " : "  │  ";
  std::vector<Span> spans{{state.name, Ink::strong, true},
                          {fmt::format(" ({}) · ", to_string(state.kind)), Ink::faint},
                          {outcome_text(state.outcome), mark.ink}};
  if (!state.reason.empty())
    spans.push_back({": " + state.reason});
  page.paragraph({{last ? "  └ " : "  ├ ", Ink::faint}, {std::string(mark.sign) + " ", mark.ink}},
                 {{std::string(stem) + " ", Ink::faint}}, spans);
  write_serializers(page, stem, state);
}

void write_operator(TextPage& page, const OperatorPrediction& prediction) {
  const Mark mark = is_new(prediction) ? mark_of(StateOutcome::new_) : mark_of(prediction.outcome);
  std::vector<Span> spans{{operator_text(prediction), Ink::strong, true}, {" "}};
  if (prediction.uid && prediction.name && prediction.name != prediction.uid) {
    spans.push_back({fmt::format("({})", *prediction.name), Ink::faint, true});
    spans.push_back({" "});
  }
  spans.push_back({"· ", Ink::faint});
  spans.push_back({outcome_text(prediction), mark.ink});
  // How it was matched, which need not be why it ends as it does: no colon.
  if (!prediction.reason.empty())
    spans.push_back({" · " + prediction.reason});
  page.paragraph({{std::string(mark.sign) + " ", mark.ink}}, {{"    "}}, spans);
  for (std::size_t i = 0; i < prediction.states.size(); ++i)
    write_state(page, prediction.states[i], i + 1 == prediction.states.size());
}

void write_restore(TextPage& page, const RestorePrediction& restore) {
  if (restore.outcome == RestoreOutcome::not_applicable)
    return;
  page.blank_line();
  page.paragraph({}, {{"State in the savepoint: ", Ink::strong}, {restore_sentence(restore.outcome), Ink::strong}});
  if (!restore.reason.empty())
    page.paragraph({{"  "}}, {{restore.reason}});
  if (restore.allow_non_restored_state)
    page.paragraph({{"  "}},
                   {{fmt::format("allowNonRestoredState is {}.", *restore.allow_non_restored_state ? "on" : "off")}});
  for (const OperatorPrediction& prediction : restore.operators) {
    page.blank_line();
    write_operator(page, prediction);
  }
}

void write_not_checked(TextPage& page, const Assessment& assessment, bool each_rule) {
  if (assessment.skipped.empty() && assessment.unknowns.empty())
    return;
  page.blank_line();
  page.paragraph({}, {{"Not checked", Ink::strong}});
  const std::vector<Span> bullet{{"  ? ", Ink::yellow}};
  for (const Unknown& unknown : assessment.unknowns)
    page.paragraph(bullet, {{unknown.what}, {": " + unknown.reason}});
  if (each_rule) {
    for (const SkippedRule& skipped : assessment.skipped)
      page.paragraph(bullet, {{skipped.rule, Ink::faint}, {": " + skipped.reason}});
    return;
  }
  for (const SkippedTogether& group : skipped_by_reason(assessment.skipped))
    page.paragraph(bullet,
                   {{group.reason + "; not run: "}, {fmt::format("{}", fmt::join(group.rules, ", ")), Ink::faint}});
}

void write_inputs(TextPage& page, const std::vector<ReportInput>& inputs, bool digests) {
  page.blank_line();
  page.paragraph({}, {{"Inputs", Ink::strong}});
  for (const ReportInput& input : inputs) {
    page.paragraph({{fmt::format("  {:<13}", input.kind), Ink::faint}},
                   {{input.path, Ink::plain, true}, {" · " + input.summary, Ink::faint}});
    if (digests && !input.sha256.empty())
      page.paragraph({{"               "}},
                     {{fmt::format("{} bytes, SHA-256", input.bytes), Ink::faint}, {" " + input.sha256, Ink::faint}});
  }
}

void write_summary(TextPage& page, const Report& report) {
  page.blank_line();
  page.paragraph({}, {{fmt::format("{}, {} not run. flink-preflight {}, compatibility table {}.",
                                   plural(static_cast<std::size_t>(report.assessment.rules_run), "rule") + " run",
                                   report.assessment.skipped.size(), report.tool_version, report.table_version),
                       Ink::faint}});
  page.paragraph({}, {{report.gate, report.gate_failed ? Ink::strong_red : Ink::green}});
}

}  // namespace

void write_text(const Report& report, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  write_headline(page, report);
  if (style.quiet) {
    for (const Finding& finding : report.assessment.findings)
      write_finding_title(page, finding);
    return;
  }
  write_first_things(page, report.assessment.findings);
  write_findings(page, report.assessment.findings, style);
  write_fixed(page, report.fixed);
  write_restore(page, report.assessment.restore);
  write_rollback(page, report.assessment.rollback);
  write_not_checked(page, report.assessment, style.verbose);
  write_inputs(page, report.inputs, style.verbose);
  if (style.verbose && !report.configuration.empty())
    page.paragraph({{"  configuration  ", Ink::faint}}, {{report.configuration}});
  write_summary(page, report);
}

}  // namespace preflight
