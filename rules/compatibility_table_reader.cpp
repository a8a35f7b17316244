#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <map>

#include "compatibility_table.h"
#include "input/input_error.h"

namespace preflight {
namespace {

using Json = rapidjson::Value;

/// A JSON object of the table with its place, so that a wrong key is an error that names document, row and key.
class Row {
 public:
  Row(const TableDocument& document, std::string where, const Json& json)
      : document_(document), where_(std::move(where)), json_(json) {
    if (!json.IsObject())
      fail("an object");
  }

  std::string text(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr || !value->IsString())
      fail(fmt::format("a string at \"{}\"", key));
    return {value->GetString(), value->GetStringLength()};
  }

  /// Empty for null and for a key that is not there.
  std::string optional_text(const char* key) const {
    const Json* value = find(key);
    return value == nullptr || value->IsNull() ? std::string() : text(key);
  }

  int number(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr || !value->IsInt())
      fail(fmt::format("a whole number at \"{}\"", key));
    return value->GetInt();
  }

  bool boolean(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr || !value->IsBool())
      fail(fmt::format("true or false at \"{}\"", key));
    return value->GetBool();
  }

  FlinkVersion version(const char* key) const { return version_of(text(key), key); }

  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> result;
    for (const Json& item : array(key)) {
      if (!item.IsString())
        fail(fmt::format("strings in \"{}\"", key));
      result.emplace_back(item.GetString(), item.GetStringLength());
    }
    return result;
  }

  std::vector<FlinkVersion> versions(const char* key) const {
    std::vector<FlinkVersion> result;
    for (const std::string& text : texts(key))
      result.push_back(version_of(text, key));
    return result;
  }

  Row object(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr)
      fail(fmt::format("an object at \"{}\"", key));
    return {document_, fmt::format("{}.{}", where_, key), *value};
  }

  /// nullopt for null and for a key that is not there.
  std::optional<Row> optional_object(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr || value->IsNull())
      return std::nullopt;
    return object(key);
  }

  std::vector<Row> rows(const char* key) const {
    std::vector<Row> result;
    for (const Json& item : array(key))
      result.emplace_back(document_, fmt::format("{} {}", where_.empty() ? "row" : where_, result.size() + 1), item);
    return result;
  }

  [[noreturn]] void fail(const std::string& expected) const {
    throw InputError(InputErrorKind::corrupt, {document_.path},
                     fmt::format("expected {}{}{}", expected, where_.empty() ? "" : " in ", where_));
  }

 private:
  const Json* find(const char* key) const {
    const auto member = json_.FindMember(key);
    return member == json_.MemberEnd() ? nullptr : &member->value;
  }

  Json::ConstArray array(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr || !value->IsArray())
      fail(fmt::format("an array at \"{}\"", key));
    return value->GetArray();
  }

  FlinkVersion version_of(const std::string& text, const char* key) const {
    const auto version = FlinkVersion::parse(text);
    if (!version)
      fail(fmt::format("a Flink release such as \"1.20\" at \"{}\"", key));
    return *version;
  }

  const TableDocument& document_;
  std::string where_;
  const Json& json_;
};

int line_of(const std::string& text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

rapidjson::Document parse_json(const TableDocument& document) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(document.text.c_str(),
                                                                                     document.text.size());
  if (json.HasParseError())
    throw InputError(
        InputErrorKind::corrupt, {.path = document.path, .line = line_of(document.text, json.GetErrorOffset())},
        fmt::format("expected well-formed JSON, found: {}", rapidjson::GetParseError_En(json.GetParseError())));
  return json;
}

FlinkRelease read_release(const Row& row) {
  const Row java = row.object("java");
  return {.version = row.version("version"),
          .java_min = java.number("min"),
          .java_max = java.number("max"),
          .released = row.text("released"),
          .kryo = row.text("kryo"),
          .sources = row.texts("sources")};
}

