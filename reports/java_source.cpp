#include "java_source.h"

#include <algorithm>

#include "classfile/access_flags.h"
#include "classfile/descriptor.h"
#include "classfile/names.h"

namespace preflight {
namespace {

/// The parameters between the parentheses; `rest` is the descriptor behind "(" and then behind ")".
std::string parameters(std::string_view& rest, bool varargs, NameLength length) {
  std::string text;
  while (!rest.empty() && !rest.starts_with(')')) {
    const std::string_view start = rest;
    if (!take_field_type(rest))
      return text + "?";
    std::string type = java_type(start.substr(0, start.size() - rest.size()), length);
    if (varargs && rest.starts_with(')') && type.ends_with("[]"))
      type.replace(type.size() - 2, 2, "...");
    text += (text.empty() ? "" : ", ") + type;
  }
  rest.remove_prefix(std::min<std::size_t>(rest.size(), 1));
  return text;
}

}  // namespace

std::string java_class_name(std::string_view binary_name, NameLength length) {
  std::string name(length == NameLength::full ? binary_name : simple_name(binary_name));
  // A dollar at an end belongs to the name: Scala's objects have it.
  for (std::size_t i = 1; i + 1 < name.size(); ++i)
    if (name[i] == '$' && name[i - 1] != '.' && name[i - 1] != '$')
      name[i] = '.';
  return name;
}

std::string java_type(std::string_view descriptor, NameLength length) {
  const std::size_t dimensions = std::min(descriptor.find_first_not_of('['), descriptor.size());
  std::string_view element = descriptor.substr(dimensions);
  if (element.empty())
    return std::string(descriptor);
  std::string type;
  if (element.front() == 'L') {
    std::string name(element.substr(1, element.find(';') - 1));
    std::ranges::replace(name, '/', '.');
    type = java_class_name(name, length);
  } else {
    const std::string_view keyword = primitive_name(element.front());
    type = keyword.empty() ? "?" : keyword;
  }
  for (std::size_t i = 0; i < dimensions; ++i)
    type += "[]";
  return type;
}

std::string java_declaration(const ApiMember& member, std::string_view owner, NameLength length) {
  if (member.kind == ApiMember::Kind::field)
    return java_type(member.descriptor, length) + ' ' + std::string(member.name);
  std::string_view rest = member.descriptor;
  rest.remove_prefix(std::min<std::size_t>(rest.size(), 1));
  const std::string list = '(' + parameters(rest, (member.access_flags & kAccVarargs) != 0, length) + ')';
  if (member.name == "<init>") {
    const std::string name = java_class_name(owner, NameLength::simple);
    return name.substr(name.rfind('.') + 1) + list;
  }
  return java_type(rest, length) + ' ' + std::string(member.name) + list;
}

}  // namespace preflight
