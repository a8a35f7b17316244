#pragma once

#include <string>

#include "table_summary.h"

namespace preflight {

/// "2026-11-20"; "not told by its version" where it is unknown.
std::string date_text(const TableSummary& summary);
std::string date_text(const std::chrono::year_month_day& date);

/// "1.1 to 2.3 (22 releases)"
std::string releases_text(const TableSummary& summary);

/// What to say of a table that is old.
const char* old_table_note();

}  // namespace preflight
