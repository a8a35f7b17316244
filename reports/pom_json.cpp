#include "json_writer.h"
#include "pom_listing.h"

namespace preflight {
namespace {

void write_coordinates(JsonWriter& json, const Coordinates& coordinates) {
  json.field("groupId", coordinates.group);
  json.field("artifactId", coordinates.artifact);
  json.field_or_null("version", coordinates.version);
}

void write_place(JsonWriter& json, const char* name, const PomPlace& place) {
  if (place.path.empty()) {
    json.null_field(name);
    return;
  }
  json.begin_object(name);
  json.field("path", place.path.string());
  if (place.line > 0)
    json.field("line", place.line);
  json.end_object();
}

void write_exclusions(JsonWriter& json, const std::vector<Coordinates>& exclusions) {
  std::vector<std::string> texts;
  for (const Coordinates& exclusion : exclusions)
    texts.push_back(exclusion.text());
  json.field("exclusions", texts);
}

void write_dependency(JsonWriter& json, const PomDependency& dependency) {
  json.begin_object();
  write_coordinates(json, dependency.coordinates);
  json.field("type", dependency.type);
  json.field_or_null("classifier", dependency.classifier);
  json.field("scope", dependency.scope);
  json.field("optional", dependency.optional);
  write_exclusions(json, dependency.exclusions);
  write_place(json, "declared", dependency.declared);
  write_place(json, "version_decided", dependency.version_decided);
  json.field_or_null("version_property", dependency.version_property);
  json.field_or_null("version_range", dependency.version_range);
  json.field_or_null("relocated_to", dependency.relocated_to.group.empty() ? "" : dependency.relocated_to.text());
  json.field_or_null("unknown", dependency.unknown);
  if (!dependency.through.empty()) {
    std::vector<std::string> through;
    for (const Coordinates& artifact : dependency.through)
      through.push_back(artifact.text());
    json.field("through", through);
  }
  json.end_object();
}

void write_dependencies(JsonWriter& json, const char* name, const std::vector<PomDependency>& dependencies) {
  json.begin_array(name);
  for (const PomDependency& dependency : dependencies)
    write_dependency(json, dependency);
  json.end_array();
}

void write_project(JsonWriter& json, const PomModel& model) {
  json.begin_object();
  json.field("path", model.path.string());
  json.begin_object("project");
  write_coordinates(json, model.project);
  json.field("packaging", model.packaging);
  json.end_object();
  std::vector<std::string> modules;
  for (const auto& module : model.modules)
    modules.push_back(module.string());
  json.field("modules", modules);
  json.begin_object("properties");
  for (const auto& [name, value] : model.properties)
    json.field(name, value);
  json.end_object();
  write_dependencies(json, "dependencies", model.dependencies);
  if (model.transitive)
    write_dependencies(json, "transitive", *model.transitive);
  else
    json.null_field("transitive");
  json.field("unknowns", model.unknowns);
  json.end_object();
}

}  // namespace

void write_pom_json(const std::vector<PomModel>& projects, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.begin_array("projects");
  for (const PomModel& model : projects)
    write_project(json, model);
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
