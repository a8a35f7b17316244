#include "linkage/symbol_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "classfile/descriptor.h"
#include "classfile/names.h"

namespace preflight {
namespace {

/// Takes one type off the front of a descriptor (JVMS 4.3.2), which the parser has checked before.
std::string take_type(std::string_view& descriptor, bool qualified) {
  const std::size_t dimensions = std::min(descriptor.find_first_not_of('['), descriptor.size());
  descriptor.remove_prefix(dimensions);
  std::string text;
  if (descriptor.starts_with('L')) {
    const std::size_t end = std::min(descriptor.find(';'), descriptor.size());
    const std::string name = binary_name(descriptor.substr(1, end - 1));
    text = qualified ? name : std::string(simple_name(name));
    descriptor.remove_prefix(std::min(end + 1, descriptor.size()));
  } else if (!descriptor.empty()) {
    text = primitive_name(descriptor.front());
    descriptor.remove_prefix(1);
  }
  for (std::size_t i = 0; i < dimensions; ++i)
    text += "[]";
  return text;
}

}  // namespace

std::string parameters_text(std::string_view descriptor, bool qualified) {
  if (!descriptor.starts_with('('))
    return "";
  descriptor.remove_prefix(1);
  std::string text;
  while (!descriptor.empty() && descriptor.front() != ')')
    text += (text.empty() ? "" : ",") + take_type(descriptor, qualified);
  return "(" + text + ")";
}

std::string symbol_text(std::string_view owner, std::string_view name, std::string_view descriptor, bool qualified) {
  if (name.empty())
    return std::string(owner);
  const std::string parameters = parameters_text(descriptor, qualified);
  return name == "<init>" ? fmt::format("{}{}", owner, parameters) : fmt::format("{}.{}{}", owner, name, parameters);
}

std::string result_text(std::string_view descriptor) {
  std::string_view rest = descriptor.substr(std::min(descriptor.rfind(')') + 1, descriptor.size()));
  return take_type(rest, false);
}

}  // namespace preflight
