#include "table_wording.h"

#include <fmt/format.h>

#include "report_wording.h"

namespace preflight {

std::string date_text(const std::chrono::year_month_day& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string date_text(const TableSummary& summary) {
  return summary.date ? date_text(*summary.date) : "not told by its version";
}

std::string releases_text(const TableSummary& summary) {
  if (summary.releases.empty())
    return "none";
  return fmt::format("{} to {} ({})", summary.releases.front().minor_text(), summary.releases.back().minor_text(),
                     plural(summary.releases.size(), "release"));
}

const char* old_table_note() {
  return "The table is older than six months: releases, runtimes and connectors that came since are not in it. Take a "
         "newer flink-preflight, or give newer tables with --table.";
}

}  // namespace preflight
