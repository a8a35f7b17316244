#include "application_listing.h"
#include "json_writer.h"

namespace preflight {
namespace {

void write_counts(JsonWriter& json, const ClassCounts& counts) {
  json.field("application", counts.application);
  json.field("flink", counts.flink);
  json.field("library", counts.library);
}

void write_classes(JsonWriter& json, const ApplicationSummary& summary) {
  json.begin_object("classes");
  write_counts(json, summary.classes);
  json.end_object();
  json.begin_array("java_levels");
  for (const auto& [release, counts] : summary.java_levels) {
    json.begin_object();
    json.field("java", release);
    write_counts(json, counts);
    json.end_object();
  }
  json.end_array();
}

void write_connectors(JsonWriter& json, const ApplicationSummary& summary) {
  json.begin_array("connectors");
  for (const PackedConnector& connector : summary.connectors) {
    std::vector<std::string> flink;
    for (const FlinkVersion& version : connector.flink)
      flink.push_back(version.minor_text());
    json.begin_object();
    json.field("coordinates", connector.key);
    json.field("name", connector.name);
    json.field_or_null("version", connector.version);
    json.field("flink", flink);
    json.end_object();
  }
  json.end_array();
}

void write_libraries(JsonWriter& json, const ApplicationSummary& summary) {
  json.begin_array("libraries");
  for (const PackedLibrary& library : summary.packing.libraries) {
    json.begin_object();
    json.field("coordinates", library.key());
    json.field_or_null("name", library.known == nullptr ? "" : library.known->name);
    json.field_or_null("version", library.version);
    json.field_or_null("relocated_to", library.relocated_under);
    json.field("classes", library.classes);
    json.field("entries", library.entries);
    json.field_or_null("note", library.note);
    json.end_object();
  }
  json.end_array();
}

void write_flink_use(JsonWriter& json, const ApplicationSummary& summary) {
  json.begin_array("flink_use");
  for (const auto& [package, use] : summary.flink_use) {
    json.begin_object();
    json.field("package", package);
    json.field("classes", use.classes);
    json.field("members", use.members);
    json.end_object();
  }
  json.end_array();
  json.begin_array("uid_calls");
  for (const UidCall& call : summary.uid_calls) {
    json.begin_object();
    json.field("class", call.class_name);
    json.field("method", call.method);
    json.field("uid", call.uid);
    json.end_object();
  }
  json.end_array();
}

void write_python(JsonWriter& json, const std::optional<PythonApplication>& python) {
  if (!python) {
    json.null_field("pyflink");
    return;
  }
  json.begin_object("pyflink");
  json.field("entry_scripts", python->entry_scripts);
  json.field_or_null("requirements_entry", python->requirements_entry);
  json.begin_array("requirements");
  for (const PythonRequirement& requirement : python->requirements) {
    json.begin_object();
    json.field("text", requirement.text);
    json.field("line", requirement.line);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_special_classes(JsonWriter& json, const ApplicationSummary& summary) {
  json.begin_array("preview_classes");
  for (const PreviewClass& preview : summary.previews) {
    json.begin_object();
    json.field("entry", preview.entry);
    json.field("java", preview.java);
    json.end_object();
  }
  json.end_array();
  json.field("module_descriptors", summary.modules);
  json.begin_array("shadowed_classes");
  for (const ShadowedClass& shadowed : summary.shadowed) {
    json.begin_object();
    json.field("class", shadowed.name);
    json.field("loaded", shadowed.loaded);
    json.field("shadowed", shadowed.shadowed);
    json.field("copies", shadowed.copies);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_application_json(const ApplicationJar& application, const ApplicationSummary& summary, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("path", application.path.string());
  json.field("bytes", application.file_bytes);
  json.field("entry_class", application.manifest.entry_class());
  json.begin_object("manifest");
  for (const auto& [name, value] : application.manifest.main_attributes)
    json.field(name, value);
  json.end_object();
  json.field("multi_release", application.manifest.multi_release());
  write_python(json, application.python);
  std::vector<std::string> own;
  for (const Coordinates& coordinates : summary.packing.own)
    own.push_back(coordinates.text());
  json.field("own_artifacts", own);
  write_classes(json, summary);
  write_special_classes(json, summary);
  write_connectors(json, summary);
  write_libraries(json, summary);
  write_flink_use(json, summary);
  json.field("nested_jars", application.nested_jars);
  json.field("signature_files", application.signature_files);
  json.field("duplicate_entries", application.duplicate_entries);
  json.field("unsafe_entry_names", application.unsafe_names);
  json.begin_array("unread");
  for (const UnreadEntry& unread : application.unread) {
    json.begin_object();
    json.field("entry", unread.entry);
    json.field("reason", unread.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
