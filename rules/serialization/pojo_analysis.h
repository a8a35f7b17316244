#pragma once

// Private to the inference of serializers.

#include <string>
#include <vector>

#include "flink_version.h"
#include "job/generic_types.h"
#include "serialization/data_classes.h"

namespace preflight {

struct PojoField {
  const ShapeField* field = nullptr;
  const ClassShape* declared_by = nullptr;
  TypeBindings bindings;  ///< What the type parameters of the declaring class are in the analysed type.
};

/// Whether Flink takes a class for a POJO (TypeExtractor#analyzePojo).
struct PojoAnalysis {
  std::vector<PojoField> fields;  ///< In the order in which Flink finds them; empty for no POJO.
  /// Why it is none, as a predicate of the class: "has no public constructor without parameters".
  std::string why_not;
  std::string unknown_because;  ///< What would have to be known of it.

  bool is_pojo() const { return why_not.empty() && unknown_because.empty(); }
};

/// `bindings` are those of the type parameters of `shape`.
PojoAnalysis analyze_pojo(const DataClasses& classes, const ClassShape& shape, const TypeBindings& bindings,
                          const FlinkVersion& release);

}  // namespace preflight
