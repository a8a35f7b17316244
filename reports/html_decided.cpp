#include <algorithm>

#include "html_sections.h"

// What somebody has decided already, or what is done.

namespace preflight {

bool has_waived(const Report& report) {
  return std::ranges::any_of(report.assessment.findings,
                             [](const Finding& finding) { return finding.waiver.has_value(); });
}

void write_waived(HtmlWriter& html, const std::vector<Finding>& findings) {
  const auto section = html.open("section", {{"id", "waived"}, {"aria-labelledby", "waived-title"}});
  html.block("h2", "Waived", {{"id", "waived-title"}});
  html.block("p",
             "The team has decided to live with these until the day that is named. They are found as before, and do "
             "not fail the gate.");
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (findings[i].waiver)
      write_finding(html, findings[i], i, false, true);
}

void write_fixed(HtmlWriter& html, const std::vector<Finding>& fixed) {
  const auto section = html.open("section", {{"id", "fixed"}, {"aria-labelledby", "fixed-title"}});
  html.block("h2", "Gone since the baseline", {{"id", "fixed-title"}});
  html.block("p", "The earlier report has these findings, and this run does not:");
  const auto list = html.open("ul", {{"class", "because"}});
  for (const Finding& finding : fixed) {
    const auto item = html.open("li");
    write_badge(html, finding.severity);
    html.text(" " + finding.title);
  }
}

}  // namespace preflight
