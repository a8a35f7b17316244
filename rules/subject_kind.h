#pragma once

#include <optional>
#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

/// The kind that to_string(Subject::Kind) writes so.
std::optional<Subject::Kind> subject_kind_of(const std::string& text);

/// The words for every kind.
std::vector<std::string> subject_kind_names();

}  // namespace preflight
