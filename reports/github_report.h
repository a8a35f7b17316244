#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// The findings as workflow commands of GitHub Actions, which shows each as an annotation: a line for each finding, in
/// their order, then one with the verdict and one with what the gate says. error: blocker and high; warning: medium;
/// notice: the rest, and what
/// is waived.
void write_github(const Report& report, std::ostream& out);

}  // namespace preflight
