#pragma once

#include <iosfwd>

#include "savepoint/savepoint.h"
#include "text_report.h"

namespace preflight {

/// `inspect savepoint`: a one-screen summary, then a tree per operator.
void write_savepoint_text(const Savepoint& savepoint, const TextStyle& style, std::ostream& out);

/// `inspect savepoint --format json`.
void write_savepoint_json(const Savepoint& savepoint, std::ostream& out);

}  // namespace preflight
