#pragma once

// Private to the listings of what changed between two savepoints, or between two releases of Flink's API.

#include <string_view>
#include <vector>

#include "json_writer.h"
#include "savepoint_changes.h"
#include "text_page.h"

namespace preflight {

/// The sign before an entry of a listing.
struct ChangeMark {
  std::string_view sign;
  Ink ink;
};
ChangeMark mark_of(ChangeKind kind);

/// Writes the field "values": what differs, before and after; null where one side has nothing.
void write_values(JsonWriter& json, const std::vector<ValueChange>& values);

}  // namespace preflight
