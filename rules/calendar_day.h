#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace preflight {

/// A day of the calendar, written YYYY-MM-DD; nullopt for everything else.
std::optional<std::chrono::sys_days> calendar_day(std::string_view text);

}  // namespace preflight
