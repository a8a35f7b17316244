#include <fmt/format.h>

#include "report_wording.h"
#include "rule_needs.h"
#include "rules_listing.h"
#include "severity_ink.h"
#include "table_wording.h"
#include "text_page.h"

namespace preflight {
namespace {

constexpr std::size_t kSeverityWidth = 9;  // "blocker  "
constexpr std::size_t kWordWidth = 15;     // "does not fire  "

void write_part(TextPage& page, const char* word, const std::string& text) {
  page.paragraph({{fmt::format("{:<{}}", word, kWordWidth), Ink::faint}}, {{text}});
}

}  // namespace

void write_rules_text(std::span<const Rule> rules, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  const std::string indent(kSeverityWidth, ' ');
  for (const Rule& rule : rules) {
    page.paragraph({{fmt::format("{:<{}}", to_string(rule.severity), kSeverityWidth), ink_of(rule.severity)}},
                   {{rule.id, Ink::strong, true}});
    page.paragraph({{indent}}, {{rule.title}});
    page.paragraph({{indent}}, {{"needs " + needs_text(rule.needs), Ink::faint}});
  }
}

void write_rule_text(const Rule& rule, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  page.paragraph({}, {{rule.id, Ink::strong, true}});
  page.paragraph({}, {{rule.title}});
  page.blank_line();
  page.paragraph({{fmt::format("{:<{}}", "severity", kWordWidth), Ink::faint}},
                 {{to_string(rule.severity), ink_of(rule.severity)}, {" at the gravest"}});
  write_part(page, "needs", needs_text(rule.needs));
  write_part(page, "why", rule.rationale);
  write_part(page, "remedy", rule.remedy);
  write_part(page, "fires", rule.fires);
  write_part(page, "does not fire", rule.does_not_fire);
  for (std::size_t i = 0; i < rule.sources.size(); ++i)
    write_part(page, i == 0 ? "sources" : "", rule.sources[i]);
}

void write_table_summary_text(const TableSummary& summary, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  write_part(page, "table", summary.version);
  write_part(page, "date", date_text(summary));
  if (summary.old)
    page.paragraph({{std::string(kWordWidth, ' ')}}, {{old_table_note(), Ink::yellow}});
  write_part(page, "releases", fmt::format("Flink {}", releases_text(summary)));
  if (!summary.api_releases.empty())
    write_part(page, "API index",
               fmt::format("{} of Flink, {} to {}", plural(summary.api_releases.size(), "release"),
                           summary.api_releases.front(), summary.api_releases.back()));
  page.blank_line();
  for (const TableFile& file : summary.files)
    page.paragraph({{fmt::format("{:>5} rows  ", file.rows)}}, {{file.path, Ink::plain, true}});
}

}  // namespace preflight