Platform read_platform(const Row& row) {
  const auto platform = platform_of(row.text("platform"));
  if (!platform)
    row.fail("msf, kubernetes or standalone at \"platform\"");
  return *platform;
}

PlatformRuntime read_runtime(const Row& row) {
  return {.platform = read_platform(row),
          .name = row.text("name"),
          .version = row.version("version"),
          .java = row.number("java"),
          .supported = row.boolean("supported"),
          .note = row.optional_text("note"),
          .sources = row.texts("sources")};
}

Hop read_hop(const Row& row) {
  Hop hop{.id = row.text("id"), .why = row.text("why"), .remedy = row.text("remedy"), .sources = row.texts("sources")};
  if (!row.optional_text("platform").empty())
    hop.platform = read_platform(row);
  const Row from = row.object("from");
  const Row to = row.object("to");
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
  return moved_to.substr(0, moved_to.size() - 1) + name.substr(name.rfind('.') + 1);
}

void read_removed_classes(const Row& row, std::vector<RemovedClass>& classes) {
  const std::string moved_to = row.optional_text("moved_to");
  for (const std::string& name : row.texts("classes"))
    classes.push_back({.id = row.text("id"),
                       .name = name,
                       .removed_in = row.version("removed_in"),
                       .moved_to = moved_name(moved_to, name),
                       .replacement = row.optional_text("replacement"),
                       .why = row.text("why"),
                       .sources = row.texts("sources")});
}

void read_removed_snapshots(const Row& row, std::vector<RemovedSnapshot>& snapshots) {
  for (const std::string& name : row.texts("classes"))
    snapshots.push_back({.name = name,
                         .removed_in = row.version("removed_in"),
                         .why = row.text("why"),
                         .remedy = row.text("remedy"),
                         .sources = row.texts("sources")});
}

RetiredArtifact read_retired_artifact(const Row& row) {
  const Row replacement = row.object("replacement");
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

Connector read_connector(const Row& row) {
  Connector connector{.id = row.text("id"),
                      .name = row.text("name"),
                      .group = row.text("group"),
                      .artifacts = row.texts("artifacts"),
                      .sources = row.texts("sources")};
  for (const Row& release : row.rows("releases"))
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

KnownLibrary::Role read_role(const Row& row) {
  using enum KnownLibrary::Role;
  const std::map<std::string, KnownLibrary::Role> roles = {
      {"library", library}, {"flink", flink}, {"connector", connector}, {"runtime", runtime}, {"planner", planner}};
  const auto role = roles.find(row.text("role"));
  if (role == roles.end())
    row.fail("library, flink, connector, runtime or planner at \"role\"");
  return role->second;
}

KnownLibrary read_library(const Row& row) {
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

/// "flink": {"min": "1.8", "max": null}
template <class Span>
void read_flink_span(const Row& row, Span& span) {
  const Row flink = row.object("flink");
  span.from = flink.version("min");
  if (!flink.optional_text("max").empty())
    span.until = flink.version("max");
}

DistributedModule read_distributed_module(const Row& row) {
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

ClassLoading read_class_loading(const Row& row) {
  ClassLoading loading{.parent_first = row.texts("parent_first"), .sources = row.texts("sources")};
  read_flink_span(row, loading);
  return loading;
}

void read_document(const TableDocument& document, CompatibilityTable& table) {
  const rapidjson::Document json = parse_json(document);
  const Row top(document, "", json);
  if (top.text("table") != document.name)
    top.fail(fmt::format("\"table\": \"{}\"", document.name));
  if (document.name == "table") {
    table.version = top.text("version");
    return;
  }
  for (const Row& row : top.rows("rows")) {
    if (document.name == "releases")
      table.releases.push_back(read_release(row));
    else if (document.name == "runtimes")
      table.runtimes.push_back(read_runtime(row));
    else if (document.name == "hops")
      table.hops.push_back(read_hop(row));
    else if (document.name == "removed_classes")
      read_removed_classes(row, table.removed_classes);
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
    else
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
