#include "deployment/hcl.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "deployment/hcl_text.h"
#include "deployment/setting_reader.h"

namespace preflight {
namespace {

class HclParser {
 public:
  HclParser(std::string_view text, const std::string& name, const DocumentLimits& limits)
      : text_(text, name), limits_(limits) {}

  DocumentNode parse() {
    DocumentNode file{.kind = DocumentNode::Kind::mapping, .line = 1};
    read_body(file, '\0', 0);
    return file;
  }

 private:
  void charge(std::size_t depth) {
    if (++nodes_ > limits_.nodes)
      text_.fail(InputErrorKind::over_limit, fmt::format("expected at most {} values", limits_.nodes));
    if (depth > limits_.depth)
      text_.fail(InputErrorKind::over_limit,
                 fmt::format("expected at most {} blocks or collections within each other", limits_.depth));
  }

  DocumentNode& add_entry(DocumentNode& mapping, std::string key, int line, DocumentNode value) {
    constexpr std::size_t kMostEntries = 2000;  // Each is compared with those before it.
    if (mapping.entries.size() >= kMostEntries)
      text_.fail(InputErrorKind::over_limit, fmt::format("expected at most {} names in one place", kMostEntries));
    mapping.entries.push_back({std::move(key), line, std::move(value)});
    return mapping.entries.back().value;
  }
  static DocumentNode* entry(DocumentNode& mapping, std::string_view key) {
    const auto found =
        std::ranges::find_if(mapping.entries, [&](const DocumentEntry& each) { return each.key == key; });
    return found == mapping.entries.end() ? nullptr : &found->value;
  }

  /// Attributes and blocks up to `closing`, or to the end of the file for '\0'.
  void read_body(DocumentNode& body, char closing, std::size_t depth) {
    charge(depth);
    for (;;) {
      text_.skip_blanks(true);
      if (text_.at_end() ? closing == '\0' : text_.peek() == closing)
        break;
      const int line = text_.line();
      const std::string name = text_.take_identifier();
      if (name.empty())
        text_.fail(InputErrorKind::not_this_format, "expected an attribute or a block of a Terraform file");
      text_.skip_blanks(false);
      if (text_.peek() == '=')
        read_attribute(body, name, line, depth);
      else
        read_block(body, name, line, depth);
    }
    if (closing != '\0')
      text_.next();
  }

  void read_attribute(DocumentNode& body, const std::string& name, int line, std::size_t depth) {
    text_.next();
    if (entry(body, name) != nullptr)
      text_.fail(InputErrorKind::corrupt, fmt::format("expected each attribute once, \"{}\" stands twice", name));
    DocumentNode value = read_expression(depth + 1, false);
    add_entry(body, name, line, std::move(value));
    text_.skip_blanks(false);
    if (!text_.at_end() && text_.peek() != '\n' && text_.peek() != '}')
      text_.fail(InputErrorKind::not_this_format, fmt::format("expected the end of the line behind \"{}\"", name));
  }

  std::vector<std::string> read_labels() {
    std::vector<std::string> labels;
    for (;;) {
      text_.skip_blanks(false);
      if (text_.peek() == '{')
        return labels;
      auto label = text_.peek() == '"' ? text_.take_quoted() : std::optional(text_.take_identifier());
      if (!label || label->empty() || labels.size() == limits_.depth)
        text_.fail(InputErrorKind::not_this_format, "expected = and a value, or the labels of a block and {");
      labels.push_back(std::move(*label));
    }
  }

