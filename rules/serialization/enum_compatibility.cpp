#include <fmt/format.h>

#include <algorithm>

#include "serialization/schema_comparer.h"

namespace preflight {
namespace {

/// Of both kinds of enum: another class is another type. Nothing where the class is the same.
std::optional<SchemaComparison> compare_classes(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                                const SchemaPlace& place) {
  const std::string* was = string_parameter(before, "class");
  const std::string* is = string_parameter(after, "class");
  if (was == nullptr || is == nullptr)
    return answer(SchemaAnswer::unknown, place, fmt::format("the enum of {} is not known", place.subject));
  if (*was != *is)
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("{} was of the enum {} and now is of {}", place.subject, *was, *is));
  return std::nullopt;
}

}  // namespace

SchemaComparison compare_enums(const SerializerSnapshot& before, const SerializerSnapshot& after,
                               const SchemaPlace& place) {
  if (auto other_class = compare_classes(before, after, place))
    return *std::move(other_class);
  const std::vector<std::string>& was = list_parameter(before, "constants");
  const std::vector<std::string>& is = list_parameter(after, "constants");
  for (const std::string& constant : was)
    if (std::ranges::find(is, constant) == is.end())
      return answer(SchemaAnswer::unreadable, place,
                    fmt::format("the enum {} no longer has the constant {}, which the savepoint names",
                                *string_parameter(after, "class"), constant));
  // Flink keeps the numbers of the old constants and gives new ones the next.
  return answer(was == is ? SchemaAnswer::as_is : SchemaAnswer::reconfigured, place);
}

SchemaComparison compare_scala_enums(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                     const SchemaPlace& place) {
  if (auto other_class = compare_classes(before, after, place))
    return *std::move(other_class);
  const std::vector<std::string>& was = list_parameter(before, "constants");
  const std::vector<std::string>& is = list_parameter(after, "constants");
  // Unlike a Java enum's, the numbers are those of the declaration: each old one must still stand for the same name.
  if (was.size() > is.size() || !std::equal(was.begin(), was.end(), is.begin()))
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("the values of the Scala enumeration {} moved; new ones may only be added at the end",
                              *string_parameter(after, "class")));
  return answer(SchemaAnswer::as_is, place);
}

}  // namespace preflight
