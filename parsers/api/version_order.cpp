#include <algorithm>
#include <array>
#include <cctype>
#include <compare>
#include <string>
#include <string_view>

#include "api/api_index.h"

namespace preflight {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes the next run of digits or of other characters off the front, without the separators before it; a number
/// without its leading zeros.
std::string_view take_piece(std::string_view& version) {
  version.remove_prefix(std::min(version.find_first_not_of(".-_+"), version.size()));
  std::size_t end = 0;
  while (end < version.size() && std::string_view(".-_+").find(version[end]) == std::string_view::npos &&
         is_digit(version[end]) == is_digit(version[0]))
    ++end;
  std::string_view piece = version.substr(0, end);
  version.remove_prefix(end);
  while (piece.size() > 1 && piece.front() == '0')
    piece.remove_prefix(1);
  return piece;
}

/// Pre-releases stand before the end of a version, everything else behind it; numbers behind other text.
int rank_of(std::string_view piece) {
  constexpr std::array<std::string_view, 6> kBeforeRelease{"alpha", "beta", "m", "preview", "rc", "snapshot"};
  if (piece.empty())
    return 1;
  if (is_digit(piece.front()))
    return 3;
  std::string lower(piece);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kBeforeRelease, lower) == kBeforeRelease.end() ? 2 : 0;
}

std::strong_ordering compare_pieces(std::string_view a, std::string_view b) {
  if (const auto order = rank_of(a) <=> rank_of(b); order != 0)
    return order;
  if (!a.empty() && is_digit(a.front()) && a.size() != b.size())
    return a.size() <=> b.size();
  return a <=> b;
}

}  // namespace

bool is_older_version(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty())
    if (const auto order = compare_pieces(take_piece(a), take_piece(b)); order != 0)
      return order < 0;
  return false;
}

}  // namespace preflight
