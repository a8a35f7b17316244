#pragma once

// Private to the readers of the table.

#include <string>

#include "compatibility_table.h"
#include "table_row.h"

namespace preflight {

/// Adds a row of connector_state_formats.json, known_bugs.json, table_options.json or successor_gaps.json to the table;
/// false where `document` is none of them.
bool read_connector_state_row(const std::string& document, const TableRow& row, CompatibilityTable& table);

}  // namespace preflight
