#pragma once

// Private to the inference of serializers.

#include <vector>

#include "flink_version.h"
#include "job/generic_types.h"
#include "serialization/data_classes.h"

namespace preflight {

/// The public methods by which Flink reaches a field that is not public (TypeExtractor#isValidPojoField).
class PropertyMethods {
 public:
  /// `classes` and `shape` must outlive it.
  PropertyMethods(const DataClasses& classes, const ClassShape& shape, const FlinkVersion& release);

  /// `bindings` are those of the type parameters of the class that declares the field.
  bool has_getter(const ShapeField& field, const TypeBindings& bindings) const;
  bool has_setter(const ShapeField& field, const TypeBindings& bindings) const;

 private:
  struct Method {
    std::string name;  ///< As Flink compares it.
    const ShapeMethod* declared = nullptr;
  };

  const ClassShape& shape_;
  FlinkVersion release_;
  std::vector<Method> methods_;
};

}  // namespace preflight
