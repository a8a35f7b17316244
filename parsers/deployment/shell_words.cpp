#include "deployment/shell_words.h"

#include <algorithm>

namespace preflight {
namespace {

class ShellSplitter {
 public:
  ShellSplitter(std::string_view script, std::size_t most_words) : script_(script), words_left_(most_words) {}

  std::vector<ShellCommand> split() {
    while (at_ < script_.size() && words_left_ > 0)
      step();
    end_command();
    return std::move(commands_);
  }

 private:
  char next() {
    const char c = script_[at_++];
    if (c == '\n')
      ++line_;
    return c;
  }
  void begin_word() {
    if (!in_word_)
      word_ = {.text = {}, .line = line_};
    in_word_ = true;
  }
  void end_word() {
    if (in_word_ && words_left_ > 0) {
      command_.push_back(std::move(word_));
      --words_left_;
    }
    in_word_ = false;
  }
  void end_command() {
    end_word();
    if (!command_.empty())
      commands_.push_back(std::move(command_));
    command_.clear();
  }
  void add(char c) {
    begin_word();
    word_.text += c;
  }

  void step() {
    const char c = script_[at_];
    if (c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
      end_command();
      next();
    } else if (c == ' ' || c == '\t' || c == '\r') {
      end_word();
      next();
    } else if (c == '#' && !in_word_) {
      at_ = std::min(script_.find('\n', at_), script_.size());
    } else if (c == '\\') {
      next();
      escaped();
    } else if (c == '\'') {
      single_quoted();
    } else if (c == '"') {
      double_quoted();
    } else if (c == '$' || c == '`') {
      substitution();
    } else {
      if (c == '*' || c == '?')
        unknown_word();
      add(next());
    }
  }

  void unknown_word() {
    begin_word();
    word_.known = false;
  }

  /// What follows a backslash: itself, or nothing for the end of a line.
  void escaped() {
    if (at_ < script_.size() && script_[at_] == '\r' && at_ + 1 < script_.size() && script_[at_ + 1] == '\n')
      next();
    if (at_ >= script_.size())
      return;
    const char c = next();
    if (c != '\n')
      add(c);
  }

  void single_quoted() {
    begin_word();
    next();
    while (at_ < script_.size() && script_[at_] != '\'')
      word_.text += next();
    if (at_ < script_.size())
      next();
  }

  void double_quoted() {
    begin_word();
    next();
    while (at_ < script_.size() && script_[at_] != '"') {
      if (script_[at_] == '\\' && at_ + 1 < script_.size() &&
          std::string_view("$`\"\\\n").find(script_[at_ + 1]) != std::string_view::npos) {
        next();
        escaped();
      } else if (script_[at_] == '$' || script_[at_] == '`') {
        substitution();
      } else {
        word_.text += next();
      }
    }
    if (at_ < script_.size())
      next();
  }

  /// $NAME, ${...}, $(...) and `...` as written; a lone $ is itself.
  void substitution() {
    begin_word();
    const char opening = next();
    word_.text += opening;
    if (at_ >= script_.size())
      return;
    const char c = script_[at_];
    if (opening == '`') {
      word_.known = false;
      take_until('`');
    } else if (c == '{') {
      word_.known = false;
      take_until('}');
    } else if (c == '(') {
      word_.known = false;
      take_nested();
    } else if (c == '_' || c == '@' || c == '*' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9')) {
      word_.known = false;
    }
  }
  void take_until(char closing) {
    while (at_ < script_.size()) {
      const char c = next();
      word_.text += c;
      if (c == closing)
        return;
    }
  }
  void take_nested() {
    int depth = 0;
    while (at_ < script_.size()) {
      const char c = next();
      word_.text += c;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0)
        return;
    }
  }

  std::string_view script_;
  std::size_t words_left_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool in_word_ = false;
  ShellWord word_;
  ShellCommand command_;
  std::vector<ShellCommand> commands_;
};

}  // namespace

std::vector<ShellCommand> split_shell_commands(std::string_view script, std::size_t most_words) {
  return ShellSplitter(script, most_words).split();
}

}  // namespace preflight
