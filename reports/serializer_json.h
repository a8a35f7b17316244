#pragma once

#include <optional>

#include "json_writer.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

/// A serializer tree: snapshot_class, serializer, version, parameters, nested, fields.
void write_tree(JsonWriter& json, const SerializerSnapshot& snapshot);

/// The same under a key, which is left out where there is no serializer.
void write_tree_if_known(JsonWriter& json, const char* key, const std::optional<SerializerSnapshot>& snapshot);

}  // namespace preflight
