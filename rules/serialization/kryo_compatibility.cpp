#include <fmt/format.h>

#include <algorithm>

#include "serialization/kryo_values.h"
#include "serialization/schema_comparer.h"

namespace preflight {
namespace {

/// LinkedOptionalMap: the old entries keep their numbers, where the new ones do not begin with them a new serializer is
/// made of both.
bool starts_with(const std::vector<std::string>& now, const std::vector<std::string>& was) {
  return was.size() <= now.size() && std::equal(was.begin(), was.end(), now.begin());
}

}  // namespace

SchemaComparison compare_kryo(const SchemaComparer& comparer, const SerializerSnapshot& before,
                              const SerializerSnapshot& after, const SchemaPlace& place) {
  const std::string* was = string_parameter(before, "class");
  const std::string* is = string_parameter(after, "class");
  if (was == nullptr || is == nullptr)
    return answer(SchemaAnswer::unknown, place, fmt::format("the class of {} is not known", place.subject));
  if (*was != *is)
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("{} was {} and now is {}, both through Kryo", place.subject, *was, *is));
  const bool in_order = starts_with(list_parameter(after, "registrations"), list_parameter(before, "registrations")) &&
                        starts_with(list_parameter(after, "default_serializer_types"),
                                    list_parameter(before, "default_serializer_types"));
  SchemaComparison result = answer(in_order ? SchemaAnswer::as_is : SchemaAnswer::reconfigured, place);
  join(result, KryoValues(comparer, before, after, place).compare(*was));
  return result;
}

SchemaComparison SchemaComparer::reread(const SerializerSnapshot& before, const SchemaPlace& place) const {
  SchemaComparison result = answer(SchemaAnswer::as_is, place);
  for_each_snapshot(before, place.path, [&](const SerializerSnapshot& part, const std::string& path) {
    const SchemaPlace part_place{path, place.subject};
    if (part.serializer == "KryoSerializer")
      join(result, compare_kryo(*this, part, part, part_place));
    else if (is_own_serializer(part))
      join(result, compare_own(*this, part, part, part_place));
  });
  return result;
}

}  // namespace preflight
