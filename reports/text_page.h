#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "text_report.h"

namespace preflight {

/// How a piece of text is printed; without TextStyle::colour every ink is plain.
enum class Ink { plain, strong, faint, red, strong_red, yellow, green, cyan };

/// A piece of a paragraph. `keep`: never broken, whatever spaces it holds (a uid, a path).
struct Span {
  std::string text;
  Ink ink = Ink::plain;
  bool keep = false;
};

/// A terminal's page: paragraphs, wrapped by display width. Lines are broken at spaces alone, so a name is never torn
/// apart; one that is wider than the page stands on a line of its own and runs over. A short text in "double quotes" is
/// kept together as well, since rules quote names that way. Whatever the text holds, only visible_text() of it is
/// printed.
class TextPage {
 public:
  TextPage(const TextStyle& style, std::ostream& out);

  /// Prints `lead`, then `spans` wrapped into the columns that are left; every further line starts with `hang`, or with
  /// blanks as wide as `lead`.
  void paragraph(const std::vector<Span>& lead, const std::vector<Span>& spans);
  void paragraph(const std::vector<Span>& lead, const std::vector<Span>& hang, const std::vector<Span>& spans);
  void blank_line();

  int columns() const noexcept { return columns_; }

 private:
  void print(const Span& span);

  std::ostream& out_;
  int columns_;
  bool colour_;
};

}  // namespace preflight
