#include "clock.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "calendar_day.h"

namespace preflight {

std::chrono::sys_seconds now() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  const std::string_view text = epoch == nullptr ? "" : epoch;
  const bool whole = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (const auto given = whole ? timestamp(text) : std::nullopt)
    return *given;
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::chrono::sys_days today() {
  return std::chrono::floor<std::chrono::days>(now());
}

}  // namespace preflight
