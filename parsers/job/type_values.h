#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "job/class_shapes.h"
#include "job/interpreter.h"
#include "job/job_calls.h"
#include "job/type_expression.h"

namespace preflight {

/// Reads values of the running job as types: class literals, TypeInformation and TypeSerializer objects, type hints.
class TypeReader {
 public:
  /// All must outlive it.
  TypeReader(const JobCalls& calls, Interpreter& interpreter, ShapeCache& shapes)
      : calls_(calls), interpreter_(interpreter), shapes_(shapes) {}

  /// Unknown, with the reason, where the value is none of these. nullptr is such a value.
  TypeExpression type_of(const Value* value);
  /// Objects of the application's own serializers among what was read, the first of each class.
  const std::map<std::string, const Value*>& own_serializers() const { return own_serializers_; }

 private:
  TypeExpression type_of_object(const ObjectValue& object, const Value* value);
  TypeExpression type_of_own(const ObjectValue& object, const Value* value);
  /// Whether an own class extends a class of Flink's, however far up.
  bool extends(const std::string& class_name, const std::string& ancestor);
  TypeExpression type_of_extended(const TypeFactory& row, const ObjectValue& object, const Value* value);
  TypeExpression type_of_call(const CallValue& call);
  TypeExpression type_of_field(const LibraryFieldValue& field) const;
  void add_arguments(TypeExpression& type, const std::vector<const Value*>& values, bool classes_are_types);
  void add_argument(TypeExpression& type, const Value* value, bool classes_are_types);

  const JobCalls& calls_;
  Interpreter& interpreter_;
  ShapeCache& shapes_;
  std::map<std::string, const Value*> own_serializers_;
  int depth_ = 0;
};

TypeExpression unknown_type(std::string reason, CodePlace place = {});
/// What TypeExtractor is given.
TypeExpression extracted_type(GenericType type, CodePlace place = {});
/// The type of a field descriptor.
GenericType type_of_descriptor(std::string_view descriptor);

}  // namespace preflight
