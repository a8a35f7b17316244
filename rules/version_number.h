#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace preflight {

/// Takes a number of a version, 0 to 999, off the front; nullopt where there is none.
inline std::optional<int> take_version_number(std::string_view& text) {
  constexpr int kLargest = 999;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 0 || value > kLargest)
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

}  // namespace preflight
