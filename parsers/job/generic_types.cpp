#include "job/generic_types.h"

#include <algorithm>
#include <set>

#include "classfile/names.h"

namespace preflight {
namespace {

/// Bounds the walk up: a hierarchy that a compiler made is far from it, and a class cannot be its own super class.
constexpr int kMaxSuperTypes = 1'000;
/// Bounds what substitution makes of types that hold each other's variables many times.
constexpr int kMaxSubstitutions = 10'000;

std::string internal_name(std::string_view class_name) {
  std::string name(class_name);
  std::ranges::replace(name, '.', '/');
  return name;
}

class Substitution {
 public:
  explicit Substitution(const TypeBindings& bindings) : bindings_(bindings) {}

  GenericType of(const GenericType& type) {
    if (++steps_ > kMaxSubstitutions)
      return type;
    if (type.kind == GenericType::Kind::type_variable) {
      const auto bound = bindings_.find(type.name);
      return bound == bindings_.end() ? type : bound->second;
    }
    GenericType result{.kind = type.kind, .name = type.name};
    for (const TypeArgument& argument : type.arguments)
      result.arguments.push_back({argument.kind, all_of(argument.type)});
    result.enclosing = all_of(type.enclosing);
    result.component = all_of(type.component);
    return result;
  }

 private:
  std::vector<GenericType> all_of(const std::vector<GenericType>& types) {
    std::vector<GenericType> result;
    result.reserve(types.size());
    for (const GenericType& type : types)
      result.push_back(of(type));
    return result;
  }

  const TypeBindings& bindings_;
  int steps_ = 0;
};

/// Walks the super types of a class, super classes first.
class SuperTypeSearch {
 public:
  SuperTypeSearch(const ShapeLookup& shapes, std::string base) : shapes_(shapes), base_(std::move(base)) {}

  std::optional<GenericType> from(const GenericType& type) {
    if (type.kind != GenericType::Kind::class_type)
      return std::nullopt;
    if (type.name == base_)
      return type;
    if (static_cast<int>(seen_.size()) >= kMaxSuperTypes || !seen_.insert(type.name).second)
      return std::nullopt;
    const ClassShape* shape = shapes_(binary_name(type.name));
    if (shape == nullptr)
      return std::nullopt;
    const TypeBindings bindings = bindings_of(*shape, type);
    if (auto found = from(substitute(shape->generic.super_class, bindings)))
      return found;
    for (const GenericType& interface : shape->generic.interfaces)
      if (auto found = from(substitute(interface, bindings)))
        return found;
    return std::nullopt;
  }

 private:
  const ShapeLookup& shapes_;
  std::string base_;
  std::set<std::string> seen_;
};

const ShapeMethod* find_method(const ShapeLookup& shapes, std::string_view class_name, std::string_view name,
                               std::string_view descriptor) {
  const ClassShape* shape = shapes(class_name);
  if (shape == nullptr)
    return nullptr;
  const auto found = std::ranges::find_if(shape->methods, [&](const ShapeMethod& method) {
    return method.name == name && method.descriptor == descriptor;
  });
  return found == shape->methods.end() ? nullptr : &*found;
}

std::optional<GenericType> argument_of(const GenericType& type, std::size_t index) {
  if (index >= type.arguments.size() || type.arguments[index].kind != TypeArgument::Kind::exact)
    return std::nullopt;
  return type.arguments[index].type.front();
}

}  // namespace

GenericType class_type(std::string_view class_name) {
  return {.kind = GenericType::Kind::class_type, .name = internal_name(class_name)};
}

GenericType substitute(const GenericType& type, const TypeBindings& bindings) {
  return bindings.empty() ? type : Substitution(bindings).of(type);
}

TypeBindings bindings_of(const ClassShape& shape, const GenericType& use) {
  TypeBindings bindings;
  const std::vector<TypeParameter>& parameters = shape.generic.type_parameters;
  if (use.arguments.size() != parameters.size())
    return bindings;
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (use.arguments[i].kind == TypeArgument::Kind::exact)
      bindings[parameters[i].name] = use.arguments[i].type.front();
  return bindings;
}

bool has_type_variable(const GenericType& type) {
  return type.kind == GenericType::Kind::type_variable || std::ranges::any_of(type.component, has_type_variable) ||
         std::ranges::any_of(type.enclosing, has_type_variable) ||
         std::ranges::any_of(type.arguments, [](const TypeArgument& argument) {
           return std::ranges::any_of(argument.type, has_type_variable);
         });
}

GenericType erasure(const GenericType& type, const std::vector<TypeParameter>& parameters) {
  const GenericType* erased = &type;
  // A parameter whose bound is another one: as many steps as there are parameters, so that a circle ends.
  for (std::size_t step = 0; erased->kind == GenericType::Kind::type_variable; ++step) {
    const auto declared = std::ranges::find(parameters, erased->name, &TypeParameter::name);
    if (declared == parameters.end() || declared->bounds.empty() || step > parameters.size())
      return class_type("java.lang.Object");
    erased = &declared->bounds.front();
  }
  GenericType result{.kind = erased->kind, .name = erased->name};
  if (erased->kind == GenericType::Kind::array)
    // No bound in Java is an array; one that is must not lead back to its own variable.
    result.component.push_back(
        erasure(erased->component.front(), erased == &type ? parameters : std::vector<TypeParameter>()));
  return result;
}

std::optional<GenericType> super_type(const ShapeLookup& shapes, const GenericType& type, std::string_view base) {
  return SuperTypeSearch(shapes, internal_name(base)).from(type);
}

std::optional<GenericType> type_argument(const ShapeLookup& shapes, const GenericType& type, std::string_view base,
                                         std::size_t index) {
  const auto found = super_type(shapes, type, base);
  return found ? argument_of(*found, index) : std::nullopt;
}

std::optional<GenericType> type_argument(const ShapeLookup& shapes, std::string_view class_name, std::string_view base,
                                         std::size_t index) {
  return type_argument(shapes, class_type(class_name), base, index);
}

std::optional<GenericType> result_type(const ShapeLookup& shapes, std::string_view class_name, std::string_view name,
                                       std::string_view descriptor) {
  const ShapeMethod* method = find_method(shapes, class_name, name, descriptor);
  if (method == nullptr)
    return std::nullopt;
  return name == "<init>" ? class_type(class_name) : method->type.result;
}

std::optional<GenericType> parameter_argument(const ShapeLookup& shapes, std::string_view class_name,
                                              std::string_view name, std::string_view descriptor,
                                              std::size_t from_end) {
  const ShapeMethod* method = find_method(shapes, class_name, name, descriptor);
  if (method == nullptr || from_end >= method->type.parameters.size())
    return std::nullopt;
  return argument_of(method->type.parameters[method->type.parameters.size() - 1 - from_end], 0);
}

}  // namespace preflight
