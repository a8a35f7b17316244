#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "assessment.h"
#include "baseline.h"
#include "waiver_file.h"

namespace preflight {

/// What a team has decided about findings before this run.
struct Decisions {
  std::optional<WaiverFile> waivers;
  std::optional<Baseline> baseline;
};

/// Waivers first, so that the baseline knows what is waived now. Returns what is fixed since the baseline.
std::vector<Finding> apply_decisions(const Decisions& decisions, std::chrono::sys_days today, Assessment& assessment);

}  // namespace preflight
