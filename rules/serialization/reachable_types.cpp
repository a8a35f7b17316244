#include "serialization/reachable_types.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "classfile/access_flags.h"
#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::uint16_t kNotSerialized = kAccStatic | kAccTransient | kAccSynthetic;

std::string primitive_name(const std::string& letter) {
  static const std::map<std::string, std::string> names = {{"B", "byte"},  {"C", "char"},    {"D", "double"},
                                                           {"F", "float"}, {"I", "int"},     {"J", "long"},
                                                           {"S", "short"}, {"Z", "boolean"}, {"V", "void"}};
  const auto found = names.find(letter);
  return found == names.end() ? letter : found->second;
}

/// Walks types with a list of its own, so that a long chain of classes is no deep recursion.
class Walk {
 public:
  Walk(const ClassShapes& shapes, const CompatibilityTable* table) : shapes_(shapes), table_(table) {}

  ReachableTypes run(const GenericType& type) {
    waiting_.push_back(type);
    while (!waiting_.empty()) {
      const GenericType next = std::move(waiting_.back());
      waiting_.pop_back();
      visit(next);
    }
    return std::move(found_);
  }

 private:
  void visit(const GenericType& type) {
    switch (type.kind) {
      case GenericType::Kind::primitive:
        found_.names.insert(java_name(type));
        break;
      case GenericType::Kind::array:
        visit_array(type);
        break;
      case GenericType::Kind::type_variable:
        found_.open = true;
        break;
      case GenericType::Kind::class_type:
        visit_class(type);
        break;
    }
  }

  void visit_array(const GenericType& type) {
    if (type.component.empty() || type.component.front().kind == GenericType::Kind::primitive)
      found_.names.insert(java_name(type));
    else
      waiting_.push_back(type.component.front());
  }

  void visit_class(const GenericType& type) {
    const std::string name = java_name(type);
    for (const TypeArgument& argument : type.arguments) {
      found_.open = found_.open || argument.type.empty();
      waiting_.insert(waiting_.end(), argument.type.begin(), argument.type.end());
    }
    const auto shape = shapes_.find(name);
    if (shape != shapes_.end()) {
      visit_shape(shape->second);
      return;
    }
    found_.names.insert(name);
    const KryoForm* form = table_ == nullptr ? nullptr : table_->find_kryo_form(name);
    if (form == nullptr || (form->holds_others && type.arguments.empty()))
      found_.open = true;
  }

  void visit_shape(const ClassShape& shape) {
    if (!found_.names.insert(shape.name).second)
      return;
    if ((shape.access_flags & kAccAbstract) != 0 && shape.enum_constants.empty())
      found_.open = true;
    for (const ShapeField* field : serialized_fields(shape, shapes_))
      waiting_.push_back(field->type);
    if ((shape.access_flags & kAccFinal) == 0 && shape.enum_constants.empty())
      visit_subclasses(shape.name);
  }

  void visit_subclasses(const std::string& name) {
    for (const auto& [other_name, other] : shapes_)
      if (binary_name(other.generic.super_class.name) == name)
        waiting_.push_back({.kind = GenericType::Kind::class_type, .name = other_name});
  }

  const ClassShapes& shapes_;
  const CompatibilityTable* table_;
  ReachableTypes found_;
  std::vector<GenericType> waiting_;
};

std::string argument_text(const TypeArgument& argument) {
  switch (argument.kind) {
    case TypeArgument::Kind::any:
      return "?";
    case TypeArgument::Kind::extends:
      return "? extends " + java_text(argument.type.front());
    case TypeArgument::Kind::super:
      return "? super " + java_text(argument.type.front());
    case TypeArgument::Kind::exact:
      return java_text(argument.type.front());
  }
  return "?";
}

}  // namespace

ReachableTypes reachable_types(const GenericType& type, const ClassShapes& shapes, const CompatibilityTable* table) {
  return Walk(shapes, table).run(type);
}

std::string java_name(const GenericType& type) {
  switch (type.kind) {
    case GenericType::Kind::primitive:
      return primitive_name(type.name);
    case GenericType::Kind::array:
      return (type.component.empty() ? std::string("java.lang.Object") : java_name(type.component.front())) + "[]";
    case GenericType::Kind::type_variable:
      return "java.lang.Object";
    case GenericType::Kind::class_type:
      return binary_name(type.name);
  }
  return {};
}

std::string java_text(const GenericType& type) {
  if (type.kind == GenericType::Kind::type_variable)
    return type.name;
  if (type.kind == GenericType::Kind::array && !type.component.empty())
    return java_text(type.component.front()) + "[]";
  std::vector<std::string> arguments;
  for (const TypeArgument& argument : type.arguments)
    arguments.push_back(argument_text(argument));
  return java_name(type) + (arguments.empty() ? "" : fmt::format("<{}>", fmt::join(arguments, ", ")));
}

std::vector<const ShapeField*> serialized_fields(const ClassShape& shape, const ClassShapes& shapes) {
  std::vector<const ShapeField*> fields;
  std::set<std::string> seen;  // A class that is its own super class would otherwise go on for ever.
  const ClassShape* next = &shape;
  while (next != nullptr && seen.insert(next->name).second) {
    for (const ShapeField& field : next->fields)
      if ((field.access_flags & kNotSerialized) == 0)
        fields.push_back(&field);
    const auto super = shapes.find(binary_name(next->generic.super_class.name));
    next = super == shapes.end() ? nullptr : &super->second;
  }
  return fields;
}

}  // namespace preflight
