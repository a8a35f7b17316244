#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// What `schema_version` says: of reports that a reader of this version understands.
inline constexpr const char* kReportSchemaVersion = "1";

/// The report as docs/report.schema.json describes it, UTF-8, indented by two spaces, with a final line feed.
void write_json(const Report& report, std::ostream& out);

}  // namespace preflight
