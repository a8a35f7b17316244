#pragma once

#include <chrono>
#include <string>

namespace preflight {

/// The day of SOURCE_DATE_EPOCH where that is set (to seconds since 1970), and otherwise that of the clock. UTC.
std::chrono::sys_days today();

/// The text of --version: the program's version, the version and date of its table, and a note where that is old.
std::string version_text();

}  // namespace preflight
