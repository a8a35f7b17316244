#pragma once

#include <functional>
#include <string_view>

#include "job/type_expression.h"

namespace preflight {

/// What a variable of a template stands for: "input" of $input.
using TypeVariables = std::function<TypeExpression(std::string_view variable)>;

/// Reads a type as the rows of operator_states.json write it: "$input"; a serializer's binary name, with what it is
/// made of in angle brackets, "a.b.ListSerializer<a.b.BufferEntrySerializer<$input>>"; texts in single quotes. Unknown,
/// with the text in its reason, where it is none of these.
TypeExpression expand_type(std::string_view text, const TypeVariables& variables);

}  // namespace preflight
