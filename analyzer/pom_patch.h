#pragma once

#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

/// The edits of all findings as one unified diff, for `git apply` and `patch -p1` in the current folder. Empty where
/// there is nothing to change.
struct PomPatch {
  std::string diff;
  std::vector<std::string> left_out;  ///< Poms that the diff does not name though they have edits, with the reason.
};

/// Holds each edit against its file: the element has to stand on its line as the edit says, once. A finding of which
/// one edit cannot be made, or contradicts that of another, loses all of them, and `no_edits_because` says why. Files
/// are taken as bytes: whatever their encoding and line ends, nothing but the edited texts changes.
PomPatch settle_edits(std::vector<Finding>& findings);

}  // namespace preflight
