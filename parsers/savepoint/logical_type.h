#pragma once

#include <optional>
#include <string>

#include "savepoint/java_stream.h"

namespace preflight {

/// A serialized org.apache.flink.table.types.logical.LogicalType as SQL text, "ROW<`id` BIGINT NOT NULL, `name`
/// STRING>", written the way LogicalType#asSummaryString does; a DataType as its logical type. A class that is no type
/// of Flink's is written by its name. nullopt where the text would be longer or deeper than any real type (the object
/// graph of a hostile stream may share nodes or be cyclic).
std::optional<std::string> logical_type_text(const JavaStream& stream);

}  // namespace preflight
