#include "html_report.h"

#include <fmt/format.h>

#include <ostream>

#include "html_sections.h"
#include "html_style.h"
#include "report_wording.h"

namespace preflight {
namespace {

// Nothing may be loaded and nothing may run; the style sheet stands in the file itself.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

void write_head(HtmlWriter& html, const Report& report) {
  const auto head = html.open("head");
  html.void_element("meta", {{"charset", "utf-8"}});
  html.void_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", kContentSecurityPolicy}});
  html.void_element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.void_element("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.void_element("meta", {{"name", "generator"}, {"content", "flink-preflight " + report.tool_version}});
  html.block("title", fmt::format("{}: {}", verdict_word(report.assessment.verdict), upgrade_text(report)));
  html.style_sheet(html_style_files[0].text());
}

void write_footer(HtmlWriter& html, const Report& report) {
  const auto footer = html.open("footer");
  html.block("p", fmt::format("Written by flink-preflight {} with compatibility table {}. {} run, {} not run.",
                              report.tool_version, report.table_version,
                              plural(static_cast<std::size_t>(report.assessment.rules_run), "rule"),
                              report.assessment.skipped.size()));
  html.block("p",
             "The judgement is made from the files listed above alone: nothing was deployed, no cluster was asked, and "
             "this page loads nothing from the network.");
}

}  // namespace

void write_html(const Report& report, std::ostream& out) {
  out << "<!DOCTYPE html>";
  {
    HtmlWriter html(out);
    const auto document = html.open("html", {{"lang", "en"}});
    write_head(html, report);
    const auto body = html.open("body");
    html.block("a", "Skip to what to do", {{"class", "skip"}, {"href", "#steps"}});
    write_verdict(html, report);
    {
      const auto main = html.open("main");
      write_steps(html, report.assessment.findings);
      write_findings(html, report.assessment.findings);
      write_restore(html, report.assessment.restore);
      write_not_checked(html, report);
      write_inputs(html, report);
      write_glossary(html);
    }
    write_footer(html, report);
  }
  out << '\n';
}

}  // namespace preflight
