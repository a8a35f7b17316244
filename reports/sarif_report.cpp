#include "sarif_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "finding_place.h"
#include "json_writer.h"
#include "report_wording.h"
#include "rule.h"
#include "unicode_text.h"

namespace preflight {
namespace {

/// "uid-used-twice" as "UidUsedTwice", the form that SARIF asks of a rule's name.
std::string pascal_case(std::string_view id) {
  std::string name;
  bool start = true;
  for (const char c : id) {
    if (c != '-')
      name += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    start = c == '-';
  }
  return name;
}

void write_message(JsonWriter& json, std::string_view name, const std::string& text) {
  json.begin_object(name);
  json.field("text", text);
  json.end_object();
}

/// The rules that have findings, each once, in the order of their first finding: results refer to them by index.
std::vector<std::string> rules_with_findings(const Report& report) {
  std::vector<std::string> ids;
  for (const Finding& finding : report.assessment.findings)
    if (std::ranges::find(ids, finding.rule) == ids.end())
      ids.push_back(finding.rule);
  return ids;
}

void write_rule(JsonWriter& json, const std::string& id) {
  json.begin_object();
  json.field("id", id);
  json.field("name", pascal_case(id));
  if (const Rule* rule = find_rule(id); rule != nullptr) {
    write_message(json, "shortDescription", rule->title);
    write_message(json, "fullDescription", rule->rationale);
    json.begin_object("help");
    json.field("text", fmt::format("{}\n\n{}", rule->rationale, rule->remedy));
    json.field("markdown", fmt::format("{}\n\n**What to do:** {}", rule->rationale, rule->remedy));
    json.end_object();
    json.begin_object("defaultConfiguration");
    json.field("level", annotation_level(rule->severity, "note"));
    json.end_object();
    json.begin_object("properties");
    json.field("severity", to_string(rule->severity));
    json.end_object();
  }
  json.end_object();
}

void write_tool(JsonWriter& json, const Report& report, const std::vector<std::string>& rules) {
  json.begin_object("tool");
  json.begin_object("driver");
  json.field("name", "flink-preflight");
  json.field("version", report.tool_version);
  json.begin_object("properties");
  json.field("table_version", report.table_version);
  json.end_object();
  json.begin_array("rules");
  for (const std::string& id : rules)
    write_rule(json, id);
  json.end_array();
  json.end_object();
  json.end_object();
}

void write_location(JsonWriter& json, const Location& place) {
  json.begin_object();
  json.begin_object("physicalLocation");
  json.begin_object("artifactLocation");
  json.field("uri", uri_of(place.path));
  json.end_object();
  if (place.line && *place.line > 0) {
    json.begin_object("region");
    json.field("startLine", *place.line);
    json.end_object();
  }
  json.end_object();
  if (!place.entry.empty()) {
    json.begin_array("logicalLocations");
    json.begin_object();
    json.field("fullyQualifiedName", place.entry);
    json.field("kind", "resource");
    json.end_object();
    json.end_array();
  }
  json.end_object();
}

void write_result(JsonWriter& json, const Report& report, const Finding& finding, std::size_t rule_index) {
  json.begin_object();
  json.field("ruleId", finding.rule);
  json.field("ruleIndex", rule_index);
  json.field("level", annotation_level(finding.severity, "note"));
  write_message(json, "message", visible_text(finding.title) + "\n\n" + explanation_of(finding));
  json.begin_array("locations");
  if (const Location place = shown_place(report, finding); !place.path.empty())
    write_location(json, place);
  json.end_array();
  if (finding.waiver) {
    json.begin_array("suppressions");
    json.begin_object();
    json.field("kind", "external");
    json.field("justification", visible_text(waiver_text(finding)));
    json.end_object();
    json.end_array();
  }
  if (finding.baseline != BaselineState::none)
    json.field("baselineState", finding.baseline == BaselineState::new_ ? "new" : "unchanged");
  json.begin_object("partialFingerprints");
  json.field("flinkPreflight/v1", fingerprint(finding));
  json.end_object();
  json.begin_object("properties");
  json.field("severity", to_string(finding.severity));
  json.field("subject_kind", to_string(finding.subject.kind));
  json.field("subject", finding.subject.name);
  json.field("sources", finding.sources);
  json.end_object();
  json.end_object();
}

void write_notification(JsonWriter& json, const char* level, const std::string& text) {
  json.begin_object();
  json.field("level", level);
  write_message(json, "message", text);
  json.end_object();
}

void write_invocation(JsonWriter& json, const Report& report) {
  json.begin_object();
  json.field("executionSuccessful", true);
  json.begin_array("toolExecutionNotifications");
  for (const Unknown& unknown : report.assessment.unknowns)
    write_notification(json, "warning",
                       fmt::format("{}: {}", visible_text(unknown.what), visible_text(unknown.reason)));
  for (const SkippedRule& skipped : report.assessment.skipped)
    write_notification(json, "note", fmt::format("{} was not run: {}", skipped.rule, visible_text(skipped.reason)));
  json.end_array();
  json.begin_object("properties");
  json.field("verdict", to_string(report.assessment.verdict));
  json.field("restore", to_string(report.assessment.restore.outcome));
  json.field("rollback", to_string(report.assessment.rollback.verdict));
  json.field_unless_empty("rollback_sentence", report.assessment.rollback.sentence);
  json.field("gate_failed", report.gate_failed);
  json.field("gate", report.gate);
  json.end_object();
  json.end_object();
}

}  // namespace

void write_sarif(const Report& report, std::ostream& out) {
  const std::vector<std::string> rules = rules_with_findings(report);
  JsonWriter json;
  json.begin_object();
  json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.field("version", "2.1.0");
  json.begin_array("runs");
  json.begin_object();
  write_tool(json, report, rules);
  json.begin_array("invocations");
  write_invocation(json, report);
  json.end_array();
  json.field("columnKind", "unicodeCodePoints");
  json.begin_array("results");
  for (const Finding& finding : report.assessment.findings) {
    const auto rule = std::ranges::find(rules, finding.rule);
    write_result(json, report, finding, static_cast<std::size_t>(rule - rules.begin()));
  }
  json.end_array();
  json.end_object();
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
