#pragma once

// Private to the readers of the table.

#include <string>

#include "sql/sql_nodes.h"
#include "table_row.h"

namespace preflight {

/// Reads a row of sql_nodes.json or sql_aggregates.json; false for a document of another name. Throws InputError.
bool read_sql_row(const std::string& document, const TableRow& row, SqlNodeTable& table);

}  // namespace preflight
