#pragma once

#include <chrono>

namespace preflight {

/// The moment of SOURCE_DATE_EPOCH where that is set (to seconds since 1970), and otherwise that of the clock. UTC.
std::chrono::sys_seconds now();

/// The day of now().
std::chrono::sys_days today();

}  // namespace preflight
