#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// The options of one table in SQL text: WITH ('connector' = 'kinesis', ...).
struct TableOptions {
  std::string table;  ///< As written, "`orders`"; empty where the text does not say.
  struct Option {
    std::string key;
    std::string value;
  };
  std::vector<Option> options;  ///< In the order of the text.
  bool complete = false;        ///< The list ends with its parenthesis: no other piece of text holds more of it.

  /// nullptr where there is no such option.
  const std::string* find(std::string_view key) const;
};

/// Every list of options in a text, which may be a whole statement, several of them, or a piece of one. Never throws:
/// what is no list is passed over.
std::vector<TableOptions> table_options_of(std::string_view sql);

}  // namespace preflight
