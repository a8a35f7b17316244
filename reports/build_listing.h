#pragma once

#include <iosfwd>

#include "build/declared_build.h"
#include "text_report.h"

namespace preflight {

/// `inspect build`: each library that the file names, with its line and, of a version that is not known, why.
void write_build_text(const DeclaredBuild& build, const TextStyle& style, std::ostream& out);

/// `inspect build --format json`.
void write_build_json(const DeclaredBuild& build, std::ostream& out);

}  // namespace preflight
