#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace preflight {

/// The keyword of a primitive type, or of void (JVMS 4.3.2, 4.3.3); empty for another letter.
inline std::string_view primitive_name(char letter) {
  switch (letter) {
    case 'B':
      return "byte";
    case 'C':
      return "char";
    case 'D':
      return "double";
    case 'F':
      return "float";
    case 'I':
      return "int";
    case 'J':
      return "long";
    case 'S':
      return "short";
    case 'V':
      return "void";
    case 'Z':
      return "boolean";
    default:
      return {};
  }
}

/// Takes one field type off the front of `descriptor` (JVMS 4.3.2): the internal name of its class, arrays by element,
/// or an empty name for a primitive type. Nothing where there is no valid field type.
inline std::optional<std::string_view> take_field_type(std::string_view& descriptor) {
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

/// Calls `visit(internal name)` for each class in a field or method descriptor (JVMS 4.3). False where it is no valid
/// descriptor; classes before the fault have been visited then.
template <class Visit>
bool for_each_class_in_descriptor(std::string_view descriptor, Visit&& visit) {
  const auto take = [&] {
    const auto type = take_field_type(descriptor);
    if (type && !type->empty())
      visit(*type);
    return type.has_value();
  };
  if (!descriptor.starts_with('('))
    return take() && descriptor.empty();
  descriptor.remove_prefix(1);
  while (!descriptor.starts_with(')'))
    if (!take())
      return false;
  descriptor.remove_prefix(1);
  return descriptor == "V" || (take() && descriptor.empty());
}

}  // namespace preflight
