#include "gitlab_report.h"

#include "finding_place.h"
#include "json_writer.h"
#include "unicode_text.h"

namespace preflight {
namespace {

/// GitLab's words: info, minor, major, critical, blocker.
const char* gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::blocker:
      return "blocker";
    case Severity::high:
      return "critical";
    case Severity::medium:
      return "major";
    case Severity::low:
      return "minor";
    case Severity::info:
      break;
  }
  return "info";
}

void write_entry(JsonWriter& json, const Report& report, const Finding& finding) {
  const Location place = shown_place(report, finding);
  json.begin_object();
  json.field("description", visible_text(finding.title));
  json.field("check_name", finding.rule);
  json.field("fingerprint", fingerprint(finding));
  json.field("severity", finding.waiver ? "info" : gitlab_severity(finding.severity));
  json.begin_object("location");
  json.field("path", place.path.empty() ? std::string("flink-preflight") : visible_text(place.path));
  json.begin_object("lines");
  json.field("begin", place.line.value_or(1));
  json.end_object();
  json.end_object();
  json.begin_object("content");
  json.field("body", explanation_of(finding));
  json.end_object();
  json.end_object();
}

}  // namespace

void write_gitlab(const Report& report, std::ostream& out) {
  JsonWriter json;
  json.begin_array();
  for (const Finding& finding : report.assessment.findings)
    write_entry(json, report, finding);
  json.end_array();
  json.write_to(out);
}

}  // namespace preflight
