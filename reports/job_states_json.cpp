#include "job_states_listing.h"
#include "job_unknowns_json.h"
#include "serializer_json.h"

namespace preflight {
namespace {

void write_notes(JsonWriter& json, const std::vector<SerializerNote>& notes) {
  json.begin_array("notes");
  for (const SerializerNote& note : notes) {
    json.begin_object();
    json.field("where", note.where);
    json.field("class", note.class_name);
    json.field("text", note.text);
    json.end_object();
  }
  json.end_array();
}

void write_place(JsonWriter& json, const CodePlace& place) {
  json.field_or_null("place", place.class_name.empty() ? "" : to_text(place));
}

const char* to_string(JobState::Ttl ttl) {
  switch (ttl) {
    case JobState::Ttl::off:
      return "off";
    case JobState::Ttl::on:
      return "on";
    case JobState::Ttl::unknown:
      return "unknown";
  }
  return "unknown";
}

void write_state(JsonWriter& json, const ExpectedState& expected) {
  json.begin_object();
  const bool named = expected.name_unknown_because.empty();
  json.field("name", named ? std::optional(expected.state.name) : std::nullopt);
  json.field_or_null("name_unknown_because", expected.name_unknown_because);
  json.field("kind", preflight::to_string(expected.state.kind));
  json.field("time_to_live", to_string(expected.ttl));
  json.field("conditional", expected.conditional);
  json.field("lazy", expected.lazy);
  json.field_or_null("payload", expected.payload);
  json.begin_object("serializers");
  write_tree_if_known(json, "key", expected.state.key);
  write_tree_if_known(json, "namespace", expected.state.namespace_serializer);
  write_tree_if_known(json, "value", expected.state.value);
  write_tree_if_known(json, "element", expected.state.element);
  json.end_object();
  write_notes(json, expected.notes);
  write_place(json, expected.place);
  json.end_object();
}

void write_operator(JsonWriter& json, const JobOperator& call, const ExpectedOperator& op) {
  json.begin_object();
  json.field("call", call.call);
  json.field_or_null("function", call.function_class.empty() ? call.function_method : call.function_class);
  write_place(json, call.place);
  std::vector<std::string> ids;
  for (const OperatorId& id : op.ids)
    ids.push_back(id.hex());
  json.field("operator_ids", ids);
  json.field("uids", op.uids);
  json.field("automatic_id", op.id_origin == ExpectedOperator::IdOrigin::automatic);
  json.field_or_null("id_unknown_because", op.id_unknown_because);
  json.field("conditional", call.conditional);
  write_tree_if_known(json, "key_serializer", op.key_serializer);
  write_notes(json, op.key_notes);
  json.begin_array("states");
  for (const ExpectedState& state : op.states)
    write_state(json, state);
  json.end_array();
  json.field_or_null("states_incomplete_because", op.states_incomplete_because);
  json.end_object();
}

}  // namespace

void write_job_states_json(const IdentifiedJob& job, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("entry_class", job.model().entry_class);
  json.field("flink", job.release().minor_text());
  json.begin_array("operators");
  for (const ExpectedOperator& op : job.operators())
    write_operator(json, job.call_of(op), op);
  json.end_array();
  json.field_or_null("incomplete_because", job.model().incomplete_because);
  write_job_unknowns(json, "unknowns", job.model().unknowns);
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
