#include "json_report.h"

#include "json_writer.h"
#include "rollback_sections.h"

namespace preflight {
namespace {

void write_subject(JsonWriter& json, const Subject& subject) {
  json.begin_object("subject");
  json.field("kind", to_string(subject.kind));
  json.field("name", subject.name);
  json.field_unless_empty("operator_id", subject.operator_id);
  json.field_unless_empty("uid", subject.uid);
  json.field_unless_empty("state", subject.state);
  json.field_unless_empty("class", subject.class_name);
  json.field_unless_empty("coordinates", subject.coordinates);
  json.end_object();
}

void write_location(JsonWriter& json, const Location& location) {
  if (location.path.empty()) {
    json.null_field("location");
    return;
  }
  json.begin_object("location");
  json.field("path", location.path);
  if (location.line)
    json.field("line", *location.line);
  json.field_unless_empty("entry", location.entry);
  json.end_object();
}

void write_edits(JsonWriter& json, const Finding& finding) {
  json.begin_array("edits");
  for (const PomEdit& edit : finding.edits) {
    json.begin_object();
    json.field("path", edit.path);
    json.field("line", edit.line);
    json.field("element", edit.element);
    json.field("before", edit.before);
    json.field("after", edit.after);
    json.end_object();
  }
  json.end_array();
  json.field_unless_empty("no_edits_because", finding.no_edits_because);
}

void write_waiver(JsonWriter& json, const std::optional<Waiver>& waiver) {
  if (!waiver) {
    json.null_field("waiver");
    return;
  }
  json.begin_object("waiver");
  json.field("reason", waiver->reason);
  json.field_or_null("approved_by", waiver->approved_by);
  json.field_or_null("expires", waiver->expires);
  json.end_object();
}

void write_baseline(JsonWriter& json, BaselineState state) {
  if (state == BaselineState::none)
    json.null_field("baseline");
  else
    json.field("baseline", state == BaselineState::new_ ? "new" : "unchanged");
}

void write_finding(JsonWriter& json, const Finding& finding) {
  json.begin_object();
  json.field("rule", finding.rule);
  json.field("severity", to_string(finding.severity));
  json.field("title", finding.title);
  json.field("message", finding.message);
  json.field("remedy", finding.remedy);
  json.field("evidence", finding.evidence);
  json.field("sources", finding.sources);
  write_subject(json, finding.subject);
  write_location(json, finding.location);
  write_edits(json, finding);
  json.field("fingerprint", fingerprint(finding));
  write_waiver(json, finding.waiver);
  write_baseline(json, finding.baseline);
  json.end_object();
}

void write_state(JsonWriter& json, const StatePrediction& state) {
  json.begin_object();
  json.field("name", state.name);
  json.field("kind", to_string(state.kind));
  json.field("outcome", to_string(state.outcome));
  json.field("serializer_before", state.serializer_before);
  json.field("serializer_after", state.serializer_after);
  json.field("reason", state.reason);
  json.end_object();
}

void write_operator(JsonWriter& json, const OperatorPrediction& prediction) {
  json.begin_object();
  json.field("operator_id", prediction.id.hex());
  json.field("uid", prediction.uid);
  json.field("name", prediction.name);
  json.field("parallelism", prediction.parallelism);
  json.field("max_parallelism", prediction.max_parallelism);
  json.field("outcome", to_string(prediction.outcome));
  json.field("reason", prediction.reason);
  json.begin_array("states");
  for (const StatePrediction& state : prediction.states)
    write_state(json, state);
  json.end_array();
  json.end_object();
}

void write_restore(JsonWriter& json, const RestorePrediction& restore) {
  json.begin_object("restore");
  json.field("outcome", to_string(restore.outcome));
  json.field("reason", restore.reason);
  json.field("allow_non_restored_state", restore.allow_non_restored_state);
  json.begin_array("operators");
  for (const OperatorPrediction& prediction : restore.operators)
    write_operator(json, prediction);
  json.end_array();
  json.end_object();
}

void write_coverage(JsonWriter& json, const Report& report) {
  json.begin_object("coverage");
  json.begin_array("inputs");
  for (const ReportInput& input : report.inputs) {
    json.begin_object();
    json.field("kind", input.kind);
    json.field("path", input.path);
    json.field("bytes", input.bytes);
    json.field_or_null("sha256", input.sha256);
    json.field("summary", input.summary);
    json.end_object();
  }
  json.end_array();
  json.field("rules_run", report.assessment.rules_run);
  json.begin_array("rules_skipped");
  for (const SkippedRule& skipped : report.assessment.skipped) {
    json.begin_object();
    json.field("rule", skipped.rule);
    json.field("reason", skipped.reason);
    json.end_object();
  }
  json.end_array();
  json.begin_array("unknowns");
  for (const Unknown& unknown : report.assessment.unknowns) {
    json.begin_object();
    json.field("what", unknown.what);
    json.field("reason", unknown.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

void write_json(const Report& report, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("schema_version", kReportSchemaVersion);
  json.begin_object("tool");
  json.field("name", "flink-preflight");
  json.field("version", report.tool_version);
  json.field("table_version", report.table_version);
  json.end_object();
  json.begin_object("upgrade");
  json.field("from", report.from);
  json.field("to", report.to);
  json.field("platform", report.platform);
  json.field_or_null("from_how", report.from_how);
  json.end_object();
  json.field("verdict", to_string(report.assessment.verdict));
  json.begin_array("findings");
  for (const Finding& finding : report.assessment.findings)
    write_finding(json, finding);
  json.end_array();
  write_restore(json, report.assessment.restore);
  write_rollback(json, report.assessment.rollback);
  write_coverage(json, report);
  json.begin_object("gate");
  json.field("failed", report.gate_failed);
  json.field("reason", report.gate);
  json.end_object();
  json.begin_array("fixed");
  for (const Finding& finding : report.fixed)
    write_finding(json, finding);
  json.end_array();
  json.field_or_null("configuration", report.configuration);
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
