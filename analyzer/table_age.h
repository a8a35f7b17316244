#pragma once

#include <string>

namespace preflight {

/// The text of --version: the program's version, the version and date of its table, and a note where that is old.
std::string version_text();

}  // namespace preflight
