#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// The report as SARIF 2.1.0 (OASIS), as code scanning services read it. Results are the findings, in their order; what
/// could not be determined and which rules were not run are notifications of the invocation. Places are relative URIs
/// where the inputs were given by relative paths; a finding without a place of its own has that of the first input.
/// Waived findings are suppressed results.
void write_sarif(const Report& report, std::ostream& out);

}  // namespace preflight
