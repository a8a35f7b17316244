#include "classfile/descriptor.h"

namespace preflight {

std::optional<std::string_view> take_field_type(std::string_view& descriptor) {
  constexpr std::size_t kLargestDimension = 255;
  std::size_t at = 0;
  while (at < descriptor.size() && descriptor[at] == '[')
    ++at;
  if (at == descriptor.size() || at > kLargestDimension)
    return std::nullopt;
  switch (descriptor[at]) {
    case 'B':
    case 'C':
    case 'D':
    case 'F':
    case 'I':
    case 'J':
    case 'S':
    case 'Z':
      descriptor.remove_prefix(at + 1);
      return std::string_view{};
    case 'L': {
      const std::size_t end = descriptor.find(';', ++at);
      if (end == std::string_view::npos || end == at)
        return std::nullopt;
      const std::string_view name = descriptor.substr(at, end - at);
      descriptor.remove_prefix(end + 1);
      return name;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace preflight
