#pragma once

#include <string_view>

#include "compatibility_table.h"
#include "table_row.h"

namespace preflight {

/// Reads a row of configuration_keys.json or deployment_settings.json; false for a document of another name. Throws
/// InputError naming the document and the row.
bool read_deployment_row(std::string_view document, const TableRow& row, CompatibilityTable& table);

}  // namespace preflight
