#include "api_listing.h"
#include "java_source.h"
#include "json_writer.h"

namespace preflight {
namespace {

void write_periods(JsonWriter& json, const std::vector<ApiPeriod>& periods) {
  json.begin_array("periods");
  for (const ApiPeriod& period : periods) {
    json.begin_object();
    json.field("line", period.line);
    json.field("since", period.since);
    json.field("since_the_oldest", period.since_the_oldest);
    json.field("until", period.until);
    json.field_or_null("gone_in", period.gone_in);
    json.field_or_null("deprecated_since", period.deprecated_since);
    json.field_or_null("promise", std::string(annotation_of(period.stability)));
    json.end_object();
  }
  json.end_array();
}

void write_member(JsonWriter& json, const ApiMemberHistory& history, std::string_view owner) {
  const ApiMember& member = *history.member;
  json.begin_object();
  json.field("kind", member.kind == ApiMember::Kind::field ? "field" : "method");
  json.field("name", std::string(member.name));
  json.field("descriptor", std::string(member.descriptor));
  json.field("modifiers", modifiers_of(member));
  json.field("declaration", java_declaration(member, owner, NameLength::full));
  write_periods(json, history.periods);
  json.end_object();
}

}  // namespace

void write_api_lookup_json(const ApiLookup& lookup, std::ostream& out) {
  const ApiClassForm& form = lookup.declared->forms.back();
  JsonWriter json;
  json.begin_object();
  json.field("class", std::string(lookup.declared->name));
  json.field_or_null("asked_in", lookup.asked_in);
  json.field("modifiers", modifiers_of(form));
  json.field_or_null("extends", std::string(form.super_class));
  json.field("implements", std::vector<std::string>(form.interfaces.begin(), form.interfaces.end()));
  json.field("module", std::string(form.module));
  write_periods(json, lookup.periods);
  json.begin_array("members");
  for (const ApiMemberHistory& history : lookup.members)
    write_member(json, history, lookup.declared->name);
  json.end_array();
  json.end_object();
  json.write_to(out);
}

void write_api_releases_json(const ApiIndex& index, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.begin_array("releases");
  for (const ApiRelease& release : index.releases()) {
    json.begin_object();
    json.field("line", release.line);
    json.field("version", release.version);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
