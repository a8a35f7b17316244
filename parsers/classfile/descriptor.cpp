#include "classfile/descriptor.h"

#include <algorithm>

namespace preflight {

std::optional<std::string_view> take_field_type(std::string_view& descriptor) {
  constexpr std::size_t kLargestDimension = 255;
  constexpr std::string_view kPrimitives = "BCDFIJSZ";
  const std::size_t dimensions = std::min(descriptor.find_first_not_of('['), descriptor.size());
  if (dimensions == descriptor.size() || dimensions > kLargestDimension)
    return std::nullopt;
  descriptor.remove_prefix(dimensions);
  const char kind = descriptor.front();
  descriptor.remove_prefix(1);
  if (kPrimitives.find(kind) != std::string_view::npos)
    return std::string_view{};
  const std::size_t end = descriptor.find(';');
  if (kind != 'L' || end == std::string_view::npos || end == 0)
    return std::nullopt;
  const std::string_view name = descriptor.substr(0, end);
  descriptor.remove_prefix(end + 1);
  return name;
}

}  // namespace preflight
