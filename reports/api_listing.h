#pragma once

#include <iosfwd>

#include "api_changes.h"
#include "api_lookup.h"
#include "text_report.h"

namespace preflight {

/// `api lookup`: what a class or member is, and the releases that have it. `lookup` has found something.
void write_api_lookup_text(const ApiLookup& lookup, const TextStyle& style, std::ostream& out);
void write_api_lookup_json(const ApiLookup& lookup, std::ostream& out);

/// `api diff`.
void write_api_changes_text(const ApiChanges& changes, const TextStyle& style, std::ostream& out);
void write_api_changes_json(const ApiChanges& changes, std::ostream& out);

/// `api releases`: the releases that the index knows, by line.
void write_api_releases_text(const ApiIndex& index, const TextStyle& style, std::ostream& out);
void write_api_releases_json(const ApiIndex& index, std::ostream& out);

}  // namespace preflight
