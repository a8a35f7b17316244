#pragma once

#include <sstream>
#include <string>

#include "html_report.h"
#include "json_report.h"
#include "savepoint_listing.h"
#include "text_report.h"

namespace preflight {

// What each writer writes, as a string.

inline std::string text_of(const Report& report, const TextStyle& style) {
  std::ostringstream out;
  write_text(report, style, out);
  return out.str();
}

inline std::string json_of(const Report& report) {
  std::ostringstream out;
  write_json(report, out);
  return out.str();
}

inline std::string html_of(const Report& report) {
  std::ostringstream out;
  write_html(report, out);
  return out.str();
}

inline std::string text_of(const Savepoint& savepoint, const TextStyle& style) {
  std::ostringstream out;
  write_savepoint_text(savepoint, style, out);
  return out.str();
}

inline std::string json_of(const Savepoint& savepoint) {
  std::ostringstream out;
  write_savepoint_json(savepoint, out);
  return out.str();
}

}  // namespace preflight
