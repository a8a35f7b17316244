#pragma once

#include <iosfwd>

#include "report.h"

namespace preflight {

/// The report as one self-contained HTML file: no network, readable without its script, light and dark,
/// printable.
void write_html(const Report& report, std::ostream& out);

}  // namespace preflight