  void read_block(DocumentNode& body, const std::string& name, int line, std::size_t depth) {
    const std::vector<std::string> labels = read_labels();
    text_.next();
    DocumentNode content{.kind = DocumentNode::Kind::mapping, .line = line};
    read_body(content, '}', depth + 1);
    if (name == "dynamic" && labels.size() == 1) {
      if (entry(body, labels[0]) == nullptr)
        add_entry(body, labels[0], line, unresolved_node("a dynamic block makes it", line));
      return;
    }
    if (labels.empty()) {
      add_unlabelled(body, name, line, std::move(content));
      return;
    }
    DocumentNode* at = &body;
    std::string key = name;
    for (const std::string& label : labels) {
      DocumentNode* inner = entry(*at, key);
      if (inner == nullptr)
        inner = &add_entry(*at, key, line, {.kind = DocumentNode::Kind::mapping, .line = line});
      at = inner;
      key = label;
    }
    if (entry(*at, key) != nullptr)
      text_.fail(InputErrorKind::corrupt, fmt::format("expected each block once, {} \"{}\" stands twice", name, key));
    add_entry(*at, key, line, std::move(content));
  }

  void add_unlabelled(DocumentNode& body, const std::string& name, int line, DocumentNode content) {
    DocumentNode* blocks = entry(body, name);
    if (blocks == nullptr)
      blocks = &add_entry(body, name, line, {.kind = DocumentNode::Kind::sequence, .line = line});
    if (blocks->is_sequence())  // Not where a dynamic block makes more of them.
      blocks->items.push_back(std::move(content));
  }

  /// A value up to what ends it. `within`: in brackets, where line ends are blanks.
  DocumentNode read_expression(std::size_t depth, bool within) {
    charge(depth);
    text_.skip_blanks(within);
    const std::size_t first = text_.position();
    const int line = text_.line();
    DocumentNode value = read_literal(depth, line);
    std::size_t end = text_.position();  // Before a comment behind it.
    text_.skip_blanks(within);
    if (value.tag != kUnresolvedTag && ends_expression())
      return value;
    if (!ends_expression()) {
      skip_expression(within);
      end = text_.position();
    }
    return unresolved_node(quoted_source(text_.since(first).substr(0, end - first)), line);
  }

  bool ends_expression() const {
    return text_.at_end() || std::string_view("\n,}]:)").find(text_.peek()) != std::string_view::npos;
  }

  /// What is no literal comes back unresolved, the cursor still before it.
  DocumentNode read_literal(std::size_t depth, int line) {
    const char c = text_.peek();
    if (c == '[')
      return read_list(depth, line);
    if (c == '{')
      return read_object(depth, line);
    const auto scalar = [&](std::optional<std::string> text, bool quoted) {
      return text ? DocumentNode{.kind = DocumentNode::Kind::scalar, .text = *text, .quoted = quoted, .line = line}
                  : unresolved_node("", line);
    };
    if (c == '"')
      return scalar(text_.take_quoted(), true);
    if (text_.starts_with("<<"))
      return scalar(text_.take_heredoc(), true);
    if ((c >= '0' && c <= '9') || c == '-')
      return scalar(take_number(), false);
    const std::size_t first = text_.position();
    const std::string word = text_.take_identifier();
    if (word.empty() && text_.position() == first && c != '(' && c != '!')
      text_.fail(InputErrorKind::not_this_format, "expected a value");
    if (word == "null")
      return {.kind = DocumentNode::Kind::null_, .line = line};
    return word == "true" || word == "false" ? scalar(word, false) : unresolved_node("", line);
  }

  std::optional<std::string> take_number() {
    const std::size_t first = text_.position();
    while (std::string_view("0123456789.eE+-").find(text_.peek()) != std::string_view::npos && text_.peek() != '\0')
      text_.next();
    const std::string_view number = text_.since(first);
    return number == "-" ? std::nullopt : std::optional<std::string>(number);
  }

  DocumentNode read_list(std::size_t depth, int line) {
    DocumentNode list{.kind = DocumentNode::Kind::sequence, .line = line};
    if (is_for_expression())
      return unresolved_node("", line);
    text_.next();
    for (;;) {
      text_.skip_blanks(true);
      if (text_.peek() == ']')
        break;
      list.items.push_back(read_expression(depth + 1, true));
      text_.skip_blanks(true);
      if (text_.peek() == ',')
        text_.next();
      else if (text_.peek() != ']')
        text_.fail(InputErrorKind::not_this_format, "expected , or ] in a list");
    }
    text_.next();
    return list;
  }

