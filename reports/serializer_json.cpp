#include "serializer_json.h"

#include <variant>

namespace preflight {
namespace {

void write_parameter(JsonWriter& json, const SnapshotParameter& parameter) {
  std::visit([&](const auto& value) { json.field(parameter.name, value); }, parameter.value);
}

}  // namespace

void write_tree(JsonWriter& json, const SerializerSnapshot& snapshot) {
  json.begin_object();
  json.field("snapshot_class", snapshot.snapshot_class);
  json.field("serializer", snapshot.serializer);
  json.field("version", snapshot.version);
  json.begin_object("parameters");
  for (const SnapshotParameter& parameter : snapshot.parameters)
    write_parameter(json, parameter);
  json.end_object();
  json.begin_array("nested");
  for (const SerializerSnapshot& nested : snapshot.nested)
    write_tree(json, nested);
  json.end_array();
  if (!snapshot.fields.empty()) {
    json.begin_array("fields");
    for (const SerializerField& field : snapshot.fields) {
      json.begin_object();
      json.field("name", field.name);
      json.field_or_null("declaring_class", field.declaring_class);
      json.key("serializer");
      if (field.serializer.empty())
        json.null();
      else
        write_tree(json, field.serializer.front());
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void write_tree_if_known(JsonWriter& json, const char* key, const std::optional<SerializerSnapshot>& snapshot) {
  if (!snapshot)
    return;
  json.key(key);
  write_tree(json, *snapshot);
}

}  // namespace preflight
