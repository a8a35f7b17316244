#include "savepoint_changes_json.h"

#include "change_marks.h"

namespace preflight {
namespace {

void write_state(JsonWriter& json, const StateChange& state) {
  json.begin_object();
  json.field("name", state.name);
  json.field("kind", to_string(state.kind));
  json.field("change", to_string(state.change));
  write_values(json, state.values);
  json.end_object();
}

void write_operator(JsonWriter& json, const OperatorChange& change) {
  json.begin_object();
  json.field("operator_id", change.id.hex());
  json.field("uid", change.uid);
  json.field("name", change.name);
  json.field("change", to_string(change.change));
  json.field("state_bytes_before", change.bytes_before);
  json.field("state_bytes_after", change.bytes_after);
  write_values(json, change.values);
  json.begin_array("states");
  for (const StateChange& state : change.states)
    write_state(json, state);
  json.end_array();
  json.end_object();
}

}  // namespace

void write_changes(JsonWriter& json, const SavepointChanges& changes, const ComparedPaths& paths) {
  json.field("before", paths.before);
  json.field("after", paths.after);
  json.field("unchanged_operators", changes.unchanged_operators);
  write_values(json, changes.values);
  json.begin_array("operators");
  for (const OperatorChange& change : changes.operators)
    write_operator(json, change);
  json.end_array();
}

void write_savepoint_changes_json(const SavepointChanges& changes, const ComparedPaths& paths, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  write_changes(json, changes, paths);
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
