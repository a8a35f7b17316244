#include "calendar_day.h"

#include <charconv>

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

}  // namespace

std::optional<std::chrono::sys_days> calendar_day(std::string_view text) {
  constexpr std::size_t kLength = 10;  // "2027-01-31"
  if (text.size() != kLength || text[4] != '-' || text[7] != '-')
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

}  // namespace preflight
