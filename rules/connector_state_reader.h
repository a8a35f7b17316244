#pragma once

// Private to the readers of the table.

#include <string>

#include "compatibility_table.h"
#include "table_row.h"

namespace preflight {

/// Adds a row of connector_state_formats.json or known_bugs.json to the table; false where `document` is neither.
bool read_connector_state_row(const std::string& document, const TableRow& row, CompatibilityTable& table);

}  // namespace preflight
