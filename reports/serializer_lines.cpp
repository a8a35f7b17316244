#include "serializer_lines.h"

#include <set>
#include <utility>

namespace preflight {
namespace {

/// Whether what a bracket opens is parts of its own, rather than one name: "[com.example.Order]" stays on its line.
bool opens_parts(std::string_view text, std::size_t bracket) {
  if (text[bracket] == '{')
    return true;
  if (text[bracket] != '[')
    return false;
  const std::size_t end = text.find_first_of("[]{},", bracket + 1);
  return end != std::string_view::npos && text[end] != ']';
}

using LineSet = std::set<std::pair<int, std::string_view>>;

/// A part that is the last has no comma behind it, which makes it no other part.
std::string_view part_of(const SerializerLine& line) {
  const std::string_view text = line.text;
  return text.ends_with(',') ? text.substr(0, text.size() - 1) : text;
}

LineSet set_of(const std::vector<SerializerLine>& lines) {
  LineSet set;
  for (const SerializerLine& line : lines)
    set.emplace(line.depth, part_of(line));
  return set;
}

void mark_missing(std::vector<SerializerLine>& lines, const LineSet& other) {
  for (SerializerLine& line : lines)
    line.changed = !other.contains({line.depth, part_of(line)});
}

}  // namespace

std::vector<SerializerLine> serializer_lines(std::string_view text) {
  std::vector<SerializerLine> lines;
  std::vector<bool> open;  // for each bracket, whether its parts stand on lines of their own
  int depth = 0;
  SerializerLine line;
  const auto end_line = [&] {
    const std::size_t begin = line.text.find_first_not_of(' ');
    if (begin != std::string::npos)
      lines.push_back({line.text.substr(begin), line.depth});
    line = {.text = "", .depth = depth};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool closes = (c == '}' || c == ']') && !open.empty();
    if (c == '{' || c == '[') {
      open.push_back(opens_parts(text, i));
      line.text += c;
      if (open.back()) {
        ++depth;
        end_line();
      }
    } else if (closes) {
      if (open.back()) {
        --depth;
        end_line();
      }
      open.pop_back();
      line.text += c;
    } else if (c == ',' && !open.empty() && open.back()) {
      line.text += c;
      end_line();
    } else {
      line.text += c;
    }
  }
  end_line();
  return lines;
}

void mark_changes(std::vector<SerializerLine>& before, std::vector<SerializerLine>& after) {
  const LineSet in_before = set_of(before);
  const LineSet in_after = set_of(after);
  mark_missing(before, in_after);
  mark_missing(after, in_before);
}

}  // namespace preflight
