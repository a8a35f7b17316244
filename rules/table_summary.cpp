#include "table_summary.h"

#include <rapidjson/document.h>

#include <map>

#include "calendar_day.h"

namespace preflight {
namespace {

/// The documents are well-formed: read_compatibility_table has read them.
std::size_t count_rows(const TableDocument& document) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(document.text.c_str(), document.text.size());
  if (json.HasParseError() || !json.IsObject())
    return 0;
  const auto rows = json.FindMember("rows");
  return rows != json.MemberEnd() && rows->value.IsArray() ? rows->value.Size() : 0;
}

}  // namespace

std::optional<std::chrono::year_month_day> date_of_table(const std::string& version) {
  const auto day = calendar_day(version, '.');
  return day ? std::optional(std::chrono::year_month_day(*day)) : std::nullopt;
}

bool is_old(std::chrono::year_month_day date, std::chrono::sys_days today) {
  auto limit = date + std::chrono::months(6);
  if (!limit.ok())  // 31 August + 6 months.
    limit = limit.year() / limit.month() / std::chrono::last;
  return std::chrono::sys_days(limit) < today;
}

TableSummary summarise_table(std::span<const TableDocument> documents, std::chrono::sys_days today) {
  const CompatibilityTable table = read_compatibility_table(documents);
  TableSummary summary{.version = table.version, .date = date_of_table(table.version)};
  summary.old = summary.date && is_old(*summary.date, today);
  for (const FlinkRelease& release : table.releases)
    summary.releases.push_back(release.version);
  std::map<std::string, const TableDocument*> by_name;  // The last of a name counts.
  for (const TableDocument& document : documents)
    by_name[document.name] = &document;
  for (const auto& [name, document] : by_name)
    if (name != "table")
      summary.files.push_back({.name = name, .path = document->path, .rows = count_rows(*document)});
  return summary;
}

}  // namespace preflight
