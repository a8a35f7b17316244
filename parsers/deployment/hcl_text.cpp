#include "deployment/hcl_text.h"

#include <algorithm>
#include <vector>

namespace preflight {
namespace {

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) {
  return begins_name(c) || (c >= '0' && c <= '9') || c == '-';
}

std::string_view trimmed_line(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

/// The lines of a heredoc that was begun with "<<-", without the blanks that all of them begin with.
std::string without_indentation(const std::string& text) {
  std::size_t common = std::string::npos;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
    common = std::min(common, std::min(text.find_first_not_of(" \t", at), text.size()) - at);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    const std::size_t from = std::min(at + common, end - 1);
    result.append(text, from, end - from);
    at = end;
  }
  return result;
}

}  // namespace

char HclText::next() {
  const char c = text_[at_++];
  if (c == '\n')
    ++line_;
  return c;
}

void HclText::skip_blanks(bool lines) {
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\r' || (c == '\n' && lines)) {
      next();
    } else if (c == '#' || starts_with("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos)
        fail(InputErrorKind::not_this_format, "expected the end of a comment, */");
      while (at_ < end + 2)
        next();
    } else {
      return;
    }
  }
}

std::string HclText::take_identifier() {
  const std::size_t first = at_;
  if (begins_name(peek()))
    while (!at_end() && continues_name(peek()))
      next();
  return std::string(since(first));
}

void HclText::take_escape(std::string& text) {
  const char c = at_end() ? '\0' : next();
  switch (c) {
    case 'n':
      text += '\n';
      return;
    case 't':
      text += '\t';
      return;
    case 'r':
      text += '\r';
      return;
    case '"':
    case '\\':
      text += c;
      return;
    case 'u':
    case 'U':
      text.append("\\").push_back(c);  // The digits follow as they are: no setting of a deployment needs them.
      return;
    default:
      fail(InputErrorKind::not_this_format, "expected an escape: \\n, \\t, \\r, \\\", \\\\, \\u or \\U");
  }
}

/// From behind "${" or "%{" to behind its "}"; texts in quotes within may hold templates of their own.
void HclText::take_template() {
  // What is open, innermost last: '{' for a template or braces, '"' for a text.
  std::vector<char> open{'{'};
  while (!open.empty()) {
    if (at_end())
      fail(InputErrorKind::not_this_format, "expected the end of a template, }");
    const char c = next();
    if (open.back() == '"') {
      if (c == '\\' && !at_end())
        next();
      else if (c == '"')
        open.pop_back();
      else if ((c == '$' || c == '%') && peek() == '{')
        open.push_back('{'), next();
    } else if (c == '"' || c == '{') {
      open.push_back(c);
    } else if (c == '}') {
      open.pop_back();
    }
  }
}

std::optional<std::string> HclText::take_quoted() {
  std::string text;
  bool has_template = false;
  next();
  for (;;) {
    if (at_end() || peek() == '\n')
      fail(InputErrorKind::not_this_format, "expected the end of a text in quotes");
    const char c = next();
    if (c == '"')
      break;
    if (c == '\\') {
      take_escape(text);
    } else if ((c == '$' || c == '%') && peek() == c && text_.substr(at_ + 1).starts_with('{')) {
      next();  // $${ stands for ${.
      text += c;
      text += next();
    } else if ((c == '$' || c == '%') && peek() == '{') {
      next();
      take_template();
      has_template = true;
    } else {
      text += c;
    }
  }
  return has_template ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::string> HclText::take_heredoc() {
  at_ += 2;
  const bool indented = peek() == '-';
  if (indented)
    next();
  const std::string end_mark = take_identifier();
  skip_blanks(false);
  if (end_mark.empty() || peek() != '\n')
    fail(InputErrorKind::not_this_format, "expected a heredoc: <<NAME and the end of the line");
  next();
  std::string text;
  while (!at_end()) {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end;
    if (trimmed_line(line) == end_mark)
      return text.find("${") == std::string::npos && text.find("%{") == std::string::npos
                 ? std::optional(indented ? without_indentation(text) : std::move(text))
                 : std::nullopt;
    text.append(line).append("\n");
    if (!at_end())
      next();
  }
  fail(InputErrorKind::not_this_format, "expected the end of a heredoc, " + end_mark);
}

void HclText::fail(InputErrorKind kind, const std::string& expected) const {
  throw InputError(kind, {.path = name_, .line = line_}, expected);
}

}  // namespace preflight
