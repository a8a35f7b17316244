#include "json_writer.h"
#include "savepoint_listing.h"
#include "savepoint_wording.h"
#include "serializer_json.h"

namespace preflight {
namespace {

void write_state(JsonWriter& json, const State& state) {
  json.begin_object();
  json.field("name", state.name);
  json.field("kind", to_string(state.kind));
  json.field_or_null("backend_state_type", state.backend_state_type);
  json.begin_object("serializers");
  write_tree_if_known(json, "key", state.key);
  write_tree_if_known(json, "namespace", state.namespace_serializer);
  write_tree_if_known(json, "value", state.value);
  write_tree_if_known(json, "element", state.element);
  for (const auto& [name, serializer] : state.other_serializers) {
    json.key(name);
    write_tree(json, serializer);
  }
  json.end_object();
  json.begin_object("options");
  for (const auto& [name, value] : state.options)
    json.field(name, value);
  json.end_object();
  json.field("differs_between_subtasks", state.differs_between_subtasks);
  json.end_object();
}

void write_operator(JsonWriter& json, const OperatorState& state) {
  json.begin_object();
  json.field("operator_id", state.id.hex());
  json.field("uid", state.uid);
  json.field("name", state.name);
  json.field("parallelism", state.parallelism);
  json.field("max_parallelism", state.max_parallelism);
  json.field("subtasks_with_state", state.subtasks_with_state);
  json.field("finished_subtasks", state.finished_subtasks);
  json.field("fully_finished", state.fully_finished);
  json.field("has_channel_state", state.has_channel_state);
  if (state.coordinator_state_bytes)
    json.field("coordinator_state_bytes", *state.coordinator_state_bytes);
  else
    json.null_field("coordinator_state_bytes");
  json.key("key_serializer");
  if (state.key_serializer)
    write_tree(json, *state.key_serializer);
  else
    json.null();
  json.begin_array("states");
  for (const State& one : state.states)
    write_state(json, one);
  json.end_array();
  json.field("state_bytes", state.state_bytes);
  json.field("unread", state.unread);
  json.end_object();
}

void write_properties(JsonWriter& json, const std::optional<CheckpointProperties>& properties) {
  if (!properties) {
    json.null_field("properties");
    return;
  }
  json.begin_object("properties");
  json.field("type", properties->type);
  json.field_or_null("format", properties->format);
  json.begin_object("flags");
  for (const auto& [name, value] : properties->flags)
    json.field(name, value);
  json.end_object();
  json.end_object();
}

}  // namespace

void write_savepoint_json(const Savepoint& savepoint, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("metadata_path", savepoint.metadata_path.string());
  json.field("metadata_version", savepoint.metadata_version);
  json.field("checkpoint_id", savepoint.checkpoint_id);
  json.field("flink_versions_that_write_it", writers_text(savepoint.metadata_version));
  write_properties(json, savepoint.properties);
  json.field("backends", savepoint.backends);
  json.begin_array("master_states");
  for (const MasterState& state : savepoint.master_states) {
    json.begin_object();
    json.field("name", state.name);
    json.field("version", state.version);
    json.field("bytes", state.bytes);
    json.end_object();
  }
  json.end_array();
  json.begin_array("operators");
  for (const OperatorState& state : savepoint.operators)
    write_operator(json, state);
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
