#include "calendar_day.h"

#include <charconv>
#include <cstdint>

namespace preflight {
namespace {

/// The number that the digits of `text` write; -1 where there is anything else.
int digits(std::string_view text) {
  int value = -1;
  for (const char c : text)
    if (c < '0' || c > '9')
      return -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The text without a fraction of a second that it starts with; nullopt where there is a point and no digit.
std::optional<std::string_view> after_fraction(std::string_view text) {
  if (!text.starts_with('.'))
    return text;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
  return end > 1 ? std::optional(text.substr(end)) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> seconds_since_1970(std::string_view text) {
  constexpr std::int64_t kLatest = 253402300799;  // The end of the year 9999.
  std::int64_t seconds = -1;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const auto rest = after_fraction({stop, text.data() + text.size()});
  const bool read = error == std::errc{} && rest && rest->empty() && seconds >= 0 && seconds <= kLatest;
  return read ? std::optional(std::chrono::sys_seconds(std::chrono::seconds(seconds))) : std::nullopt;
}

/// "10:15" or "1015", up to 23:59.
std::optional<std::chrono::minutes> hours_and_minutes(std::string_view text) {
  const bool with_colon = text.size() == 5 && text[2] == ':';
  if (!with_colon && text.size() != 4)
    return std::nullopt;
  const int hours = digits(text.substr(0, 2));
  const int minutes = digits(text.substr(with_colon ? 3 : 2));
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return std::nullopt;
  return std::chrono::hours(hours) + std::chrono::minutes(minutes);
}

/// "Z", "+01:00", "-0800"
std::optional<std::chrono::minutes> offset(std::string_view text) {
  if (text == "Z")
    return std::chrono::minutes(0);
  if (!text.starts_with('+') && !text.starts_with('-'))
    return std::nullopt;
  const auto distance = hours_and_minutes(text.substr(1));
  return distance && text.front() == '-' ? std::optional(-*distance) : distance;
}

}  // namespace

std::optional<std::chrono::sys_days> calendar_day(std::string_view text, char separator) {
  constexpr std::size_t kLength = 10;  // "2027-01-31"
  if (text.size() != kLength || text[4] != separator || text[7] != separator)
    return std::nullopt;
  const int year = digits(text.substr(0, 4));
  const int month = digits(text.substr(5, 2));
  const int day = digits(text.substr(8));
  if (year < 0 || month < 0 || day < 0)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional<std::chrono::sys_days>(date) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> timestamp(std::string_view text) {
  constexpr std::size_t kDay = 10;   // "2026-11-20"
  constexpr std::size_t kTime = 19;  // "2026-11-20T10:15:00"
  if (text.size() <= kTime || text[kDay] != 'T')
    return seconds_since_1970(text);
  const auto day = calendar_day(text.substr(0, kDay));
  const auto minutes = hours_and_minutes(text.substr(kDay + 1, 5));
  const int seconds = text[16] == ':' ? digits(text.substr(17, 2)) : -1;
  const auto zone = after_fraction(text.substr(kTime));
  const auto distance = zone ? offset(*zone) : std::nullopt;
  if (!day || !minutes || seconds < 0 || seconds > 60 || !distance)
    return std::nullopt;
  return *day + *minutes + std::chrono::seconds(seconds) - *distance;
}

}  // namespace preflight
