#pragma once

#include "json_writer.h"
#include "savepoint_changes_listing.h"

namespace preflight {

/// The members of an object that holds changes: before, after, unchanged_operators, values, operators.
void write_changes(JsonWriter& json, const SavepointChanges& changes, const ComparedPaths& paths);

}  // namespace preflight
