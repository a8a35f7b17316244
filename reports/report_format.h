#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "text_report.h"

namespace preflight {

/// A form that a report can be written in.
struct ReportFormat {
  const char* name;  ///< As --format takes it.
  void (*write)(const Report& report, const TextStyle& style, std::ostream& out);
};

/// Every format there is, text first.
std::span<const ReportFormat> report_formats();
/// nullptr where there is none of that name.
const ReportFormat* find_report_format(const std::string& name);

}  // namespace preflight
