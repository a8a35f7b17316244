#include <fmt/format.h>

#include "html_sections.h"
#include "report_wording.h"

namespace preflight {
namespace {

/// What stands on the left and on the right of a fact of the banner.
void write_fact(HtmlWriter& html, const char* term, const std::string& fact) {
  const auto pair = html.open("div");
  html.block("dt", term);
  html.block("dd", fact);
}

void write_contents(HtmlWriter& html, const Report& report) {
  const auto nav = html.open("nav", {{"aria-label", "Contents"}});
  const auto list = html.open("ul");
  const auto entry = [&](const char* anchor, const char* label) {
    const auto item = html.open("li");
    html.inline_element("a", label, {{"href", anchor}});
  };
  entry("#steps", "First");
  entry("#state", "State");
  entry("#findings", "Findings");
  if (has_waived(report))
    entry("#waived", "Waived");
  if (!report.fixed.empty())
    entry("#fixed", "Gone");
  if (report.plan)
    entry("#plan", "Plan");
  entry("#not-checked", "Not checked");
  entry("#inputs", "Inputs");
  entry("#words", "Words");
}

std::string release_text(const Report& report) {
  if (!report.from)
    return "not known";
  return report.from_how.empty() ? *report.from : fmt::format("{} ({})", *report.from, report.from_how);
}

}  // namespace

void write_verdict(HtmlWriter& html, const Report& report) {
  const auto header = html.open("header", {{"class", fmt::format("verdict {}", to_string(report.assessment.verdict))}});
  html.block("p", "Preflight check of an upgrade", {{"class", "kicker"}});
  {
    const auto heading = html.open("h1");
    html.inline_element("span", verdict_word(report.assessment.verdict), {{"class", "word"}});
    html.text(": " + verdict_sentence(report));
  }
  html.block("p", upgrade_text(report), {{"class", "upgrade"}});
  {
    const auto facts = html.open("dl");
    write_fact(html, "Findings", counts_text(report));
    write_fact(html, "State in the savepoint", restore_sentence(report.assessment.restore.outcome));
    write_fact(html, "Flink now", release_text(report));
    write_fact(html, "Gate", report.gate);
  }
  html.block("p",
             "This page says what will happen if the running application is upgraded in place, with the state in its "
             "savepoint: whether the new JAR starts on the target release, and whether every piece of state comes "
             "back.",
             {{"class", "about"}});
  write_contents(html, report);
}

}  // namespace preflight
