#pragma once

// Private to the reader of HCL.

#include <optional>
#include <string>
#include <string_view>

#include "input/input_error.h"

namespace preflight {

/// A cursor over the text of an HCL file that knows blanks, comments, names, and texts in quotes.
class HclText {
 public:
  HclText(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  char next();
  bool starts_with(std::string_view text) const { return text_.substr(at_).starts_with(text); }
  int line() const { return line_; }
  std::size_t position() const { return at_; }
  std::string_view since(std::size_t position) const { return text_.substr(position, at_ - position); }

  /// Passes over blanks and comments; over line ends only where `lines` says so.
  void skip_blanks(bool lines);

  /// A name; empty where there is none. Dashes and digits are part of names, not first.
  std::string take_identifier();

  /// A text in quotes, from its opening one on, escapes resolved; nothing where it has a template (`${` or `%{`) in it.
  /// Either way the cursor is behind its closing quote.
  std::optional<std::string> take_quoted();

  /// A heredoc, from its "<<" on; nothing where it has a template in it.
  std::optional<std::string> take_heredoc();

  [[noreturn]] void fail(InputErrorKind kind, const std::string& expected) const;

 private:
  void take_template();
  void take_escape(std::string& text);

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace preflight
