#pragma once

#include <string>
#include <vector>

#include "finding.h"
#include "pom_edit.h"
#include "upgrade.h"

namespace preflight {

/// What to write in the poms so that a library becomes the one for the target. All of it or nothing: where one place
/// cannot be told, there are no edits, and `none_because` says why.
struct PomCure {
  std::vector<PomEdit> edits;
  std::string none_because;
};

/// The cure for every declaration of a library in the poms, none of which need it where it is already right. A version
/// that stands in a property is changed there if all that take it from there want the same; where Flink's own artifacts
/// do and a connector wants a release of its own, the property is Flink's and the connector is given its version by
/// itself. No cure has a version that other artifacts share, one that a range, a -D or a pom outside of the project
/// decides, an artifact without a release for the target, and one whose successor has another API.
PomCure pom_cure(const Upgrade& upgrade, const Coordinates& library);

/// Adds a cure to a finding about several libraries: it has edits only if each of them has a cure.
void add_cure(Finding& finding, const PomCure& cure);

}  // namespace preflight
