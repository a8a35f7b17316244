#include "job/method_types.h"

#include "classfile/descriptor.h"
#include "classfile/names.h"

namespace preflight {
namespace {

std::string simple_type_name(std::string_view type) {
  std::string brackets;
  while (type.starts_with('[')) {
    type.remove_prefix(1);
    brackets += "[]";
  }
  if (!type.starts_with('L'))
    return std::string(primitive_name(type.empty() ? 'V' : type.front())) + brackets;
  const std::string name = class_of_type(type);
  return name.substr(name.find_last_of(".$") + 1) + brackets;
}

}  // namespace

std::vector<std::string> parameter_types(std::string_view method_descriptor) {
  std::vector<std::string> types;
  if (!method_descriptor.starts_with('('))
    return types;
  method_descriptor.remove_prefix(1);
  while (!method_descriptor.empty() && !method_descriptor.starts_with(')')) {
    const std::string_view before = method_descriptor;
    if (!take_field_type(method_descriptor))
      break;
    types.emplace_back(before.substr(0, before.size() - method_descriptor.size()));
  }
  return types;
}

std::string result_type_of(std::string_view method_descriptor) {
  const std::size_t end = method_descriptor.rfind(')');
  return end == std::string_view::npos ? std::string() : std::string(method_descriptor.substr(end + 1));
}

std::string class_of_type(std::string_view field_descriptor) {
  const auto name = take_field_type(field_descriptor);
  return name ? binary_name(*name) : std::string();
}

std::vector<std::string> simple_parameter_names(std::string_view method_descriptor) {
  std::vector<std::string> names;
  for (const std::string& type : parameter_types(method_descriptor))
    names.push_back(simple_type_name(type));
  return names;
}

}  // namespace preflight
