#include "unicode_text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

/// Calls `visit(code_point, bytes)` for each character; code_point is negative for a byte that is not UTF-8.
template <typename Visit>
void for_each_character(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                     static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    const std::size_t taken = length > 0 ? static_cast<std::size_t>(length) : 1;
    visit(length > 0 ? code_point : -1, text.substr(0, taken));
    text.remove_prefix(taken);
  }
}

bool changes_its_surroundings(utf8proc_int32_t code_point) {
  const utf8proc_category_t category = utf8proc_category(code_point);
  return category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for_each_character(text, [&](utf8proc_int32_t code_point, std::string_view bytes) {
    result += code_point < 0 ? kReplacementCharacter : bytes;
  });
  return result;
}

std::string visible_text(std::string_view text) {
  const std::string without_controls = printable(std::string(text));
  std::string result;
  result.reserve(without_controls.size());
  for_each_character(without_controls, [&](utf8proc_int32_t code_point, std::string_view bytes) {
    if (changes_its_surroundings(code_point))
      result += fmt::format("\\u{:04X}", code_point);
    else
      result += bytes;
  });
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  for_each_character(text, [&](utf8proc_int32_t code_point, std::string_view) {
    width += code_point < 0 ? 1 : utf8proc_charwidth(code_point);
  });
  return width;
}

}  // namespace preflight
