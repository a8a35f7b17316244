#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace preflight {

/// A day of the calendar, written YYYY-MM-DD, or with another separator; nullopt for everything else.
std::optional<std::chrono::sys_days> calendar_day(std::string_view text, char separator = '-');

/// A moment as tools write it: a day, T and a time of day, with a fraction of a second or none, and Z or an offset
/// (ISO 8601: "2026-11-20T10:15:00.123+01:00"); or seconds since 1970 ("1700000000.123"). nullopt for everything else,
/// so for a time of which the zone is not known.
std::optional<std::chrono::sys_seconds> timestamp(std::string_view text);

}  // namespace preflight
