#include "json_writer.h"
#include "rule_needs.h"
#include "rules_listing.h"
#include "table_wording.h"

namespace preflight {
namespace {

void write_fields(JsonWriter& json, const Rule& rule) {
  json.begin_object();
  json.field("id", rule.id);
  json.field("severity", to_string(rule.severity));
  json.field("title", rule.title);
  json.field("rationale", rule.rationale);
  json.field("remedy", rule.remedy);
  json.begin_array("needs");
  for (const NeededInput& input : needed_inputs(rule.needs)) {
    json.begin_object();
    json.field("one_of", std::vector<std::string>(input.begin(), input.end()));
    json.end_object();
  }
  json.end_array();
  json.field("fires", rule.fires);
  json.field("does_not_fire", rule.does_not_fire);
  json.field("sources", std::vector<std::string>(rule.sources.begin(), rule.sources.end()));
  json.end_object();
}

}  // namespace

void write_rules_json(std::span<const Rule> rules, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.begin_array("rules");
  for (const Rule& rule : rules)
    write_fields(json, rule);
  json.end_array();
  json.end_object();
  json.write_to(out);
}

void write_rule_json(const Rule& rule, std::ostream& out) {
  JsonWriter json;
  write_fields(json, rule);
  json.write_to(out);
}

void write_table_summary_json(const TableSummary& summary, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("table_version", summary.version);
  json.field_or_null("date", summary.date ? date_text(*summary.date) : "");
  json.field("older_than_six_months", summary.old);
  json.begin_array("releases");
  for (const FlinkVersion& release : summary.releases)
    json.value(release.minor_text());
  json.end_array();
  json.field("api_releases", summary.api_releases);
  json.begin_array("files");
  for (const TableFile& file : summary.files) {
    json.begin_object();
    json.field("name", file.name);
    json.field("path", file.path);
    json.field("rows", file.rows);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
