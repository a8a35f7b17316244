#pragma once

#include "check_options.h"
#include "text_report.h"

namespace preflight {

/// How text on standard output should look: as wide as the terminal (80 columns elsewhere, 120 at most), coloured only
/// on a terminal and without NO_COLOR, or wherever it goes with CLICOLOR_FORCE, unless the command line says otherwise.
TextStyle style_of_standard_output(ColourWish wish);

/// Whether a line on it can be written over.
bool is_terminal(int descriptor);

}  // namespace preflight
