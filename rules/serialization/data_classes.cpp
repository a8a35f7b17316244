#include "serialization/data_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/generic_types.h"

namespace preflight {
namespace {

constexpr std::size_t kMaxSuperClasses = 200;

/// Tuple2<T0, T1> has the public fields f0 and f1.
ClassShape tuple_shape(int arity) {
  ClassShape shape{.name = fmt::format("org.apache.flink.api.java.tuple.Tuple{}", arity), .access_flags = kAccPublic};
  shape.generic.super_class = class_type("org.apache.flink.api.java.tuple.Tuple");
  for (int i = 0; i < arity; ++i) {
    const std::string variable = fmt::format("T{}", i);
    shape.generic.type_parameters.push_back({variable, {class_type("java.lang.Object")}});
    shape.fields.push_back({.name = fmt::format("f{}", i),
                            .descriptor = "Ljava/lang/Object;",
                            .type = {.kind = GenericType::Kind::type_variable, .name = variable},
                            .access_flags = kAccPublic});
  }
  return shape;
}

const ClassShapes& tuple_shapes() {
  static const ClassShapes shapes = [] {
    constexpr int kLargestArity = 25;
    ClassShapes made;
    for (int arity = 0; arity <= kLargestArity; ++arity) {
      ClassShape shape = tuple_shape(arity);
      made.emplace(shape.name, std::move(shape));
    }
    return made;
  }();
  return shapes;
}

const ClassShape* find_in(const ClassShapes& shapes, std::string_view class_name) {
  const auto found = shapes.find(class_name);
  return found == shapes.end() ? nullptr : &found->second;
}

}  // namespace

DataClasses::DataClasses(const JobModel& job, const CompatibilityTable& table) : job_(job), table_(table) {}

const ClassShape* DataClasses::find(std::string_view class_name) const {
  if (const ClassShape* shape = find_in(job_.shapes, class_name))
    return shape;
  if (const ClassShape* shape = find_in(tuple_shapes(), class_name))
    return shape;
  return table_.find_library_class(class_name);
}

bool DataClasses::is_plainly_generic(std::string_view class_name) const {
  const LibraryPackage* package = table_.find_library_package(package_of(class_name));
  return package != nullptr && package->complete;
}

DataClasses::Chain DataClasses::chain_of(const ClassShape& shape) const {
  Chain chain;
  const ClassShape* next = &shape;
  while (chain.classes.size() < kMaxSuperClasses) {
    chain.classes.push_back(next);
    const std::string super_class = binary_name(next->generic.super_class.name);
    if (super_class.empty() || super_class == "java.lang.Object")
      return chain;
    next = find(super_class);
    if (next == nullptr) {
      chain.missing = super_class;
      return chain;
    }
  }
  chain.missing = next->name;
  return chain;
}

bool DataClasses::is_subclass_of_any(const ClassShape& shape, const std::vector<std::string_view>& names) const {
  std::set<std::string> seen;
  std::vector<const ClassShape*> open = {&shape};
  while (!open.empty() && seen.size() < kMaxSuperClasses) {
    const ClassSignature& generic = open.back()->generic;
    open.pop_back();
    std::vector<std::string> next = {binary_name(generic.super_class.name)};
    for (const GenericType& interface : generic.interfaces)
      next.push_back(binary_name(interface.name));
    for (const std::string& name : next) {
      if (std::ranges::find(names, name) != names.end())
        return true;
      const ClassShape* found = seen.insert(name).second ? find(name) : nullptr;
      if (found != nullptr)
        open.push_back(found);
    }
  }
  return false;
}

}  // namespace preflight
