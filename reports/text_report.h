#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

struct TextStyle {
  int columns = 80;           ///< Lines are wrapped here; names and paths are never broken.
  bool colour = false;        ///< ANSI colours.
  bool quiet = false;         ///< The verdict and the findings' titles only.
  bool verbose = false;       ///< All evidence, sources and subjects; each skipped rule; digests; the configuration.
  bool show_waivers = false;  ///< With each finding the waiver that would cover it.
};

/// The report for a terminal.
void write_text(const Report& report, const TextStyle& style, std::ostream& out);

}  // namespace preflight
