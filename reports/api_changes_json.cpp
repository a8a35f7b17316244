#include "api_listing.h"
#include "change_marks.h"
#include "java_source.h"

namespace preflight {
namespace {

void write_member(JsonWriter& json, const ApiMemberChange& change, const std::string& owner) {
  const ApiMember& member = change.member();
  json.begin_object();
  json.field("change", to_string(change.change));
  json.field("kind", member.kind == ApiMember::Kind::field ? "field" : "method");
  json.field("name", std::string(member.name));
  json.field("descriptor", std::string(member.descriptor));
  json.field("declaration", java_declaration(member, owner, NameLength::full));
  json.field("deprecated", member.deprecated);
  json.field_or_null("inherited_from", change.inherited_from);
  write_values(json, change.values);
  json.end_object();
}

void write_class(JsonWriter& json, const ApiClassChange& change) {
  json.begin_object();
  json.field("change", to_string(change.change));
  json.field("name", change.name);
  json.field("module", change.module);
  json.field("was_deprecated", change.deprecated);
  write_values(json, change.values);
  json.begin_array("members");
  for (const ApiMemberChange& member : change.members)
    write_member(json, member, change.name);
  json.end_array();
  json.end_object();
}

}  // namespace

void write_api_changes_json(const ApiChanges& changes, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.field("line", changes.line);
  json.field("before", changes.before);
  json.field("after", changes.after);
  json.field("unchanged_classes", changes.unchanged_classes);
  json.begin_array("classes");
  for (const ApiClassChange& change : changes.classes)
    write_class(json, change);
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
