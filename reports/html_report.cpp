#include "html_report.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <ostream>

#include "html_script.h"
#include "html_sections.h"
#include "html_style.h"
#include "report_wording.h"
#include "rollback_sections.h"

namespace preflight {
namespace {

std::string_view page_script() {
  return html_script_files[0].text();
}

/// Nothing may be loaded, and nothing may run but the page's own script, which is told by its SHA-256.
std::string content_security_policy() {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(page_script().data(), page_script().size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::array<unsigned char, 45> base64{};
  EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  return fmt::format(
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
      reinterpret_cast<const char*>(base64.data()));
}

void write_head(HtmlWriter& html, const Report& report) {
  const auto head = html.open("head");
  html.void_element("meta", {{"charset", "utf-8"}});
  html.void_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", content_security_policy()}});
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
      const std::vector<Finding>& findings = report.assessment.findings;
      write_steps(html, findings);
      write_restore(html, report.assessment.restore);
      write_findings(html, findings);
      if (has_waived(report))
        write_waived(html, findings);
      if (!report.fixed.empty())
        write_fixed(html, report.fixed);
      if (report.plan)
        write_plan(html, *report.plan);
      write_rollback(html, report.assessment.rollback);
      write_not_checked(html, report);
      write_inputs(html, report);
      write_glossary(html);
    }
    write_footer(html, report);
    html.script(page_script());
  }
  out << '\n';
}

}  // namespace preflight
