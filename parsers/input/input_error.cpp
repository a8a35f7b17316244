#include "input/input_error.h"

#include <fmt/format.h>

#include <utility>

namespace preflight {
namespace {

/// Length of the well-formed UTF-8 sequence at `text[i]`, or 0 (Unicode 15, table 3-7).
std::size_t utf8_sequence(const std::string& text, std::size_t i) {
  const auto byte = [&](std::size_t k) {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : static_cast<unsigned char>(0);
  };
  const auto trail = [&](std::size_t k, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(k) >= low && byte(k) <= high;
  };
  const unsigned lead = byte(i);
  if (lead < 0x80)
    return 1;
  if (lead >= 0xC2 && lead <= 0xDF)
    return trail(i + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool second = trail(i + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && trail(i + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = trail(i + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && trail(i + 2) && trail(i + 3) ? 4 : 0;
  }
  return 0;
}

/// C0 and C1 control characters and DEL: the ones that move a terminal's cursor or break a line.
bool is_control(const std::string& text, std::size_t i, std::size_t length) {
  const auto lead = static_cast<unsigned char>(text[i]);
  if (length == 1)
    return lead < 0x20 || lead == 0x7F;
  return length == 2 && lead == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;
}

std::string describe(const InputPlace& place, const std::string& expectation) {
  std::string text = printable(place.path);
  if (!place.entry.empty())
    text += "!" + printable(place.entry);
  if (place.line)
    text += fmt::format(":{}", *place.line);
  else if (place.offset)
    text += fmt::format(", offset {}", *place.offset);
  return text + ": " + printable(expectation);
}

}  // namespace

InputError::InputError(InputErrorKind kind, InputPlace place, std::string expectation)
    : kind_(kind),
      place_(std::move(place)),
      expectation_(std::move(expectation)),
      text_(describe(place_, expectation_)) {}

std::string printable(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_sequence(text, i);
    if (length == 0 || is_control(text, i, length)) {
      const std::size_t bytes = length == 0 ? 1 : length;
      for (std::size_t k = i; k < i + bytes; ++k)
        result += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[k]));
      i += bytes;
    } else {
      result.append(text, i, length);
      i += length;
    }
  }
  return result;
}

}  // namespace preflight
