#include "classfile/names.h"

#include <span>

#include "input/byte_reader.h"

namespace preflight {

bool detail::is_modified_utf8_beyond_ascii(std::string_view bytes) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : static_cast<unsigned char>(0);
  };
  const auto trails = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  for (std::size_t i = 0; i < bytes.size();) {
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
  if (is_plain_ascii(modified_utf8))
    return std::string(modified_utf8);
  return utf8_of_modified_utf8(std::as_bytes(std::span(modified_utf8)));
}

std::string binary_name(std::string_view internal_name) {
  std::string name;
  binary_name(internal_name, name);
  return name;
}

void binary_name(std::string_view internal_name, std::string& name) {
  if (is_plain_ascii(internal_name))
    name.assign(internal_name);
  else
    name = text_of(internal_name);
  for (char& c : name)
    c = c == '/' ? '.' : c;  // Written in any case, so that it is done by words.
}

}  // namespace preflight
