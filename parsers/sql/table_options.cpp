#include "sql/table_options.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace preflight {
namespace {

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool equals_ignoring_case(std::string_view text, std::string_view upper) {
  return std::ranges::equal(text, upper, {}, [](char c) { return std::toupper(static_cast<unsigned char>(c)); });
}

/// Reads from front to back, once.
class OptionScan {
 public:
  explicit OptionScan(std::string_view sql) : sql_(sql) {}

  std::vector<TableOptions> run() {
    while (at_ < sql_.size()) {
      if (skip_blank())
        continue;
      if (sql_[at_] == '\'') {
        if (auto option = read_option())
          list_.options.push_back(std::move(*option));
      } else if (sql_[at_] == ',') {
        ++at_;
      } else if (sql_[at_] == ')') {
        end_list(true);
        ++at_;
      } else {
        read_word();
      }
    }
    end_list(false);
    return std::move(lists_);
  }

 private:
  /// Spaces and comments; false where there are none.
  bool skip_blank() {
    const std::size_t start = at_;
    while (at_ < sql_.size()) {
      if (is_space(sql_[at_]))
        ++at_;
      else if (sql_.substr(at_).starts_with("--"))
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      else
        break;
    }
    return at_ != start;
  }

  /// 'text', in which '' stands for one quote.
  std::optional<std::string> read_text() {
    if (at_ >= sql_.size() || sql_[at_] != '\'')
      return std::nullopt;
    std::string text;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] != '\'') {
        text += sql_[at_];
      } else if (at_ + 1 < sql_.size() && sql_[at_ + 1] == '\'') {
        text += sql_[at_++];
      } else {
        ++at_;
        return text;
      }
    }
    return std::nullopt;
  }

  /// 'key' = 'value'. A text without a value behind it is passed over.
  std::optional<TableOptions::Option> read_option() {
    auto key = read_text();
    if (!key)
      return std::nullopt;
    skip_blank();
    if (at_ >= sql_.size() || sql_[at_] != '=')
      return std::nullopt;
    ++at_;
    skip_blank();
    auto value = read_text();
    if (!value)
      return std::nullopt;
    return TableOptions::Option{std::move(*key), std::move(*value)};
  }

  static bool ends_word(char c) { return is_space(c) || c == '(' || c == ')' || c == '\'' || c == ','; }

  /// What belongs to no list, and ends one that is open.
  void read_word() {
    end_list(false);
    const std::size_t start = at_;
    while (at_ < sql_.size() && !ends_word(sql_[at_]))
      at_ = sql_[at_] == '`' ? std::min(sql_.find('`', at_ + 1), sql_.size() - 1) + 1 : at_ + 1;
    if (at_ == start)
      ++at_;
    note_word(sql_.substr(start, at_ - start));
  }

  /// TABLE [IF NOT EXISTS] name
  void note_word(std::string_view word) {
    if (equals_ignoring_case(word, "TABLE")) {
      table_.clear();
      wants_name_ = true;
    } else if (wants_name_ && word != "(" && !equals_ignoring_case(word, "IF") && !equals_ignoring_case(word, "NOT") &&
               !equals_ignoring_case(word, "EXISTS")) {
      table_ = word;
      wants_name_ = false;
    }
  }

  void end_list(bool complete) {
    if (!list_.options.empty()) {
      list_.table = table_;
      list_.complete = complete;
      lists_.push_back(std::move(list_));
    }
    list_ = {};
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::string table_;
  bool wants_name_ = false;
  TableOptions list_;
  std::vector<TableOptions> lists_;
};

}  // namespace

const std::string* TableOptions::find(std::string_view key) const {
  const auto found = std::ranges::find(options, key, &Option::key);
  return found == options.end() ? nullptr : &found->value;
}

std::vector<TableOptions> table_options_of(std::string_view sql) {
  return OptionScan(sql).run();
}

}  // namespace preflight
