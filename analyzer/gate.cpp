#include "gate.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {

GateDecision judge(const Assessment& assessment, std::optional<Severity> fail_on, bool strict) {
  const auto at_or_above = std::ranges::count_if(
      assessment.findings, [&](const Finding& finding) { return fail_on && finding.severity >= *fail_on; });
  if (at_or_above > 0)
    return {true, fmt::format("The gate fails: {} {} of severity {} or above.", at_or_above,
                              at_or_above == 1 ? "finding" : "findings", to_string(*fail_on))};
  const auto undecided =
      std::ranges::count(assessment.restore.operators, OperatorOutcome::unknown, &OperatorPrediction::outcome);
  if (strict && undecided > 0)
    return {true, fmt::format("The gate fails (--strict): the restore of {} {} could not be decided.", undecided,
                              undecided == 1 ? "operator" : "operators")};
  return {false, fail_on ? fmt::format("The gate passes: no finding of severity {} or above.", to_string(*fail_on))
                         : std::string("The gate passes: --fail-on never.")};
}

}  // namespace preflight
