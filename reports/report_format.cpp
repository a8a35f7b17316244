#include "report_format.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "github_report.h"
#include "gitlab_report.h"
#include "html_report.h"
#include "json_report.h"
#include "junit_report.h"
#include "markdown_report.h"
#include "sarif_report.h"

namespace preflight {
namespace {

/// A writer that no style changes.
template <void (*Write)(const Report&, std::ostream&)>
void write_plain(const Report& report, const TextStyle& /*style*/, std::ostream& out) {
  Write(report, out);
}

constexpr std::array<ReportFormat, 8> kFormats{{
    {"text", write_text},
    {"json", write_plain<write_json>},
    {"html", write_plain<write_html>},
    {"markdown", write_plain<write_markdown>},
    {"sarif", write_plain<write_sarif>},
    {"junit", write_plain<write_junit>},
    {"github", write_plain<write_github>},
    {"gitlab", write_plain<write_gitlab>},
}};

}  // namespace

std::span<const ReportFormat> report_formats() {
  return kFormats;
}

const ReportFormat* find_report_format(const std::string& name) {
  const auto format = std::ranges::find(kFormats, std::string_view(name),
                                        [](const ReportFormat& f) { return std::string_view(f.name); });
  return format == kFormats.end() ? nullptr : &*format;
}

}  // namespace preflight
