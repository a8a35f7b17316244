#include "decisions.h"

#include "waivers.h"

namespace preflight {

std::vector<Finding> apply_decisions(const Decisions& decisions, std::chrono::sys_days today, Assessment& assessment) {
  if (decisions.waivers)
    apply_waivers(*decisions.waivers, today, assessment);
  if (!decisions.baseline)
    return {};
  return apply_baseline(*decisions.baseline, assessment.findings);
}

}  // namespace preflight
