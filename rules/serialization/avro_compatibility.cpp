#include <fmt/format.h>

#include "serialization/avro_resolution.h"
#include "serialization/schema_comparer.h"

namespace preflight {

SchemaComparison compare_avro(const SerializerSnapshot& before, const SerializerSnapshot& after,
                              const SchemaPlace& place) {
  const std::string* writer = string_parameter(before, "schema");
  const std::string* reader = string_parameter(after, "schema");
  if (writer == nullptr || reader == nullptr)
    return answer(SchemaAnswer::unknown, place, fmt::format("the Avro schema of {} is not known", place.subject));
  AvroResolution resolved = resolve_avro(*writer, *reader);
  const std::string* class_name = string_parameter(after, "class");
  const std::string record = class_name == nullptr ? "the Avro record" : *class_name;
  switch (resolved.outcome) {
    case AvroResolution::Outcome::equal:
      return answer(SchemaAnswer::as_is, place);
    case AvroResolution::Outcome::readable: {
      SchemaComparison result = answer(SchemaAnswer::after_migration, place,
                                       fmt::format("the Avro schema of {} changes, and reads the old values", record));
      for (const std::string& field : resolved.lost)
        result.lost.push_back(fmt::format("field `{}` of {}", field, record));
      return result;
    }
    case AvroResolution::Outcome::not_readable:
      return answer(SchemaAnswer::incompatible, place,
                    fmt::format("the new Avro schema of {} cannot read the old values: {}", record, resolved.reason));
    case AvroResolution::Outcome::unknown:
      break;
  }
  return answer(SchemaAnswer::unknown, place,
                fmt::format("the Avro schemas of {} could not be compared: {}", record, resolved.reason));
}

}  // namespace preflight
