#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// A line of a serializer that is shown as a tree.
struct SerializerLine {
  std::string text;
  int depth = 0;
  bool changed = false;  ///< The other side has no such line.
};

/// A serializer's text, such as "PojoSerializer[A]{x: LongSerializer, y: MapSerializer[...]}", with a line for each
/// part. Brackets that do not match, as in a name of somebody's own, give odd lines, and lose no character but white
/// space.
std::vector<SerializerLine> serializer_lines(std::string_view text);

/// Marks in each of the two what the other does not have.
void mark_changes(std::vector<SerializerLine>& before, std::vector<SerializerLine>& after);

}  // namespace preflight
