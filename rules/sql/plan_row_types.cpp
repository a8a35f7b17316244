#include "sql/plan_row_types.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "sql/plan_type.h"

namespace preflight {
namespace {

constexpr std::string_view kNotNull = " NOT NULL";

std::string nullable(std::string type) {
  if (type.ends_with(kNotNull))
    type.resize(type.size() - kNotNull.size());
  return type;
}

/// The type that AVG sums values up in (AvgAggFunction#getSumType), by the type of its result; empty where it depends
/// on more.
std::string sum_type(const std::string& result) {
  for (const char* whole : {"TINYINT", "SMALLINT", "INT", "BIGINT"})
    if (result == whole)
      return "BIGINT";
  return result == "FLOAT" || result == "DOUBLE" ? "DOUBLE" : "";
}

std::vector<std::string> column_types(const std::vector<std::string>& columns, const std::string& result) {
  std::vector<std::string> types;
  for (const std::string& column : columns) {
    if (column == "result")
      types.push_back(result);
    else if (column == "sum of result")
      types.push_back(sum_type(result));
    else
      types.push_back(column == "any" ? "" : column);
  }
  return types;
}

/// "$SUM" of "$SUM$1" (BuiltInFunctionDefinition: name and version).
std::string function_name(const std::string& internal_name) {
  return internal_name.substr(0, internal_name.rfind('$'));
}

/// Whether the planner says that the call must be able to take values back; nullopt where it does not say.
std::optional<bool> retracts(const PlanNode& node, const std::string& calls, std::size_t number) {
  const std::string* said =
      calls == "aggCalls" ? node.value(fmt::format("aggCallNeedRetractions.{}", number)) : nullptr;
  if (said == nullptr)
    said = node.value("needRetraction");
  return said == nullptr ? std::nullopt : std::optional(*said == "true");
}

/// The columns that both lists begin with; a type in which they differ is not told.
std::vector<std::string> common_columns(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  std::vector<std::string> common;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
    common.push_back(left[i] == right[i] ? left[i] : "");
  return common;
}

/// Paths of a condition's value that starts with `word`: "time of PATH".
std::optional<std::string> after(const std::string& text, std::string_view word) {
  return text.starts_with(word) ? std::optional(text.substr(word.size())) : std::nullopt;
}

std::vector<std::vector<std::size_t>> index_lists(const PlanNode& node, const std::string& path) {
  std::vector<std::vector<std::size_t>> lists;
  while (auto list = node.indices(fmt::format("{}.{}", path, lists.size())))
    lists.push_back(*std::move(list));
  return lists;
}

/// How a join's keys stand to the unique keys of an input (JoinInputSideSpec).
std::optional<std::string> unique_key(const PlanNode& node, const std::string& unique_path,
                                      const std::string& key_path) {
  const auto keys = node.indices(key_path);
  if (!keys)
    return std::nullopt;
  const auto unique_keys = index_lists(node, unique_path);
  if (unique_keys.empty())
    return "none";
  const bool contained = std::ranges::any_of(unique_keys, [&](const std::vector<std::size_t>& unique) {
    return std::ranges::all_of(unique,
                               [&](std::size_t index) { return std::ranges::find(*keys, index) != keys->end(); });
  });
  return contained ? "contained" : "beside";
}

/// RankUtil#isTop1
std::string rank_range(const PlanNode& node) {
  const std::string* start = node.value("rankRange.start");
  const std::string* end = node.value("rankRange.end");
  const bool first = start != nullptr && end != nullptr && *start == "1" && *end == "1";
  return first ? "first row" : "other";
}

}  // namespace

std::string RowTypes::text() const {
  std::vector<std::string> shown;
  for (const std::string& type : types)
    shown.push_back(type.empty() ? "?" : type);
  if (open_ended)
    shown.emplace_back("…");
  return fmt::format("({})", fmt::join(shown, ", "));
}

const PlanNode* PlanRowTypes::input(const PlanNode& node, std::size_t number) const {
  return number < node.inputs.size() ? &plan_.nodes[node.inputs[number]] : nullptr;
}

std::optional<RowTypes> PlanRowTypes::columns(const PlanNode& node, const RowShape& shape, const RowShape* key) const {
  switch (shape.columns) {
    case RowShape::Columns::none:
      return RowTypes{};
    case RowShape::Columns::any:
      return std::nullopt;
    case RowShape::Columns::input:
      return input_columns(node, shape);
    case RowShape::Columns::accumulators:
      return accumulators(node, shape.path);
    case RowShape::Columns::key:
      return key == nullptr ? std::nullopt : columns(node, *key, nullptr);
    case RowShape::Columns::sink:
      break;
  }
  if (!node.table || node.table->columns.empty())
    return std::nullopt;
  RowTypes types;
  for (const PlanColumn& column : node.table->columns)
    types.types.push_back(column.type);
  return types;
}

std::optional<RowTypes> PlanRowTypes::input_columns(const PlanNode& node, const RowShape& shape) const {
  const PlanNode* from = input(node, shape.input);
  if (from == nullptr || !from->output_known)
    return std::nullopt;
  RowTypes types;
  if (shape.path.empty()) {
    for (const PlanColumn& column : from->output)
      types.types.push_back(column.type);
    return types;
  }
  std::optional<std::vector<std::size_t>> indices = node.indices(shape.path);
  if (shape.smallest) {
    const auto lists = index_lists(node, shape.path);
    const auto smallest = std::ranges::min_element(lists, {}, &std::vector<std::size_t>::size);
    indices = smallest == lists.end() ? std::nullopt : std::optional(*smallest);
  }
  if (!indices || std::ranges::any_of(*indices, [&](std::size_t index) { return index >= from->output.size(); }))
    return std::nullopt;
  for (const std::size_t index : *indices)
    types.types.push_back(from->output[index].type);
  return types;
}

RowTypes PlanRowTypes::accumulators(const PlanNode& node, const std::string& calls) const {
  RowTypes row{.is_accumulator = true};
  if (node.value(calls + ".#") == nullptr)
    return {.open_ended = true, .is_accumulator = true};
  for (std::size_t i = 0; node.value(fmt::format("{}.{}.argList.#", calls, i)) != nullptr; ++i) {
    const std::string call = fmt::format("{}.{}", calls, i);
    const std::string* function = node.value(call + ".internalName");
    if (function == nullptr) {
      row.types.emplace_back();  // A function of the user's has an accumulator of its own, in one column.
      continue;
    }
    const SqlAggregate* known = table_.find_aggregate(function_name(*function));
    const std::string* type = node.value(call + ".type");
    if (known == nullptr || type == nullptr) {
      row.open_ended = true;
      return row;
    }
    const std::string result = nullable(normal_type_text(*type));
    const auto plain = column_types(known->columns, result);
    const auto retracting = column_types(known->retracting_columns, result);
    const std::optional<bool> retraction = retracts(node, calls, i);
    const auto columns = retraction ? (*retraction ? retracting : plain) : common_columns(plain, retracting);
    std::ranges::copy(columns, std::back_inserter(row.types));
    if (!retraction && plain.size() != retracting.size()) {
      row.open_ended = true;
      return row;
    }
  }
  return row;
}

std::optional<std::string> PlanRowTypes::value(const PlanNode& node, const std::string& name) const {
  if (const auto path = after(name, "time of ")) {
    const std::string* text = node.value(*path);
    const PlanNode* from = input(node, 0);
    std::size_t index = 0;
    if (text == nullptr || from == nullptr || !from->output_known ||
        std::from_chars(text->data(), text->data() + text->size(), index).ec != std::errc{} ||
        index >= from->output.size())
      return std::nullopt;
    return from->output[index].time_attribute;
  }
  if (const auto paths = after(name, "unique key of ")) {
    const std::size_t split = paths->find(" in ");
    return split == std::string::npos ? std::nullopt
                                      : unique_key(node, paths->substr(0, split), paths->substr(split + 4));
  }
  if (name == "rank range")
    return rank_range(node);
  if (name == "first sort column") {
    const std::string* ascending = node.value("orderBy.fields.0.isAscending");
    const std::string* fields = node.value("orderBy.fields.#");
    const bool one = fields != nullptr && *fields == "1" && ascending != nullptr && *ascending == "true";
    const auto time = one ? value(node, "time of orderBy.fields.0.index") : std::optional<std::string>("");
    return time ? std::optional<std::string>(*time == "PROCTIME" ? "ascending proctime" : "other") : std::nullopt;
  }
  const std::string* text = node.value(name);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

}  // namespace preflight
