#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/type_values.h"

namespace preflight {

/// The types of what comes into an operator: of its first input, and of its second where there is one.
using FunctionInputs = std::vector<TypeExpression>;

/// What Flink takes out of the functions of a job by their classes (TypeExtractor#getUnaryOperatorReturnType and its
/// like).
class FunctionTypes {
 public:
  /// All must outlive it.
  FunctionTypes(const JobCalls& calls, Interpreter& interpreter, ShapeCache& shapes, TypeReader& types)
      : calls_(calls), interpreter_(interpreter), shapes_(shapes), types_(types) {}

  /// The type that `meaning` ("output", "key", "accumulator") is of the function, given where Flink wants an object of
  /// the class of `wanted`.
  TypeExpression type_of(const Value* function, const JobFunction& wanted, std::string_view meaning,
                         const FunctionInputs& inputs);
  /// Rows of Flink's classes that a class extends or implements, nearest first.
  std::vector<const JobFunction*> rows_of(const std::string& class_name);
  /// The one type argument of a Flink class that a class of the application extends: of OutputTag, TypeHint.
  std::optional<GenericType> argument_of(const std::string& class_name, const std::string& base) {
    return type_argument(shapes_.lookup(), class_name, base, 0);
  }
  /// The first type argument of a field that objects of an own class have: String of `ValueState<T> kept` in a class
  /// that Keep extends for T = String. `owner` declares the field.
  std::optional<GenericType> argument_of_field(const std::string& class_name, const std::string& owner,
                                               std::string_view field);
  /// Elements of a source, or what a deserialization schema gives.
  TypeExpression produced_by(const Value* source);
  /// Of fromElements("a", "b") and its like: the class that it is given, else that of the first element.
  TypeExpression type_of_elements(const std::vector<const Value*>& arguments);
  /// A field of a type by name ("f0", "amount", "owner.name") or position, as keyBy and project take it.
  TypeExpression field_of(const TypeExpression& type, const Value* field);

 private:
  TypeExpression type_of_lambda(const LambdaValue& lambda, const JobFunction& wanted);
  TypeExpression type_of_class(const std::string& class_name, const JobFunction& wanted, std::string_view meaning,
                               const FunctionInputs& inputs);
  /// `type` of `class_name` with its variables bound to the inputs that have them.
  TypeExpression bound(const GenericType& type, const std::string& class_name, const JobFunction& row,
                       const FunctionInputs& inputs);
  TypeExpression produced_by_class(const Value* source, const std::string& class_name);
  TypeExpression produced_by_arguments(const std::vector<const Value*>& arguments, bool classes_are_types);
  TypeExpression named_field(const TypeExpression& type, std::string_view name);

  const JobCalls& calls_;
  Interpreter& interpreter_;
  ShapeCache& shapes_;
  TypeReader& types_;
  int depth_ = 0;
};

/// The class of a value, as far as it tells: of an object its own, of a call what its descriptor returns. Binary name;
/// empty where nothing tells.
std::string class_of(const Value* value);

}  // namespace preflight
