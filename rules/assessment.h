#pragma once

#include <string>
#include <vector>

#include "finding.h"
#include "restore/restore_prediction.h"
#include "rollback_readiness.h"
#include "rule.h"
#include "upgrade.h"

namespace preflight {

struct SkippedRule {
  std::string rule;
  std::string reason;
};

/// pass: nothing stands in the way. action_required: something must be done first (findings of medium and above).
/// blocked: the upgrade will fail or lose state. unknown: nothing found, but not all that matters could be determined.
enum class Verdict { pass, action_required, blocked, unknown };
const char* to_string(Verdict verdict);

/// The judgement of one upgrade: every rule either ran or is listed as skipped.
struct Assessment {
  Verdict verdict = Verdict::unknown;
  std::vector<Finding> findings;  ///< Gravest first, then in the order of the rules, then by subject.
  RestorePrediction restore;
  RollbackReadiness rollback;
  int rules_run = 0;
  std::vector<SkippedRule> skipped;
  std::vector<Unknown> unknowns;
};

Assessment assess(const Upgrade& upgrade);

}  // namespace preflight
