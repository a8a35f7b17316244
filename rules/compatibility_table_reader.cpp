#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <map>

#include "classfile/names.h"
#include "compatibility_table.h"
#include "connector_state_reader.h"
#include "deployment_table_reader.h"
#include "input/input_error.h"
#include "plan/plan_table.h"
#include "restore/job_calls_reader.h"
#include "serialization/type_facts_reader.h"
#include "sql/sql_node_reader.h"
#include "table_row.h"

namespace preflight {
namespace {

int line_of(const std::string& text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

}  // namespace

rapidjson::Document parse_table_document(const TableDocument& document) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(document.text.c_str(),
                                                                                     document.text.size());
  if (json.HasParseError())
    throw InputError(
        InputErrorKind::corrupt, {.path = document.path, .line = line_of(document.text, json.GetErrorOffset())},
        fmt::format("expected well-formed JSON, found: {}", rapidjson::GetParseError_En(json.GetParseError())));
  return json;
}

namespace {

FlinkRelease read_release(const TableRow& row) {
  const TableRow java = row.object("java");
  FlinkRelease release{.version = row.version("version"),
                       .java_min = java.number("min"),
                       .java_max = java.number("max"),
                       .released = row.text("released"),
                       .kryo = row.text("kryo"),
                       .sources = row.texts("sources")};
  if (const auto python = row.optional_object("python")) {
    release.python_min = python->text("min");
    release.python_max = python->text("max");
  }
  return release;
}

Platform read_platform(const TableRow& row) {
  const auto platform = platform_of(row.text("platform"));
  if (!platform)
    row.fail("msf, kubernetes or standalone at \"platform\"");
  return *platform;
}

PlatformRuntime read_runtime(const TableRow& row) {
  return {.platform = read_platform(row),
          .name = row.text("name"),
          .version = row.version("version"),
          .java = row.number("java"),
          .python = row.optional_text("python"),
          .supported = row.boolean("supported"),
          .note = row.optional_text("note"),
          .sources = row.texts("sources")};
}

Hop read_hop(const TableRow& row) {
  Hop hop{.id = row.text("id"), .why = row.text("why"), .remedy = row.text("remedy"), .sources = row.texts("sources")};
  if (!row.optional_text("platform").empty())
    hop.platform = read_platform(row);
  const TableRow from = row.object("from");
  const TableRow to = row.object("to");
  hop.from_min = from.version("min");
  hop.from_max = from.version("max");
  hop.to_min = to.version("min");
  hop.to_max = to.version("max");
  const std::string outcome = row.text("outcome");
  if (outcome != "refused" && outcome != "unpromised")
    row.fail("refused or unpromised at \"outcome\"");
  hop.outcome = outcome == "refused" ? Hop::Outcome::refused : Hop::Outcome::unpromised;
  return hop;
}

/// "org.new.*" with a class a.b.Outer$Inner is org.new.Outer$Inner.
std::string moved_name(const std::string& moved_to, const std::string& name) {
  if (!moved_to.ends_with("*"))
    return moved_to;
  return moved_to.substr(0, moved_to.size() - 1) + std::string(simple_name(name));
}

void read_removed_classes(const TableRow& row, std::vector<RemovedClass>& classes) {
  const std::string moved_to = row.optional_text("moved_to");
  for (const std::string& name : row.texts("classes"))
    classes.push_back({.id = row.text("id"),
                       .name = name,
                       .removed_in = row.version("removed_in"),
                       .added_in = FlinkVersion::parse(row.optional_text("added_in")),
                       .moved_to = moved_name(moved_to, name),
                       .replacement = row.optional_text("replacement"),
                       .why = row.text("why"),
                       .sources = row.texts("sources")});
}

void read_removed_members(const TableRow& row, std::vector<RemovedMember>& members) {
  for (std::string& member : row.texts("members"))
    members.push_back({.class_name = row.text("class"),
                       .member = std::move(member),
                       .removed_in = row.version("removed_in"),
                       .replacement = row.text("replacement"),
                       .why = row.text("why"),
                       .sources = row.texts("sources")});
}

void read_removed_snapshots(const TableRow& row, std::vector<RemovedSnapshot>& snapshots) {
  for (const std::string& name : row.texts("classes"))
    snapshots.push_back({.name = name,
                         .removed_in = row.version("removed_in"),
                         .why = row.text("why"),
                         .remedy = row.text("remedy"),
                         .sources = row.texts("sources")});
}

RetiredArtifact read_retired_artifact(const TableRow& row) {
  const TableRow replacement = row.object("replacement");
  return {.id = row.text("id"),
          .group = row.text("group"),
          .artifact = row.text("artifact"),
          .removed_in = row.version("removed_in"),
          .kind = replacement.text("kind"),
          .new_group = replacement.optional_text("group"),
          .new_artifact = replacement.optional_text("artifact"),
          .why = row.text("why"),
          .remedy = row.optional_text("remedy"),
          .sources = row.texts("sources")};
}

Connector read_connector(const TableRow& row) {
  Connector connector{.id = row.text("id"),
                      .name = row.text("name"),
                      .group = row.text("group"),
                      .artifacts = row.texts("artifacts"),
                      .sources = row.texts("sources")};
  for (const TableRow& release : row.rows("releases"))
    connector.releases.push_back({.version = release.text("version"),
                                  .flink = release.versions("flink"),
                                  .note = release.optional_text("note")});
  if (const auto successor = row.optional_object("successor")) {
    connector.successor_group = successor->text("group");
    connector.successor_artifact = successor->text("artifact");
    connector.successor_why = successor->text("why");
  }
  return connector;
}

KnownLibrary::Role read_role(const TableRow& row) {
  using enum KnownLibrary::Role;
  const std::map<std::string, KnownLibrary::Role> roles = {{"library", library},     {"flink", flink},
                                                           {"connector", connector}, {"distribution", distribution},
                                                           {"runtime", runtime},     {"planner", planner}};
  const auto role = roles.find(row.text("role"));
  if (role == roles.end())
    row.fail("library, flink, connector, distribution, runtime or planner at \"role\"");
  return role->second;
}

KnownLibrary read_library(const TableRow& row) {
  return {.id = row.text("id"),
          .name = row.text("name"),
          .group = row.text("group"),
          .artifacts = row.texts("artifacts"),
          .packages = row.texts("packages"),
          .markers = row.texts("markers"),
          .role = read_role(row),
          .verified_by = row.optional_text("verified_by"),
          .sources = row.texts("sources")};
}

LibraryConflict read_library_conflict(const TableRow& row) {
  LibraryConflict conflict{.id = row.text("id"),
                           .severity = row.severity("severity"),
                           .title = row.text("title"),
                           .why = row.text("why"),
                           .remedy = row.text("remedy"),
                           .sources = row.texts("sources")};
  for (const TableRow& part : row.rows("libraries"))
    conflict.libraries.push_back(part.texts("one_of"));
  return conflict;
}

EndedLibrary read_ended_library(const TableRow& row) {
  return {.library = row.text("library"),
          .ended = row.text("ended"),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .sources = row.texts("sources")};
}

PlatformLimit read_platform_limit(const TableRow& row) {
  return {.id = row.text("id"),
          .platform = read_platform(row),
          .application_bytes = static_cast<std::uint64_t>(row.number("application_mib")) << 20U,
          .severity = row.severity("severity"),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .sources = row.texts("sources")};
}

PlatformReference read_platform_reference(const TableRow& row) {
  PlatformReference reference{.id = row.text("id"),
                              .rule = row.text("rule"),
                              .calls = row.texts("calls"),
                              .severity = row.severity("severity"),
                              .title = row.text("title"),
                              .why = row.text("why"),
                              .remedy = row.text("remedy"),
                              .sources = row.texts("sources")};
  if (!row.optional_text("platform").empty())
    reference.platform = read_platform(row);
  if (!row.optional_text("since").empty())
    reference.since = row.version("since");
  if (!row.optional_text("until").empty())
    reference.until = row.version("until");
  return reference;
}

/// "flink": {"min": "1.8", "max": null}
template <class Span>
void read_flink_span(const TableRow& row, Span& span) {
  const TableRow flink = row.object("flink");
  span.from = flink.version("min");
  if (!flink.optional_text("max").empty())
    span.until = flink.version("max");
}

DistributedModule read_distributed_module(const TableRow& row) {
  using enum DistributedModule::Place;
  const std::map<std::string, DistributedModule::Place> places = {
      {"class-path", class_path}, {"planner", planner}, {"opt", opt}, {"plugins", plugins}};
  const auto place = places.find(row.text("place"));
  if (place == places.end())
    row.fail("class-path, planner, opt or plugins at \"place\"");
  DistributedModule module{.module = row.text("module"),
                           .place = place->second,
                           .archive = row.text("archive"),
                           .sources = row.texts("sources")};
  read_flink_span(row, module);
  return module;
}

ClassLoading read_class_loading(const TableRow& row) {
  ClassLoading loading{.parent_first = row.texts("parent_first"), .sources = row.texts("sources")};
  read_flink_span(row, loading);
  return loading;
}

KryoForm read_kryo_form(const TableRow& row) {
  using enum KryoForm::Outcome;
  const std::map<std::string, KryoForm::Outcome> outcomes = {
      {"right", right}, {"wrong", wrong}, {"fails", fails}, {"unknown", unknown}};
  const auto outcome = outcomes.find(row.text("from_2_to_5"));
  if (outcome == outcomes.end())
    row.fail("right, wrong, fails or unknown at \"from_2_to_5\"");
  return {.types = row.texts("types"),
          .holds_others = row.boolean("holds_others"),
          .from_2_to_5 = outcome->second,
          .sources = row.texts("sources")};
}

PayloadFormat read_payload_format(const TableRow& row) {
  PayloadFormat format{.payload = row.text("payload"), .fields = row.texts("fields"), .sources = row.texts("sources")};
  if (const int version = row.optional_number("version", -1); version >= 0)
    format.version = version;
  return format;
}

KryoFieldChange read_kryo_field_change(const TableRow& row) {
  return {.from = row.text("from"), .to = row.text("to"), .sources = row.texts("sources")};
}

TtlSwitch read_ttl_switch(const TableRow& row) {
  return {.backend = row.text("backend"), .since = row.version("since"), .sources = row.texts("sources")};
}

void read_document(const TableDocument& document, CompatibilityTable& table) {
  if (is_plan_document(document.name))
    return;
  const rapidjson::Document json = parse_table_document(document);
  const TableRow top(document, "", json);
  if (top.text("table") != document.name)
    top.fail(fmt::format("\"table\": \"{}\"", document.name));
  if (document.name == "table") {
    table.version = top.text("version");
    return;
  }
  for (const TableRow& row : top.rows("rows")) {
    if (document.name == "releases")
      table.releases.push_back(read_release(row));
    else if (document.name == "runtimes")
      table.runtimes.push_back(read_runtime(row));
    else if (document.name == "hops")
      table.hops.push_back(read_hop(row));
    else if (document.name == "removed_classes")
      read_removed_classes(row, table.removed_classes);
    else if (document.name == "removed_members")
      read_removed_members(row, table.removed_members);
    else if (document.name == "serializer_snapshots")
      read_removed_snapshots(row, table.removed_snapshots);
    else if (document.name == "artifacts")
      table.retired_artifacts.push_back(read_retired_artifact(row));
    else if (document.name == "connectors")
      table.connectors.push_back(read_connector(row));
    else if (document.name == "distribution")
      table.distribution.push_back(read_distributed_module(row));
    else if (document.name == "class_loading")
      table.class_loading.push_back(read_class_loading(row));
    else if (document.name == "libraries")
      table.libraries.push_back(read_library(row));
    else if (document.name == "library_conflicts")
      table.library_conflicts.push_back(read_library_conflict(row));
    else if (document.name == "ended_libraries")
      table.ended_libraries.push_back(read_ended_library(row));
    else if (document.name == "platform_limits")
      table.platform_limits.push_back(read_platform_limit(row));
    else if (document.name == "platform_references")
      table.platform_references.push_back(read_platform_reference(row));
    else if (document.name == "kryo_forms")
      table.kryo_forms.push_back(read_kryo_form(row));
    else if (document.name == "kryo_field_changes")
      table.kryo_field_changes.push_back(read_kryo_field_change(row));
    else if (document.name == "payload_formats")
      table.payload_formats.push_back(read_payload_format(row));
    else if (document.name == "ttl_switches")
      table.ttl_switches.push_back(read_ttl_switch(row));
    else if (document.name == "type_serializers")
      table.type_serializers.push_back(read_type_serializer(row));
    else if (document.name == "serializer_forms")
      table.serializer_forms.push_back(read_serializer_form(row));
    else if (document.name == "library_classes")
      table.library_packages.push_back(read_library_package(row));
    else if (!read_connector_state_row(document.name, row, table) && !read_deployment_row(document.name, row, table) &&
             !read_job_calls_row(document.name, row, table.job_calls) && !read_sql_row(document.name, row, table.sql))
      top.fail("a table of a known name");
  }
}

}  // namespace

CompatibilityTable read_compatibility_table(std::span<const TableDocument> documents) {
  std::map<std::string, const TableDocument*> last_of_name;
  for (const TableDocument& document : documents)
    last_of_name[document.name] = &document;
  CompatibilityTable table;
  for (const auto& [name, document] : last_of_name)
    read_document(*document, table);
  std::ranges::stable_sort(table.releases, {}, &FlinkRelease::version);
  std::ranges::stable_sort(table.removed_classes, {}, &RemovedClass::name);
  return table;
}

}  // namespace preflight
