#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// The report as JUnit XML, as Jenkins, GitLab and others read it. A test case is a finding (a failure, or
/// skipped where it is waived), a rule that
/// ran and found nothing (passed), a rule that was not run, or an operator whose restore could not be decided (both
/// skipped). The counts are those of the cases. Characters that XML 1.0 forbids are shown as \xNN.
void write_junit(const Report& report, std::ostream& out);

}  // namespace preflight
