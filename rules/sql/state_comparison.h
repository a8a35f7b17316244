#pragma once

#include <optional>
#include <string>

#include "savepoint/serializer_snapshot.h"
#include "sql/plan_row_types.h"
#include "sql/serializer_shape.h"

namespace preflight {

/// How a serializer of the savepoint stands to what the plan tells of the one that the new job will have. Flink takes
/// the serializers of rows only where every column has the type that it had, by position (RowDataSerializerSnapshot).
struct ShapeComparison {
  enum class Answer { same, not_told, differs };
  Answer answer = Answer::same;
  std::string reason;  ///< Empty for `same`.
};

ShapeComparison compare_shape(const SerializerSnapshot& before, const SerializerShape& after, const PlanNode& node,
                              const SerializerShape* key, const PlanRowTypes& rows);

/// The types of a RowDataSerializer against columns.
ShapeComparison compare_columns(const SerializerSnapshot& before, const RowTypes& after);

}  // namespace preflight
