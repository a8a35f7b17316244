#pragma once

#include <iosfwd>
#include <vector>

#include "maven/pom.h"
#include "text_report.h"

namespace preflight {

/// `inspect pom`: each project's dependencies with the place that decided each version.
void write_pom_text(const std::vector<PomModel>& projects, const TextStyle& style, std::ostream& out);

/// `inspect pom --format json`.
void write_pom_json(const std::vector<PomModel>& projects, std::ostream& out);

}  // namespace preflight
