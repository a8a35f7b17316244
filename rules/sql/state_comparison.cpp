#include "sql/state_comparison.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <variant>

#include "sql/plan_type.h"

namespace preflight {
namespace {

using Answer = ShapeComparison::Answer;

constexpr const char* kRow = "RowDataSerializer";

/// The types of the columns; nullopt where it is no serializer of rows.
std::optional<std::vector<std::string>> types_of(const SerializerSnapshot& snapshot) {
  if (snapshot.serializer != kRow)
    return std::nullopt;
  for (const SnapshotParameter& parameter : snapshot.parameters)
    if (const auto* types = std::get_if<std::vector<std::string>>(&parameter.value);
        types && parameter.name == "types") {
      std::vector<std::string> normal;
      for (const std::string& type : *types)
        normal.push_back(normal_type_text(type));
      return normal;
    }
  return std::nullopt;
}

/// What Flink may append to an accumulator row: a counter of the input's rows, and a view for each distinct call.
bool may_end_accumulator(const std::vector<std::string>& types, std::size_t from) {
  if (from < types.size() && types[from] == "BIGINT")
    ++from;
  return std::all_of(types.begin() + static_cast<std::ptrdiff_t>(from), types.end(), [](const std::string& type) {
    return type.starts_with("RAW('org.apache.flink.table.api.dataview.");
  });
}

ShapeComparison differs(const std::vector<std::string>& before, const RowTypes& after) {
  return {Answer::differs, fmt::format("its rows have the columns ({}), and those of the plan are {}",
                                       fmt::join(before, ", "), after.text())};
}

/// The graver of two answers.
ShapeComparison worse(ShapeComparison left, ShapeComparison right) {
  return right.answer > left.answer ? std::move(right) : std::move(left);
}

}  // namespace

ShapeComparison compare_columns(const SerializerSnapshot& before, const RowTypes& after) {
  const auto types = types_of(before);
  if (!types)
    return {Answer::differs, fmt::format("it is written by {}, and the plan keeps rows", to_text(before))};
  if (types->size() < after.types.size())
    return differs(*types, after);
  bool all_told = !after.open_ended;
  for (std::size_t i = 0; i < after.types.size(); ++i) {
    if (!after.types[i].empty() && after.types[i] != (*types)[i])
      return differs(*types, after);
    all_told = all_told && !after.types[i].empty();
  }
  const bool longer = types->size() > after.types.size();
  if (longer && !after.open_ended && !(after.is_accumulator && may_end_accumulator(*types, after.types.size())))
    return differs(*types, after);
  if (!all_told)
    return {Answer::not_told, fmt::format("the plan does not tell every column of its rows: {}", after.text())};
  return {};
}

ShapeComparison compare_shape(const SerializerSnapshot& before, const SerializerShape& after, const PlanNode& node,
                              const SerializerShape* key, const PlanRowTypes& rows) {
  if (after.any())
    return {Answer::not_told, "the plan does not tell its serializer"};
  if (after.row) {
    if (before.serializer != kRow)
      return {Answer::differs, fmt::format("it is written by {}, and the plan keeps rows", before.serializer)};
    const auto columns = rows.columns(node, *after.row, key != nullptr && key->row ? &*key->row : nullptr);
    if (!columns)
      return {Answer::not_told, "the plan does not tell the columns of its rows"};
    return compare_columns(before, *columns);
  }
  if (before.serializer != after.name)
    return {Answer::differs, fmt::format("it is written by {}, and the plan's by {}", before.serializer, after.name)};
  if (after.nested.empty())
    return {};
  if (before.nested.size() != after.nested.size())
    return {Answer::not_told, "its serializer could not be read in full"};
  ShapeComparison worst;
  for (std::size_t i = 0; i < after.nested.size(); ++i)
    worst = worse(std::move(worst), compare_shape(before.nested[i], after.nested[i], node, key, rows));
  return worst;
}

}  // namespace preflight
