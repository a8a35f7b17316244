#pragma once

// Private to the readers of the table.

#include <string_view>

#include "restore/job_calls_table.h"

namespace preflight {

class TableRow;

/// Reads a row of one of the documents that JobCallTable is made of. False where `document` is none of them. Throws
/// InputError naming the row and the key.
bool read_job_calls_row(std::string_view document, const TableRow& row, JobCallTable& table);

}  // namespace preflight
