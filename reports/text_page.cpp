#include "text_page.h"

#include <algorithm>
#include <ostream>
#include <string_view>

#include "unicode_text.h"

namespace preflight {
namespace {

// Below this, a page of this layout is no longer readable; longer lines are then left to the terminal to break.
constexpr int kFewestColumns = 40;
// Quoted text up to this length is taken for a name; what is longer is a quoted sentence.
constexpr std::size_t kLongestQuotedName = 48;

/// A part of a paragraph between two places where a line may be broken.
struct Word {
  std::vector<Span> parts;
  int width = 0;
};

/// The end of the quoted name that starts at `text[start]`, or `start` where none does.
std::size_t end_of_quoted_name(std::string_view text, std::size_t start) {
  const bool opens = text[start] == '"' && (start == 0 || text[start - 1] == ' ' || text[start - 1] == '(');
  if (!opens)
    return start;
  const std::size_t close = text.find('"', start + 1);
  return close == std::string_view::npos || close - start > kLongestQuotedName ? start : close;
}

class WordList {
 public:
  void add(const Span& span) {
    const std::string text = visible_text(span.text);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size() && !span.keep; ++i) {
      i = end_of_quoted_name(text, i);
      if (text[i] != ' ')
        continue;
      append(text.substr(begin, i - begin), span.ink);
      finish_word();
      begin = i + 1;
    }
    append(text.substr(begin), span.ink);
  }

  std::vector<Word> take() {
    finish_word();
    return std::move(words_);
  }

 private:
  void append(std::string text, Ink ink) {
    if (text.empty())
      return;
    word_.width += display_width(text);
    word_.parts.push_back({std::move(text), ink, true});
  }

  void finish_word() {
    if (!word_.parts.empty())
      words_.push_back(std::move(word_));
    word_ = {};
  }

  std::vector<Word> words_;
  Word word_;
};

int width_of(const std::vector<Span>& spans) {
  int width = 0;
  for (const Span& span : spans)
    width += display_width(visible_text(span.text));
  return width;
}

/// The SGR parameters of ECMA-48 that a terminal paints with.
const char* sgr(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::strong:
      return "1";
    case Ink::faint:
      return "2";
    case Ink::red:
      return "31";
    case Ink::strong_red:
      return "1;31";
    case Ink::yellow:
      return "33";
    case Ink::green:
      return "32";
    case Ink::cyan:
      return "36";
  }
  return "";
}

std::string without_trailing_blanks(const std::vector<Span>& lead) {
  std::string text;
  for (const Span& span : lead)
    text += span.text;
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

TextPage::TextPage(const TextStyle& style, std::ostream& out)
    : out_(out), columns_(std::max(style.columns, kFewestColumns)), colour_(style.colour) {}

void TextPage::paragraph(const std::vector<Span>& lead, const std::vector<Span>& spans) {
  paragraph(lead, {{std::string(static_cast<std::size_t>(width_of(lead)), ' ')}}, spans);
}

void TextPage::paragraph(const std::vector<Span>& lead, const std::vector<Span>& hang, const std::vector<Span>& spans) {
  WordList list;
  for (const Span& span : spans)
    list.add(span);
  const std::vector<Word> words = list.take();
  if (words.empty()) {
    print({without_trailing_blanks(lead)});
    out_ << '\n';
    return;
  }
  const std::vector<Span>* start = &lead;
  for (std::size_t i = 0; i < words.size(); start = &hang) {
    for (const Span& span : *start)
      print(span);
    int width = width_of(*start);
    for (bool first = true; i < words.size() && (first || width + 1 + words[i].width <= columns_); ++i, first = false) {
      if (!first)
        out_ << ' ';
      for (const Span& part : words[i].parts)
        print(part);
      width += words[i].width + (first ? 0 : 1);
    }
    out_ << '\n';
  }
}

void TextPage::blank_line() {
  out_ << '\n';
}

void TextPage::print(const Span& span) {
  const std::string text = visible_text(span.text);
  if (colour_ && span.ink != Ink::plain)
    out_ << "\x1b[" << sgr(span.ink) << 'm' << text << "\x1b[0m";
  else
    out_ << text;
}

}  // namespace preflight
