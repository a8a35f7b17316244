#include "serialization/property_methods.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::string_view kScalaSetter = "_$eq";

/// In lower case and without underscores, but for that of a Scala setter.
std::string comparable(std::string_view name) {
  const bool scala = name.ends_with(kScalaSetter);
  std::string result;
  for (const char c : scala ? name.substr(0, name.size() - kScalaSetter.size()) : name)
    if (c != '_')
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return scala ? result.append(kScalaSetter) : result;
}

bool same_types(const std::vector<GenericType>& a, const std::vector<GenericType>& b);

/// java.lang.reflect.Type#equals; two variables are one where they have one name.
bool same_type(const GenericType& a, const GenericType& b) {
  return a.kind == b.kind && a.name == b.name && same_types(a.component, b.component) &&
         std::ranges::equal(a.arguments, b.arguments, [](const TypeArgument& x, const TypeArgument& y) {
           return x.kind == y.kind && same_types(x.type, y.type);
         });
}

bool same_types(const std::vector<GenericType>& a, const std::vector<GenericType>& b) {
  return std::ranges::equal(a, b, same_type);
}

/// The descriptor of the class that boxes a primitive type; any other descriptor as it is.
std::string_view boxed(std::string_view descriptor) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kBoxes = {{
      {"Z", "Ljava/lang/Boolean;"},
      {"B", "Ljava/lang/Byte;"},
      {"C", "Ljava/lang/Character;"},
      {"S", "Ljava/lang/Short;"},
      {"I", "Ljava/lang/Integer;"},
      {"J", "Ljava/lang/Long;"},
      {"F", "Ljava/lang/Float;"},
      {"D", "Ljava/lang/Double;"},
  }};
  const auto box = std::ranges::find(kBoxes, descriptor, &std::pair<std::string_view, std::string_view>::first);
  return box == kBoxes.end() ? descriptor : box->second;
}

/// Whether a getter may return, or a setter take, `type`, whose erased form is `descriptor`.
bool fits(const ShapeField& field, const TypeBindings& bindings, const GenericType& type, std::string_view descriptor) {
  if (same_type(type, field.type) || descriptor == boxed(field.descriptor))
    return true;
  return field.type.kind == GenericType::Kind::type_variable && same_type(type, substitute(field.type, bindings));
}

std::string_view result_of(std::string_view descriptor) {
  return descriptor.substr(descriptor.find(')') + 1);
}

std::string_view parameters_of(std::string_view descriptor) {
  return descriptor.substr(1, descriptor.find(')') - 1);
}

}  // namespace

PropertyMethods::PropertyMethods(const DataClasses& classes, const ClassShape& shape, const FlinkVersion& release)
    : shape_(shape), release_(release) {
  std::set<const ClassShape*> seen;
  std::vector<const ClassShape*> open = {&shape};
  while (!open.empty()) {
    const ClassShape* next = open.back();
    open.pop_back();
    if (next == nullptr || !seen.insert(next).second)
      continue;
    const bool is_interface = (next->access_flags & kAccInterface) != 0;
    for (const ShapeMethod& method : next->methods)
      if ((method.access_flags & kAccPublic) != 0 && !method.name.starts_with('<') &&
          !(is_interface && (method.access_flags & kAccStatic) != 0))
        methods_.push_back({comparable(method.name), &method});
    open.push_back(classes.find(binary_name(next->generic.super_class.name)));
    for (const GenericType& interface : next->generic.interfaces)
      open.push_back(classes.find(binary_name(interface.name)));
  }
}

bool PropertyMethods::has_getter(const ShapeField& field, const TypeBindings& bindings) const {
  const std::string name = comparable(field.name);
  return std::ranges::any_of(methods_, [&](const Method& method) {
    return (method.name == "get" + name || method.name == "is" + name || method.name == name) &&
           method.declared->descriptor.starts_with("()") &&
           fits(field, bindings, method.declared->type.result, result_of(method.declared->descriptor));
  });
}

bool PropertyMethods::has_setter(const ShapeField& field, const TypeBindings& bindings) const {
  constexpr FlinkVersion kReturnsItself{1, 11};
  constexpr FlinkVersion kWithoutIs{2, 0};
  const std::string name = comparable(field.name);
  const auto named = [&](const std::string& method) {
    return method == "set" + name || method == name + std::string(kScalaSetter) ||
           (release_ >= kWithoutIs && name.starts_with("is") && method == "set" + name.substr(2));
  };
  std::string itself = shape_.name;
  std::ranges::replace(itself, '.', '/');
  return std::ranges::any_of(methods_, [&](const Method& method) {
    const ShapeMethod& declared = *method.declared;
    if (!named(method.name) || declared.type.parameters.size() != 1)
      return false;
    const std::string_view result = result_of(declared.descriptor);
    return (result == "V" || (release_ >= kReturnsItself && result == "L" + itself + ";")) &&
           fits(field, bindings, declared.type.parameters.front(), parameters_of(declared.descriptor));
  });
}

}  // namespace preflight
