#include "classfile/names.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

#include "input/byte_reader.h"

namespace preflight {
namespace {

std::uint64_t load8(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// Whether one of the eight bytes is none of 0x01 to 0x7F: subtracting one from each sets the high bit of a zero byte.
bool has_other_than_plain(std::uint64_t word) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  return ((word | (word - kOnes)) & kHighBits) != 0;
}

/// Length of the leading part whose bytes are all 0x01 to 0x7F, in steps of eight bytes: nearly all names are ASCII.
std::size_t plain_prefix(std::string_view bytes) {
  std::size_t i = 0;
  while (i + 8 <= bytes.size() && !has_other_than_plain(load8(bytes.data() + i)))
    i += 8;
  // What is left is looked at together with what stands before it.
  if (i + 8 > bytes.size() && i > 0 && !has_other_than_plain(load8(bytes.data() + bytes.size() - 8)))
    return bytes.size();
  while (i < bytes.size() && static_cast<unsigned char>(bytes[i] - 1) < 0x7F)
    ++i;
  return i;
}

}  // namespace

bool is_modified_utf8(std::string_view bytes) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : static_cast<unsigned char>(0);
  };
  const auto trails = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  for (std::size_t i = plain_prefix(bytes); i < bytes.size();) {
    const unsigned lead = byte(i);
    if (lead != 0 && lead < 0x80)
      i += 1;
    else if ((lead & 0xE0U) == 0xC0U && trails(i + 1))
      i += 2;
    else if ((lead & 0xF0U) == 0xE0U && trails(i + 1) && trails(i + 2))
      i += 3;
    else
      return false;
  }
  return true;
}

std::string text_of(std::string_view modified_utf8) {
  if (plain_prefix(modified_utf8) == modified_utf8.size())
    return std::string(modified_utf8);
  return utf8_of_modified_utf8(std::as_bytes(std::span(modified_utf8)));
}

std::string binary_name(std::string_view internal_name) {
  std::string name = text_of(internal_name);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace preflight
