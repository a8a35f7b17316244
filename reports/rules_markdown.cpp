#include <fmt/format.h>

#include <ostream>
#include <string_view>

#include "rule_needs.h"
#include "rules_listing.h"
#include "table_wording.h"
#include "unicode_text.h"

namespace preflight {
namespace {

/// `text` so that Markdown shows it as it is. An underscore within a word means nothing there and stays readable.
std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*[]<>|&";
  const std::string visible = visible_text(text);
  std::string escaped;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    const bool starts_word = visible[i] == '_' && (i == 0 || visible[i - 1] == ' ');
    if (starts_word || kSpecial.find(visible[i]) != std::string_view::npos)
      escaped += '\\';
    escaped += visible[i];
  }
  return escaped;
}

void write_section(const Rule& rule, const char* heading, std::ostream& out) {
  out << fmt::format("{} {}\n\n{}. {}\n\n", heading, rule.id, markdown_text(rule.title), markdown_text(rule.rationale));
  out << fmt::format("- Gravest severity: {}\n", to_string(rule.severity));
  out << fmt::format("- Needs: {}\n", needs_text(rule.needs));
  out << fmt::format("- Remedy: {}\n", markdown_text(rule.remedy));
  out << fmt::format("- Fires: {}\n", markdown_text(rule.fires));
  out << fmt::format("- Does not fire: {}\n", markdown_text(rule.does_not_fire));
  out << "- Sources: ";
  for (std::size_t i = 0; i < rule.sources.size(); ++i)
    out << (i == 0 ? "" : "; ") << markdown_text(rule.sources[i]);
  out << '\n';
}

}  // namespace

void write_rules_markdown(std::span<const Rule> rules, std::ostream& out) {
  out << "# The rules of flink-preflight\n\n"
         "Written by `flink-preflight rules list --format markdown`. Every rule needs `--target`; one whose other\n"
         "inputs are missing is listed as not run.\n\n"
         "| rule | gravest | what it finds |\n| --- | --- | --- |\n";
  for (const Rule& rule : rules)
    out << fmt::format("| [{0}](#{0}) | {1} | {2} |\n", rule.id, to_string(rule.severity), markdown_text(rule.title));
  for (const Rule& rule : rules) {
    out << '\n';
    write_section(rule, "##", out);
  }
}

void write_rule_markdown(const Rule& rule, std::ostream& out) {
  write_section(rule, "#", out);
}

void write_table_summary_markdown(const TableSummary& summary, std::ostream& out) {
  out << fmt::format("# Table {}\n\n- Date: {}\n- Releases: Flink {}\n", markdown_text(summary.version),
                     date_text(summary), releases_text(summary));
  if (!summary.api_releases.empty())
    out << fmt::format("- Releases in the API index: {} to {}\n", markdown_text(summary.api_releases.front()),
                       markdown_text(summary.api_releases.back()));
  if (summary.old)
    out << fmt::format("- {}\n", old_table_note());
  out << "\n| file | rows |\n| --- | ---: |\n";
  for (const TableFile& file : summary.files)
    out << fmt::format("| {} | {} |\n", markdown_text(file.path), file.rows);
}

}  // namespace preflight
