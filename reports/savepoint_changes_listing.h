#pragma once

#include <iosfwd>
#include <string>

#include "savepoint_changes.h"
#include "text_report.h"

namespace preflight {

/// The two savepoints as the reader named them.
struct ComparedPaths {
  std::string before;
  std::string after;
};

/// `inspect savepoint A --against B`: what differs, operator by operator.
void write_savepoint_changes_text(const SavepointChanges& changes, const ComparedPaths& paths, const TextStyle& style,
                                  std::ostream& out);

/// The same with --format json.
void write_savepoint_changes_json(const SavepointChanges& changes, const ComparedPaths& paths, std::ostream& out);

}  // namespace preflight
