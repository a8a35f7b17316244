#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "finding.h"
#include "flink_version.h"
#include "platform.h"

namespace preflight {

/// A finding as an earlier report has it.
struct BaselineFinding {
  Finding finding;  ///< Without evidence, sources and edits.
  std::string fingerprint;
  bool waived = false;
};

/// An earlier report, against which findings are new or not.
struct Baseline {
  std::string path;
  std::string summary;  ///< "14 findings, of flink-preflight 0.1.0 with table 2026.11.20"
  std::vector<BaselineFinding> findings;
};

/// Reads what `check --format json` wrote. Throws InputError, with the line: not such a report, another schema version,
/// or of an upgrade to another Flink minor or on another platform, which says nothing about this one.
Baseline read_baseline(const std::filesystem::path& path, const FlinkVersion& target, Platform platform);

/// Marks each finding as unchanged where the baseline has one with its fingerprint, and as new otherwise. New is also
/// one that has become graver, and one that was waived and is not any more: nobody has accepted these. Returns what the
/// baseline has and `findings` do not, in the order of the baseline.
std::vector<Finding> apply_baseline(const Baseline& baseline, std::vector<Finding>& findings);

}  // namespace preflight
