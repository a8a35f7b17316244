#include "rollback_sections.h"

namespace preflight {

void write_rollback(JsonWriter& json, const RollbackReadiness& rollback) {
  json.begin_object("rollback");
  json.field("verdict", to_string(rollback.verdict));
  json.field("sentence", rollback.sentence);
  json.field("snapshot", rollback.snapshot);
  json.field("steps", rollback.steps);
  json.field("commands", rollback.commands);
  json.field("loses", rollback.loses);
  json.field("missing", rollback.missing);
  json.begin_array("locations");
  for (const Location& location : rollback.locations) {
    json.begin_object();
    json.field("path", location.path);
    if (location.line)
      json.field("line", *location.line);
    json.end_object();
  }
  json.end_array();
  json.field("sources", rollback.sources);
  json.end_object();
}

}  // namespace preflight
