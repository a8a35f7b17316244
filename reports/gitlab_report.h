#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// The findings as GitLab reads a code quality report (artifacts:reports:codequality): an array with an entry for each
/// finding, in their order. GitLab wants a file and a line for each: a finding without a place has that of the first
/// input, and line 1.
/// A waived finding is of severity info.
void write_gitlab(const Report& report, std::ostream& out);

}  // namespace preflight
