#include "application/java_properties.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "input/byte_reader.h"

namespace preflight {
namespace {

constexpr std::string_view kBlank = " \t\f";
constexpr std::string_view kLineEnd = "\r\n";

bool is_one_of(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

/// A cursor over the file's characters that knows its line.
class Cursor {
 public:
  Cursor(std::string_view text, const InputPlace& place) : left_(text), place_(place) { place_.line = 1; }

  bool at_end() const { return left_.empty(); }
  bool at_one_of(std::string_view characters) const { return !left_.empty() && is_one_of(left_.front(), characters); }
  void skip(std::string_view characters) {
    while (at_one_of(characters))
      left_.remove_prefix(1);
  }
  void skip_line() {
    left_.remove_prefix(std::min(left_.find_first_of(kLineEnd), left_.size()));
    skip_line_end();
  }
  void skip_line_end() {
    if (left_.empty())
      return;
    left_.remove_prefix(left_.starts_with("\r\n") ? 2 : 1);
    ++*place_.line;
  }
  char take() {
    const char c = left_.front();
    left_.remove_prefix(1);
    return c;
  }
  /// The UTF-16 code unit behind \u.
  unsigned take_hex() {
    unsigned unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = left_.empty() ? '\0' : take();
      const std::size_t digit =
          std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos)
        throw InputError(InputErrorKind::corrupt, place_, "expected four hex digits behind \\u, found others");
      unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
  }

 private:
  std::string_view left_;
  InputPlace place_;
};

/// Text as UTF-16 code units, each written in modified UTF-8, so that two \u escapes can make up one character.
class CodeUnits {
 public:
  void add(unsigned unit) { append_modified_utf8(unit, bytes_); }
  std::string utf8() const { return utf8_of_modified_utf8(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

unsigned code_unit(char latin1) {
  return static_cast<unsigned char>(latin1);
}

/// What a backslash stands for; nothing for one before a line end, which joins two lines.
std::optional<unsigned> take_escape(Cursor& cursor) {
  if (cursor.at_end())
    return std::nullopt;
  if (cursor.at_one_of(kLineEnd)) {
    cursor.skip_line_end();
    cursor.skip(kBlank);
    return std::nullopt;
  }
  switch (const char c = cursor.take()) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'f':
      return '\f';
    case 'u':
      return cursor.take_hex();
    default:
      return code_unit(c);
  }
}

std::string take_until(Cursor& cursor, std::string_view terminators) {
  CodeUnits units;
  while (!cursor.at_end() && !cursor.at_one_of(terminators)) {
    const char c = cursor.take();
    if (const auto unit = c == '\\' ? take_escape(cursor) : code_unit(c))
      units.add(*unit);
  }
  return units.utf8();
}

}  // namespace

std::map<std::string, std::string> parse_java_properties(std::span<const std::byte> bytes, const InputPlace& place) {
  Cursor cursor({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, place);
  std::map<std::string, std::string> properties;
  while (true) {
    cursor.skip(kBlank);
    if (cursor.at_end())
      return properties;
    if (cursor.at_one_of(kLineEnd) || cursor.at_one_of("#!")) {
      cursor.skip_line();
      continue;
    }
    std::string key = take_until(cursor, "=: \t\f\r\n");
    cursor.skip(kBlank);
    if (cursor.at_one_of("=:"))
      cursor.take();
    cursor.skip(kBlank);
    properties[std::move(key)] = take_until(cursor, kLineEnd);
  }
}

}  // namespace preflight
