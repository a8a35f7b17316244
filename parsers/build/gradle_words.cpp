#include "build/gradle_words.h"

#include <algorithm>

namespace preflight {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Words {
 public:
  explicit Words(std::string_view script) : script_(script) {}

  std::vector<GradleWord> take() {
    while (at_ < script_.size()) {
      if (script_[at_] == '\n')
        ++line_;
      if (skip("//"))
        leave_out_until("\n", 0);
      else if (skip("/*"))
        leave_out_until("*/", 2);
      else if (skip("\"\"\""))
        take_text("\"\"\"", true);
      else if (skip("'''"))
        take_text("'''", false);
      else if (skip("\""))
        take_text("\"", true);
      else if (skip("'"))
        take_text("'", false);
      else if (is_name_character(script_[at_]))
        take_name();
      else
        take_sign();
    }
    return std::move(words_);
  }

 private:
  bool skip(std::string_view start) {
    if (!script_.substr(at_).starts_with(start))
      return false;
    at_ += start.size();
    return true;
  }

  void move_to(std::size_t end) {
    line_ += static_cast<int>(std::ranges::count(script_.substr(at_, end - at_), '\n'));
    at_ = end;
  }

  void leave_out_until(std::string_view end, std::size_t over) {
    const std::size_t found = script_.find(end, at_);
    move_to(found == std::string_view::npos ? script_.size() : found + over);
  }

  void take_text(std::string_view quote, bool interpolated) {
    std::size_t end = at_;
    while (end < script_.size() && !script_.substr(end).starts_with(quote) &&
           (quote.size() > 1 || script_[end] != '\n'))
      end += script_[end] == '\\' && end + 1 < script_.size() && script_[end + 1] != '\n' ? 2U : 1U;
    words_.push_back({GradleWord::Kind::text, std::string(script_.substr(at_, end - at_)), interpolated, line_});
    move_to(end);
    skip(quote);
  }

  void take_name() {
    std::size_t end = at_;
    while (end < script_.size() && is_name_character(script_[end]))
      ++end;
    words_.push_back({GradleWord::Kind::name, std::string(script_.substr(at_, end - at_)), false, line_});
    at_ = end;
  }

  void take_sign() {
    const char c = script_[at_++];
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
      words_.push_back({GradleWord::Kind::sign, std::string(1, c), false, line_});
  }

  std::string_view script_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<GradleWord> words_;
};

}  // namespace

std::vector<GradleWord> gradle_words(std::string_view script) {
  return Words(script).take();
}

}  // namespace preflight
