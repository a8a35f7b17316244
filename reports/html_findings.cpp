#include <fmt/format.h>

#include "html_sections.h"
#include "report_wording.h"

namespace preflight {
namespace {

void write_badge(HtmlWriter& html, Severity severity) {
  html.inline_element("span", to_string(severity), {{"class", fmt::format("badge {}", to_string(severity))}});
}

void write_step(HtmlWriter& html, const ThingToDo& step, const std::vector<Finding>& findings) {
  const auto item = html.open("li");
  html.block("p", step.remedy, {{"class", "remedy"}});
  const auto reasons = html.open("ul", {{"class", "because"}});
  for (const std::size_t index : step.findings) {
    const auto reason = html.open("li");
    write_badge(html, findings[index].severity);
    html.text(" ");
    html.inline_element("a", findings[index].title, {{"href", "#" + finding_anchor(index)}});
  }
}

void write_named(HtmlWriter& html, const char* term, const std::string& name, const char* breaks = "") {
  if (name.empty())
    return;
  html.block("dt", term);
  const auto value = html.open("dd");
  html.name(name, breaks);
}

/// A subject's name that another row already shows is not repeated.
bool says_more(const Subject& subject) {
  return subject.name != subject.class_name && subject.name != subject.operator_id && subject.name != subject.uid &&
         subject.name != subject.state && !subject.coordinates.starts_with(subject.name);
}

void write_facts(HtmlWriter& html, const Finding& finding) {
  const auto facts = html.open("dl", {{"class", "facts"}});
  const Subject& subject = finding.subject;
  write_named(html, "Where", location_text(finding.location), "/!");
  if (says_more(subject))
    write_named(html, "About", subject.name);
  write_named(html, "Operator uid", subject.uid);
  write_named(html, "Operator ID", subject.operator_id);
  write_named(html, "State", subject.state);
  write_named(html, "Class", subject.class_name);
  write_named(html, "Maven coordinates", subject.coordinates);
  for (const std::string& source : finding.sources) {
    html.block("dt", "Source");
    const auto value = html.open("dd");
    html.source(source);
  }
  write_named(html, "Rule", finding.rule);
  write_named(html, "Fingerprint", fingerprint(finding));
}

void write_evidence(HtmlWriter& html, const std::vector<std::string>& evidence) {
  if (evidence.empty())
    return;
  html.block("h4", "Evidence");
  const auto list = html.open("ul", {{"class", "evidence"}});
  for (const std::string& piece : evidence) {
    const auto item = html.open("li");
    html.name(piece, "[{<(#/!");
  }
}

void write_edits(HtmlWriter& html, const std::vector<PomEdit>& edits) {
  if (edits.empty())
    return;
  html.block("h4", "In the pom");
  const auto list = html.open("dl", {{"class", "edits"}});
  for (const PomEdit& edit : edits) {
    {
      const auto place = html.open("dt");
      html.name(fmt::format("{}:{}", edit.path, edit.line), "/");
    }
    const auto lines = html.open("dd");
    html.block("del", element_text(edit, edit.before));
    html.block("ins", element_text(edit, edit.after));
  }
}

void write_finding(HtmlWriter& html, const Finding& finding, std::size_t index) {
  const std::string severity = to_string(finding.severity);
  const std::string heading_id = finding_anchor(index) + "-title";
  const auto article = html.open(
      "article", {{"id", finding_anchor(index)}, {"class", "finding " + severity}, {"aria-labelledby", heading_id}});
  {
    const auto heading = html.open("h3", {{"id", heading_id}});
    write_badge(html, finding.severity);
    html.text(" " + finding.title);
  }
  if (!finding.message.empty())
    html.block("p", finding.message);
  if (!finding.remedy.empty()) {
    const auto remedy = html.open("p", {{"class", "remedy"}});
    html.inline_element("strong", "What to do:");
    html.text(" " + finding.remedy);
  }
  write_edits(html, finding.edits);
  write_evidence(html, finding.evidence);
  write_facts(html, finding);
}

}  // namespace

std::string finding_anchor(std::size_t index) {
  return fmt::format("finding-{}", index + 1);
}

void write_steps(HtmlWriter& html, const std::vector<Finding>& findings) {
  const auto section = html.open("section", {{"id", "steps"}, {"aria-labelledby", "steps-title"}});
  html.block("h2", "What to do", {{"id", "steps-title"}});
  const std::vector<ThingToDo> steps = things_to_do(findings);
  if (steps.empty()) {
    html.block("p", "No finding asks for anything to be done before the upgrade.");
    return;
  }
  html.block("p", "Before the upgrade, gravest first:");
  const auto list = html.open("ol", {{"class", "steps"}});
  for (const ThingToDo& step : steps)
    write_step(html, step, findings);
}

void write_findings(HtmlWriter& html, const std::vector<Finding>& findings) {
  const auto section = html.open("section", {{"id", "findings"}, {"aria-labelledby", "findings-title"}});
  html.block("h2", "Findings", {{"id", "findings-title"}});
  if (findings.empty())
    html.block("p", "None of the rules that ran found anything.");
  for (std::size_t i = 0; i < findings.size(); ++i)
    write_finding(html, findings[i], i);
}

}  // namespace preflight
