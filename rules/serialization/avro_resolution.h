#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// What Avro makes of values of one schema when it reads them with another.
struct AvroResolution {
  enum class Outcome {
    equal,         ///< The schemas are the same to Avro (Schema#equals): documentation and aliases do not count.
    readable,      ///< Schema resolution reads the old values.
    not_readable,  ///< SchemaCompatibility says INCOMPATIBLE.
    unknown,       ///< One of the two is not a schema.
  };
  Outcome outcome = Outcome::unknown;
  std::string reason;             ///< Of not_readable and unknown.
  std::vector<std::string> lost;  ///< Fields of the writer that the reader does not have: "visits", "order.note".
};

/// Schema resolution of the Avro specification as org.apache.avro.SchemaCompatibility decides it. Both are JSON.
AvroResolution resolve_avro(std::string_view writer, std::string_view reader);

}  // namespace preflight
