#include "gate.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

/// "; 3 more are waived and 1 is in the baseline", or nothing.
std::string not_counted(const Assessment& assessment, Severity fail_on) {
  std::size_t waived = 0;
  std::size_t accepted = 0;
  for (const Finding& finding : assessment.findings)
    if (finding.severity >= fail_on && !counts_for_gate(finding))
      ++(finding.waiver ? waived : accepted);
  const auto are = [](std::size_t count) { return count == 1 ? "is" : "are"; };
  std::string text;
  if (waived > 0)
    text += fmt::format("{} {} waived", waived, are(waived));
  if (accepted > 0)
    text += fmt::format("{}{} {} in the baseline", text.empty() ? "" : " and ", accepted, are(accepted));
  return text.empty() ? text : "; " + text;
}

}  // namespace

bool counts_for_gate(const Finding& finding) {
  return !finding.waiver && finding.baseline != BaselineState::unchanged;
}

GateDecision judge(const Assessment& assessment, std::optional<Severity> fail_on, bool strict) {
  const auto at_or_above = std::ranges::count_if(assessment.findings, [&](const Finding& finding) {
    return fail_on && finding.severity >= *fail_on && counts_for_gate(finding);
  });
  if (at_or_above > 0)
    return {true, fmt::format("The gate fails: {} {} of severity {} or above{}.", at_or_above,
                              at_or_above == 1 ? "finding" : "findings", to_string(*fail_on),
                              not_counted(assessment, *fail_on))};
  const auto undecided =
      std::ranges::count(assessment.restore.operators, OperatorOutcome::unknown, &OperatorPrediction::outcome);
  if (strict && undecided > 0)
    return {true, fmt::format("The gate fails (--strict): the restore of {} {} could not be decided.", undecided,
                              undecided == 1 ? "operator" : "operators")};
  if (!fail_on)
    return {false, "The gate passes: --fail-on never."};
  const std::string aside = not_counted(assessment, *fail_on);
  return {false, fmt::format("The gate passes: no {}finding of severity {} or above{}.", aside.empty() ? "" : "other ",
                             to_string(*fail_on), aside)};
}

}  // namespace preflight
