#pragma once

#include <optional>
#include <string>

#include "assessment.h"

namespace preflight {

/// The policy of a run, applied to an assessment.
struct GateDecision {
  bool failed = false;
  std::string sentence;  ///< For the reader: why it failed, or that it passed.
};

/// Fails at a finding of `fail_on` or graver (empty: never), and with `strict` also when the restore of some state
/// could not be decided.
GateDecision judge(const Assessment& assessment, std::optional<Severity> fail_on, bool strict);

}  // namespace preflight
