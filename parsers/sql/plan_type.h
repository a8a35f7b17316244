#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/compiled_plan.h"

namespace preflight {

class PlanJson;

/// A logical type as a plan writes it (LogicalTypeJsonSerializer: SQL text, or an object for what SQL text cannot say)
/// as SQL text in the form of logical_type_text, without the marks of time attributes. Empty for a type that this
/// reader does not know (structured, distinct and RAW types, whose classes are not the plan's).
std::string plan_type_text(const PlanJson& type);

/// SQL text of a type in the same form: VARCHAR(2147483647) becomes STRING, " *ROWTIME*" is dropped.
std::string normal_type_text(std::string_view type);

/// The columns of a row type; nullopt where it is no row type, or where it has a column that is not told.
std::optional<std::vector<PlanColumn>> plan_row_columns(const PlanJson& type);

}  // namespace preflight
