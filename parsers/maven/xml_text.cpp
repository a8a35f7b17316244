#include "maven/xml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>

namespace preflight {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kWhitespace = " \t\r\n";

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE") || text.starts_with(std::string_view("<\0", 2)) ||
         text.starts_with(std::string_view("\0<", 2));
}

/// The encoding that the XML declaration names, in upper case; "UTF-8" where it names none.
std::string declared_encoding(std::string_view text) {
  const std::string_view declaration = text.starts_with("<?xml") ? text.substr(0, text.find("?>")) : "";
  const auto key = declaration.find("encoding");
  const auto open = key == std::string_view::npos ? key : declaration.find_first_of("'\"", key);
  if (open == std::string_view::npos)
    return "UTF-8";
  const auto close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos)
    return "UTF-8";
  std::string name(declaration.substr(open + 1, close - open - 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
  return name;
}

std::string utf8_of_latin1(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      result += c;
    } else {
      result += static_cast<char>(0xC0U | (byte >> 6U));
      result += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return result;
}

/// Length of the well-formed UTF-8 sequence that `text` begins with, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80)
    return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length)
    return 0;
  std::uint32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto trail = static_cast<unsigned char>(text[i]);
    if ((trail & 0xC0U) != 0x80)
      return 0;
    code_point = (code_point << 6U) | (trail & 0x3FU);
  }
  const bool overlong = (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  return overlong || surrogate || code_point > 0x10FFFF ? 0 : length;
}

std::string well_formed_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    result += length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

InputPlace at_line_of(InputPlace place, std::string_view text, std::size_t position) {
  place.line =
      1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
  return place;
}

/// A DOCTYPE may stand only before the root element (XML 1.0, production 22), among comments and processing
/// instructions.
void refuse_doctype(std::string_view text, const InputPlace& place, const std::string& what) {
  std::size_t position = 0;
  while ((position = text.find_first_not_of(kWhitespace, position)) != std::string_view::npos) {
    const std::string_view rest = text.substr(position);
    const bool comment = rest.starts_with("<!--");
    if (!comment && !rest.starts_with("<?")) {
      if (rest.starts_with("<!"))
        throw InputError(InputErrorKind::unsupported, at_line_of(place, text, position),
                         fmt::format("expected {0} without a DOCTYPE, found one ({0} has none)", what));
      return;
    }
    const std::string_view end = comment ? "-->" : "?>";
    const auto close = text.find(end, position);
    if (close == std::string_view::npos)
      return;
    position = close + end.size();
  }
}

}  // namespace

std::string xml_text(std::span<const std::byte> bytes, const InputPlace& place, const std::string& what) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (is_utf16(text))
    throw InputError(InputErrorKind::unsupported, place,
                     fmt::format("expected {} in UTF-8 or ISO-8859-1, found UTF-16", what));
  if (text.starts_with(kByteOrderMark))
    text.remove_prefix(kByteOrderMark.size());

  const auto start = text.find_first_not_of(kWhitespace);
  if (start == std::string_view::npos)
    throw InputError(InputErrorKind::not_this_format, place, fmt::format("expected {}, found an empty file", what));
  if (text[start] != '<')
    throw InputError(
        InputErrorKind::not_this_format, at_line_of(place, text, start),
        fmt::format("expected {}, found no XML: it begins with \"{}\"", what, std::string(text.substr(start, 8))));
  if (const auto nul = text.find('\0'); nul != std::string_view::npos)
    throw InputError(InputErrorKind::corrupt, at_line_of(place, text, nul),
                     fmt::format("expected {}, found a NUL byte", what));
  refuse_doctype(text, place, what);

  const std::string encoding = declared_encoding(text);
  if (encoding == "ISO-8859-1" || encoding == "LATIN1")
    return utf8_of_latin1(text);
  if (encoding == "UTF-8" || encoding == "UTF8" || encoding == "US-ASCII" || encoding == "ASCII")
    return well_formed_utf8(text);
  throw InputError(InputErrorKind::unsupported, at_line_of(place, text, start),
                   fmt::format("expected {} in UTF-8 or ISO-8859-1, found the declared encoding {}", what, encoding));
}

}  // namespace preflight
