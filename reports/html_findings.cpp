#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "finding_place.h"
#include "html_sections.h"
#include "report_wording.h"

namespace preflight {
namespace {

constexpr std::size_t kEvidenceShown = 5;
// Of more findings than this each stands folded: nobody reads them one by one.
constexpr std::size_t kMostOpen = 100;

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

void write_place(HtmlWriter& html, const Finding& finding) {
  const auto facts = html.open("dl", {{"class", "facts"}});
  write_named(html, "Where", location_text(finding.location), "/!");
  for (const std::string& source : finding.sources) {
    html.block("dt", "Source");
    const auto value = html.open("dd");
    html.source(source);
  }
  write_named(html, "Rule", finding.rule);
}

void write_identity(HtmlWriter& html, const Finding& finding) {
  const auto fold = html.open("details", {{"class", "more"}});
  html.block("summary", "What it is about");
  const auto facts = html.open("dl", {{"class", "facts"}});
  const Subject& subject = finding.subject;
  if (says_more(subject))
    write_named(html, "About", subject.name);
  write_named(html, "Operator uid", subject.uid);
  write_named(html, "Operator ID", subject.operator_id);
  write_named(html, "State", subject.state);
  write_named(html, "Class", subject.class_name);
  write_named(html, "Maven coordinates", subject.coordinates);
  write_named(html, "Fingerprint", fingerprint(finding));
}

void write_pieces(HtmlWriter& html, std::span<const std::string> pieces) {
  const auto list = html.open("ul", {{"class", "evidence"}});
  for (const std::string& piece : pieces) {
    const auto item = html.open("li");
    html.name(piece, "[{<(#/!");
  }
}

void write_evidence(HtmlWriter& html, std::span<const std::string> evidence) {
  if (evidence.empty())
    return;
  html.block("h4", "Evidence");
  const std::size_t shown = evidence.size() <= kEvidenceShown + 1 ? evidence.size() : kEvidenceShown;
  write_pieces(html, evidence.first(shown));
  if (shown == evidence.size())
    return;
  const auto fold = html.open("details", {{"class", "more"}});
  html.block("summary", fmt::format("{} more", evidence.size() - shown));
  write_pieces(html, evidence.subspan(shown));
}

void write_edits(HtmlWriter& html, const std::vector<PomEdit>& edits) {
  if (edits.empty())
    return;
  html.block("h4", "Change in the pom");
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

void write_remedy(HtmlWriter& html, const char* lead, const std::string& remedy) {
  if (remedy.empty())
    return;
  const auto line = html.open("p", {{"class", "remedy"}});
  html.inline_element("strong", lead);
  html.text(" " + remedy);
}

void write_title(HtmlWriter& html, const Finding& finding, const std::string& id) {
  const auto summary = html.open("summary");
  {
    const auto heading = html.open("h3", {{"id", id}});
    write_badge(html, finding.severity);
    html.text(" " + finding.title);
  }
  if (finding.baseline == BaselineState::new_)
    html.inline_element("span", "new since the baseline", {{"class", "since new"}});
  if (finding.baseline == BaselineState::unchanged)
    html.inline_element("span", "in the baseline", {{"class", "since"}});
}

/// The words and severities that are shown; the page's script brings it to life.
void write_filter(HtmlWriter& html, const std::vector<Finding>& findings) {
  const auto form = html.open("form", {{"id", "filter"}, {"class", "tools"}, {"hidden", ""}, {"role", "search"}});
  {
    const auto label = html.open("label");
    html.text("Only with the words ");
    html.void_element("input", {{"type", "search"}, {"name", "words"}, {"autocomplete", "off"}});
  }
  {
    const auto severities = html.open("fieldset");
    html.block("legend", "Severities");
    for (const Severity severity :
         {Severity::blocker, Severity::high, Severity::medium, Severity::low, Severity::info}) {
      if (std::ranges::find(findings, severity, &Finding::severity) == findings.end())
        continue;
      const auto label = html.open("label");
      html.void_element("input", {{"type", "checkbox"}, {"value", to_string(severity)}, {"checked", ""}});
      html.text(std::string(" ") + to_string(severity));
    }
  }
  html.block("button", "Show all", {{"type", "reset"}});
  html.block("button", "Open all", {{"type", "button"}, {"data-open", "true"}});
  html.block("button", "Close all", {{"type", "button"}, {"data-open", "false"}});
  html.block("output", "", {{"aria-live", "polite"}});
}

/// Those that follow each other and have the same remedy: the indices from `first` on.
std::vector<std::size_t> with_same_remedy(const std::vector<Finding>& findings, std::span<const std::size_t> indices) {
  const std::string& remedy = findings[indices.front()].remedy;
  const auto other = std::ranges::find_if(
      indices, [&](std::size_t index) { return remedy.empty() || findings[index].remedy != remedy; });
  const auto count = std::max<std::ptrdiff_t>(other - indices.begin(), 1);
  return {indices.begin(), indices.begin() + count};
}

void write_together(HtmlWriter& html, const std::vector<Finding>& findings, const std::vector<std::size_t>& indices,
                    bool many) {
  const auto is_open = [&](const Finding& finding) { return !many && finding.severity >= Severity::medium; };
  if (indices.size() == 1) {
    write_finding(html, findings[indices.front()], indices.front(), is_open(findings[indices.front()]), true);
    return;
  }
  const std::string label = fmt::format("What to do about these {}:", indices.size());
  const auto group = html.open("div", {{"class", "group"}, {"role", "group"}, {"aria-label", label}});
  write_remedy(html, label.c_str(), findings[indices.front()].remedy);
  for (const std::size_t index : indices)
    write_finding(html, findings[index], index, is_open(findings[index]), false);
}

}  // namespace

std::string finding_anchor(std::size_t index) {
  return fmt::format("finding-{}", index + 1);
}

void write_badge(HtmlWriter& html, Severity severity) {
  html.inline_element("span", to_string(severity), {{"class", fmt::format("badge {}", to_string(severity))}});
}

void write_fold_buttons(HtmlWriter& html) {
  const auto tools = html.open("div", {{"class", "tools"}, {"hidden", ""}});
  html.block("button", "Open all", {{"type", "button"}, {"data-open", "true"}});
  html.block("button", "Close all", {{"type", "button"}, {"data-open", "false"}});
}

void write_finding(HtmlWriter& html, const Finding& finding, std::size_t index, bool open, bool with_remedy) {
  const std::string severity = to_string(finding.severity);
  const std::string heading_id = finding_anchor(index) + "-title";
  const auto article =
      html.open("article", {{"id", finding_anchor(index)},
                            {"class", fmt::format("finding {}{}", severity, finding.waiver ? " is-waived" : "")},
                            {"data-severity", severity},
                            {"aria-labelledby", heading_id}});
  const auto fold = html.open("details", {{"open", "", open}});
  write_title(html, finding, heading_id);
  const auto body = html.open("div", {{"class", "body"}});
  if (finding.waiver) {
    const std::string waiver = waiver_text(finding);
    html.block("p", waiver, {{"class", "waiver"}});
  }
  if (!finding.message.empty())
    html.block("p", finding.message);
  if (with_remedy)
    write_remedy(html, "What to do:", finding.remedy);
  write_edits(html, finding.edits);
  write_evidence(html, finding.evidence);
  write_place(html, finding);
  write_identity(html, finding);
}

void write_findings(HtmlWriter& html, const std::vector<Finding>& findings) {
  const auto section = html.open("section", {{"id", "findings"}, {"aria-labelledby", "findings-title"}});
  html.block("h2", "Findings", {{"id", "findings-title"}});
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!findings[i].waiver)
      indices.push_back(i);
  if (findings.empty())
    html.block("p", "None of the rules that ran found anything.");
  else if (indices.empty())
    html.block("p", "All that was found is waived.");
  else
    write_filter(html, findings);
  for (std::span<const std::size_t> left = indices; !left.empty();) {
    const std::vector<std::size_t> together = with_same_remedy(findings, left);
    write_together(html, findings, together, indices.size() > kMostOpen);
    left = left.subspan(together.size());
  }
}

}  // namespace preflight
