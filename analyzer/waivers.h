#pragma once

#include <chrono>

#include "assessment.h"
#include "waiver_file.h"

namespace preflight {

/// Gives each finding the first waiver of the file that matches it and still holds on `today`, and moves the waived
/// ones behind the others. A waiver that has ended and whose finding is back becomes a finding `waiver-expired`, one
/// that matches nothing a finding `waiver-unused`; where its rule did not run it is not judged. The verdict stays: a
/// waiver changes what the gate says, not what Flink does.
void apply_waivers(const WaiverFile& file, std::chrono::sys_days today, Assessment& assessment);

}  // namespace preflight
