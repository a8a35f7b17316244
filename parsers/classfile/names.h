#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace preflight {

namespace detail {

bool is_modified_utf8_beyond_ascii(std::string_view bytes);

/// Has the high bit of one of its bytes set where one of them is none of 0x01 to 0x7F: subtracting one from each sets
/// that of a zero byte.
template <class Word>
Word other_than_plain(const char* bytes) {
  constexpr Word kOnes = Word(-1) / 0xFF;
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word | (word - kOnes);
}

}  // namespace detail

/// Whether all bytes are 0x01 to 0x7F, as in nearly all names. They are looked at by words, the last of which overlaps
/// the one before; this is done for every text of every class.
inline bool is_plain_ascii(std::string_view bytes) {
  const char* const data = bytes.data();
  const std::size_t size = bytes.size();
  const auto pair = [&](std::size_t first, std::size_t second) {
    return detail::other_than_plain<std::uint64_t>(data + first) |
           detail::other_than_plain<std::uint64_t>(data + second);
  };
  if (size >= 8) {
    std::uint64_t found = pair(0, size - 8);
    for (std::size_t i = 8; 2 * i < size; i += 8)  // From both ends to the middle.
      found |= pair(i, size - 8 - i);
    return (found & 0x8080808080808080U) == 0;
  }
  if (size >= 4)
    return ((detail::other_than_plain<std::uint32_t>(data) | detail::other_than_plain<std::uint32_t>(data + size - 4)) &
            0x80808080U) == 0;
  for (const char c : bytes)
    if (c <= 0)
      return false;
  return true;
}

/// Whether `bytes` are modified UTF-8 (JVMS 4.4.7): no zero byte, no byte from 0xF0 on, no broken sequence.
inline bool is_modified_utf8(std::string_view bytes) {
  return is_plain_ascii(bytes) || detail::is_modified_utf8_beyond_ascii(bytes);
}

/// Modified UTF-8 as UTF-8.
std::string text_of(std::string_view modified_utf8);

/// a.b for a.b.C; empty for a class of the unnamed package.
inline std::string_view package_of(std::string_view binary_name) {
  const std::size_t dot = binary_name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : binary_name.substr(0, dot);
}

/// C$D for a.b.C$D.
inline std::string_view simple_name(std::string_view binary_name) {
  return binary_name.substr(binary_name.rfind('.') + 1);
}

/// a/b/C$D → a.b.C$D (JVMS 4.2.1), as UTF-8.
std::string binary_name(std::string_view internal_name);
/// The same into `name`, with its memory.
void binary_name(std::string_view internal_name, std::string& name);

}  // namespace preflight
