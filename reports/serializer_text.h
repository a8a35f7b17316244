#pragma once

#include <optional>
#include <string>

#include "savepoint/savepoint.h"
#include "text_page.h"

namespace preflight {

/// A serializer tree behind "role: ": on one line where it fits, otherwise a line for each serializer.
void write_serializer(TextPage& page, const std::string& indent, const std::string& role,
                      const std::optional<SerializerSnapshot>& snapshot);

/// All that a state has: key, namespace, value, element and others.
void write_serializers(TextPage& page, const std::string& indent, const State& state);

}  // namespace preflight