  DocumentNode read_object(std::size_t depth, int line) {
    DocumentNode object{.kind = DocumentNode::Kind::mapping, .line = line};
    if (is_for_expression())
      return unresolved_node("", line);
    text_.next();
    for (;;) {
      text_.skip_blanks(true);
      if (text_.peek() == '}')
        break;
      read_object_item(object, depth);
      text_.skip_blanks(true);
      if (text_.peek() == ',')
        text_.next();
    }
    text_.next();
    return object;
  }

  void read_object_item(DocumentNode& object, std::size_t depth) {
    const int line = text_.line();
    std::optional<std::string> key;
    if (text_.peek() == '"') {
      key = text_.take_quoted();
    } else if (text_.peek() == '(') {  // A computed key.
      skip_part();
    } else {
      key = text_.take_identifier();
      if (key->empty())
        text_.fail(InputErrorKind::not_this_format, "expected a key of an object, or }");
    }
    text_.skip_blanks(true);
    if (text_.peek() != '=' && text_.peek() != ':')
      text_.fail(InputErrorKind::not_this_format, "expected = behind a key of an object");
    text_.next();
    // Line ends end an item, so the value is read as an attribute's is.
    DocumentNode value = read_expression(depth + 1, false);
    if (!key)
      return;
    if (entry(object, *key) != nullptr)
      text_.fail(InputErrorKind::corrupt, fmt::format("expected each key once, \"{}\" stands twice", *key));
    add_entry(object, *key, line, std::move(value));
  }

  /// Whether the bracket that comes is that of a `for` expression.
  bool is_for_expression() const {
    HclText ahead = text_;
    ahead.next();
    ahead.skip_blanks(true);
    return ahead.starts_with("for ");
  }

  /// The rest of an expression that is computed.
  void skip_expression(bool within) {
    for (;;) {
      text_.skip_blanks(within);
      if (text_.at_end() || std::string_view("\n,}])").find(text_.peek()) != std::string_view::npos)
        return;
      skip_part();
    }
  }

  /// One character, text or bracketed part; without recursion, as brackets nest as deep as a file likes.
  void skip_part() {
    std::string closing;
    do {
      text_.skip_blanks(!closing.empty());
      if (text_.at_end()) {
        if (closing.empty())
          return;
        text_.fail(InputErrorKind::not_this_format, fmt::format("expected {}", closing.back()));
      }
      const char c = text_.peek();
      if (c == '\n' && closing.empty())
        return;
      if (c == '"') {
        text_.take_quoted();
        continue;
      }
      if (!closing.empty() && c == closing.back())
        closing.pop_back();
      else if (c == '(' || c == '[' || c == '{')
        closing += c == '(' ? ')' : c == '[' ? ']' : '}';
      else if (closing.empty() && std::string_view(",}])").find(c) != std::string_view::npos)
        return;
      text_.next();
    } while (!closing.empty());
  }

  /// The beginning of an expression, as one line.
  static std::string quoted_source(std::string_view source) {
    constexpr std::size_t kLongest = 60;
    std::string text(source.substr(0, std::min(source.find('\n'), kLongest)));
    text.erase(text.find_last_not_of(" \t\r") + 1);
    return text.size() < source.size() && source.find_first_not_of(" \t\r\n", text.size()) != std::string_view::npos
               ? text + "…"
               : text;
  }

  HclText text_;
  DocumentLimits limits_;
  std::size_t nodes_ = 0;
};

}  // namespace

DocumentNode parse_hcl(std::string_view text, const std::string& name, const DocumentLimits& limits) {
  return HclParser(text, name, limits).parse();
}

}  // namespace preflight
