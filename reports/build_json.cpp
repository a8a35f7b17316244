#include "build_listing.h"
#include "json_writer.h"

namespace preflight {
namespace {

const char* kind_name(BuildKind kind) {
  switch (kind) {
    case BuildKind::gradle_lockfile:
      return "gradle-lockfile";
    case BuildKind::gradle_catalog:
      return "gradle-catalog";
    case BuildKind::gradle_script:
      return "gradle-script";
    case BuildKind::python_requirements:
      return "python-requirements";
    case BuildKind::python_project:
      return "python-project";
    case BuildKind::cyclonedx_sbom:
      return "cyclonedx-sbom";
  }
  return "";
}

void write_dependency(JsonWriter& json, const BuildDependency& dependency) {
  json.begin_object();
  json.field_or_null("groupId", dependency.coordinates.group);
  json.field("artifactId", dependency.coordinates.artifact);
  json.field_or_null("version", dependency.coordinates.version);
  json.field_or_null("version_text", dependency.version_text);
  json.field_or_null("scope", dependency.scope);
  if (dependency.line > 0)
    json.field("line", dependency.line);
  else
    json.null_field("line");
  json.field_or_null("unknown", dependency.unknown);
  json.end_object();
}

}  // namespace

void write_build_json(const DeclaredBuild& build, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("path", build.path.string());
  json.field("kind", kind_name(build.kind));
  json.begin_array("dependencies");
  for (const BuildDependency& dependency : build.dependencies)
    write_dependency(json, dependency);
  json.end_array();
  json.field("unknowns", build.unknowns);
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
