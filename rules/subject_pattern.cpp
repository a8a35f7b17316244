#include "subject_pattern.h"

#include <cstddef>

namespace preflight {
namespace {

/// Bytes of the UTF-8 character at `text[at]`; 1 where it is none.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return at + length <= text.size() ? length : 1;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  constexpr auto kNone = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  // Where to go on when a later part does not fit: after the last star, which then takes one byte more.
  std::size_t after_star = kNone;
  std::size_t star_takes_to = 0;
  while (t < text.size()) {
    const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
    if (p < pattern.size() && pattern[p] == '*') {
      after_star = ++p;
      star_takes_to = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      t += character_length(text, t);
    } else if (p < pattern.size() && pattern[p + (escaped ? 1 : 0)] == text[t]) {
      p += escaped ? 2 : 1;
      ++t;
    } else if (after_star != kNone) {
      p = after_star;
      t = ++star_takes_to;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

std::string pattern_of(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '\\')
      pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace preflight
