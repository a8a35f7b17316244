#pragma once

#include <optional>
#include <string>

#include "assessment.h"

namespace preflight {

/// The policy of a run, applied to an assessment.
struct GateDecision {
  bool failed = false;
  std::string sentence;  ///< For the reader: why it failed, or that it passed, and what the gate did not count.
};

/// Whether the gate looks at the finding: it is neither waived nor in the baseline.
bool counts_for_gate(const Finding& finding);

/// Fails at a finding of `fail_on` or graver that counts (empty: never), and with `strict` also when the restore of
/// some state could not be decided; that is no finding, and neither waived nor in a baseline.
GateDecision judge(const Assessment& assessment, std::optional<Severity> fail_on, bool strict);

}  // namespace preflight
