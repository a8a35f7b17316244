#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

/// Something to do before the upgrade, and the findings (by index, in their order) that ask for it.
struct ThingToDo {
  std::string remedy;
  Severity severity = Severity::info;  ///< Of the gravest of its findings.
  std::vector<std::size_t> findings;
};

/// As many of the things to do as a summary shows.
inline constexpr std::size_t kFirstThings = 3;

/// The remedies of the findings of medium severity and above that nobody has waived, each once. The gravest come first;
/// of those that are as grave, what saves state, which nothing brings back once it is lost; then what cures the most
/// findings; then in the order of the findings.
std::vector<ThingToDo> things_to_do(const std::vector<Finding>& findings);

}  // namespace preflight
