#include "document/toml_document.h"

#include <fmt/format.h>

#define TOML_MAX_NESTED_VALUES 16  // Arrays and inline tables; the library's own 256 is more than the stack bears here.
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "document/tree_builder.h"
#include "input/input_error.h"

namespace preflight {
namespace {

int line_of(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

std::string text_of(const toml::node& node) {
  if (const auto* text = node.as_string())
    return text->get();
  std::ostringstream written;
  node.visit([&](const auto& value) {
    if constexpr (toml::is_value<decltype(value)>)
      written << value;
  });
  return written.str();
}

void feed(const toml::node& node, TreeBuilder& tree);

void feed_table(const toml::table& table, TreeBuilder& tree) {
  std::vector<std::pair<const toml::key*, const toml::node*>> entries;
  for (const auto& [key, value] : table)
    entries.emplace_back(&key, &value);
  std::ranges::stable_sort(entries, {}, [](const auto& entry) {
    const toml::source_position& begin = entry.first->source().begin;
    return std::pair(begin.line, begin.column);
  });
  for (const auto& [key, value] : entries) {
    const int line = static_cast<int>(key->source().begin.line);
    tree.scalar({.kind = DocumentNode::Kind::scalar, .text = std::string(key->str()), .line = line});
    feed(*value, tree);
  }
}

void feed(const toml::node& node, TreeBuilder& tree) {
  if (const toml::table* table = node.as_table()) {
    tree.begin({.kind = DocumentNode::Kind::mapping, .line = line_of(node)});
    feed_table(*table, tree);
    tree.end();
  } else if (const toml::array* array = node.as_array()) {
    tree.begin({.kind = DocumentNode::Kind::sequence, .line = line_of(node)});
    for (const toml::node& item : *array)
      feed(item, tree);
    tree.end();
  } else {
    tree.scalar(
        {.kind = DocumentNode::Kind::scalar, .text = text_of(node), .quoted = node.is_string(), .line = line_of(node)});
  }
}

/// The library makes one table within the other for each part of a dotted key, and takes them apart by recursion: a
/// line that could hold such a key is refused before it. No key goes over the end of a line.
void refuse_deep_keys(std::string_view text, const std::string& name) {
  constexpr std::size_t kMostDots = 500;
  int line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (std::ranges::count(text.substr(at, end - at), '.') > static_cast<std::ptrdiff_t>(kMostDots))
      throw InputError(InputErrorKind::over_limit, {.path = name, .line = line},
                       fmt::format("expected at most {} dots in a line", kMostDots));
    at = end + 1;
  }
}

}  // namespace

DocumentNode parse_toml(std::string_view text, const std::string& name, const DocumentLimits& limits) {
  refuse_deep_keys(text, name);
  try {
    const toml::table table = toml::parse(text, name);
    TreeBuilder tree(name, limits);
    feed(table, tree);
    return std::move(tree.take().front());
  } catch (const toml::parse_error& error) {
    throw InputError(InputErrorKind::not_this_format,
                     {.path = name, .line = static_cast<int>(error.source().begin.line)},
                     fmt::format("expected TOML: {}", std::string(error.description())));
  }
}

}  // namespace preflight
