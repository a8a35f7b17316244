#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// The report as docs/report.schema.json describes it, UTF-8, indented by two spaces, with a final line feed.
void write_json(const Report& report, std::ostream& out);

}  // namespace preflight
