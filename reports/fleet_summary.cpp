#include "fleet_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "json_writer.h"
#include "report_wording.h"
#include "text_page.h"

namespace preflight {
namespace {

constexpr const char* kUndecided = "restore undecided (strict)";

/// The first names, and how many more there are.
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kShown ? fmt::format("{} and {} more", text, names.size() - kShown) : text;
}

void write_names(TextPage& page, const char* word, Ink ink, const std::vector<std::string>& names) {
  if (!names.empty())
    page.paragraph({{fmt::format("{:<9}{:>5}  ", word, names.size()), ink}}, {{some_of(names)}});
}

/// Those that block most applications first.
std::vector<std::pair<std::string, std::vector<std::string>>> by_count(const FleetSummary& summary) {
  std::vector<std::pair<std::string, std::vector<std::string>>> rules(summary.blocked_by.begin(),
                                                                      summary.blocked_by.end());
  std::ranges::stable_sort(rules, std::ranges::greater{}, [](const auto& rule) { return rule.second.size(); });
  return rules;
}

}  // namespace

void write_fleet_summary_text(const FleetSummary& summary, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  const std::size_t all = summary.can_go.size() + summary.blocked.size() + summary.unread.size();
  page.paragraph({}, {{plural(all, "application"), Ink::strong},
                      {summary.skipped == 0 ? "" : fmt::format(", and {} done before", summary.skipped)}});
  write_names(page, "can go", Ink::green, summary.can_go);
  write_names(page, "blocked", Ink::strong_red, summary.blocked);
  write_names(page, "unread", Ink::yellow, summary.unread);
  for (const auto& [rule, applications] : by_count(summary)) {
    page.paragraph({{fmt::format("{:>14}  ", applications.size())}}, {{rule.empty() ? kUndecided : rule, Ink::strong}});
    page.paragraph({{std::string(16, ' ')}}, {{some_of(applications), Ink::faint}});
  }
}

void write_fleet_summary_json(const FleetSummary& summary, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("can_go", summary.can_go);
  json.field("blocked", summary.blocked);
  json.field("unread", summary.unread);
  json.field("skipped", summary.skipped);
  json.begin_array("blocked_by");
  for (const auto& [rule, applications] : by_count(summary)) {
    json.begin_object();
    json.field_or_null("rule", rule);  // Null: the restore could not be decided, and the line says "strict".
    json.field("applications", applications);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
