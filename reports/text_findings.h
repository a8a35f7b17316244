#pragma once

// Private to the text report: its findings.

#include <vector>

#include "finding.h"
#include "text_page.h"

namespace preflight {

/// Severity and title, and how the gate takes it: "high     Title (waived)".
void write_finding_title(TextPage& page, const Finding& finding);

/// All of each, those that are waived in a group of their own behind the others, in short.
void write_findings(TextPage& page, const std::vector<Finding>& findings, const TextStyle& style);

/// What the baseline has and the run does not; nothing where there is none.
void write_fixed(TextPage& page, const std::vector<Finding>& fixed);

}  // namespace preflight
