#include "sql/compiled_plan.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string_view>

#include "input/file_bytes.h"
#include "input/input_error.h"
#include "sql/plan_json.h"
#include "sql/plan_type.h"

namespace preflight {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{16} << 20U;
/// Of the values that PlanNode::values holds; Flink's own specifications are at most six levels deep.
constexpr int kMaxValueDepth = 8;
constexpr std::size_t kMaxPathLength = 200;

/// What has members of its own in PlanNode, and expressions, which say nothing about state.
constexpr std::array<std::string_view, 16> kNotValues = {"id",
                                                         "type",
                                                         "description",
                                                         "configuration",
                                                         "state",
                                                         "outputType",
                                                         "condition",
                                                         "projection",
                                                         "functionCall",
                                                         "watermarkExpr",
                                                         "scanTableSource",
                                                         "dynamicTableSink",
                                                         "temporalTable",
                                                         "inputProperties",
                                                         "nonEquiCondition",
                                                         "tuples"};

bool is_value(std::string_view key) {
  for (const std::string_view left_out : kNotValues)
    if (key == left_out)
      return false;
  return true;
}

std::optional<std::string> scalar_text(const rapidjson::Value& value) {
  if (value.IsString())
    return std::string(value.GetString(), value.GetStringLength());
  if (value.IsBool())
    return value.GetBool() ? "true" : "false";
  if (value.IsInt64())
    return fmt::format("{}", value.GetInt64());
  if (value.IsNull())
    return "null";
  return std::nullopt;
}

void collect_values(const rapidjson::Value& json, const std::string& path, int depth,
                    std::map<std::string, std::string>& values) {
  if (depth > kMaxValueDepth || path.size() > kMaxPathLength)
    return;
  const auto below = [&](std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
  };
  if (json.IsObject()) {
    for (const auto& member : json.GetObject()) {
      const std::string_view key(member.name.GetString(), member.name.GetStringLength());
      if (is_value(key) || (depth > 1 && key == "type"))
        collect_values(member.value, below(key), depth + 1, values);
    }
  } else if (json.IsArray()) {
    values[below("#")] = fmt::format("{}", json.Size());
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i)
      collect_values(json[i], below(fmt::format("{}", i)), depth + 1, values);
  } else if (const auto text = scalar_text(json)) {
    values[path] = *text;
  }
}

std::map<std::string, std::string> read_texts(const PlanJson& json) {
  std::map<std::string, std::string> texts;
  for (const auto& member : json.require_object().raw().GetObject())
    if (const auto text = scalar_text(member.value))
      texts[{member.name.GetString(), member.name.GetStringLength()}] = *text;
  return texts;
}

/// A column of a resolved schema that the table itself stores: neither computed nor metadata.
bool is_physical(const PlanJson& column) {
  const auto kind = column.optional_member("kind");
  return !kind || kind->text() == "PHYSICAL";
}

void read_schema(const PlanJson& resolved, PlanTable& table) {
  if (const auto options = resolved.optional_member("options"))
    table.options = read_texts(*options);
  const auto schema = resolved.optional_member("schema");
  if (!schema)
    return;
  for (const PlanJson& column : schema->member("columns").elements())
    if (is_physical(column))
      table.columns.push_back({column.member("name").text(), plan_type_text(column.member("dataType")), ""});
}

/// ContextResolvedTable; a table of the catalog may be written by its identifier alone.
PlanTable read_table(const PlanJson& json) {
  PlanTable table;
  if (const auto identifier = json.optional_member("identifier"))
    table.identifier = identifier->text();
  if (const auto resolved = json.optional_member("resolvedTable"))
    read_schema(*resolved, table);
  return table;
}

std::optional<PlanTable> find_table(const PlanJson& node) {
  for (const char* key : {"scanTableSource", "dynamicTableSink"})
    if (const auto source = node.optional_member(key))
      if (const auto table = source->optional_member("table"))
        return read_table(*table);
  return std::nullopt;
}

/// "stream-exec-join_1"
void read_type(const PlanJson& json, PlanNode& node) {
  const std::string text = json.text();
  const std::size_t split = text.rfind('_');
  const bool split_fits = split != std::string::npos && split != 0 && split + 1 < text.size();
  const char* end = text.data() + text.size();
  const char* digits = split_fits ? text.data() + split + 1 : end;
  const auto [after, error] = std::from_chars(digits, end, node.version);
  if (error != std::errc{} || after != end)
    json.fail("a node type with its version, such as \"stream-exec-join_1\",");
  node.type = text.substr(0, split);
}

std::vector<PlanState> read_states(const PlanJson& json) {
  std::vector<PlanState> states;
  for (const PlanJson& state : json.elements())
    states.push_back({state.member("name").text(), state.member("ttl").text()});
  return states;
}

PlanNode read_node(const PlanJson& json) {
  PlanNode node{.id = json.require_object().member("id").number(), .where = json.pointer()};
  read_type(json.member("type"), node);
  if (const auto description = json.optional_member("description"))
    node.description = description->text();
  if (const auto configuration = json.optional_member("configuration"))
    node.configuration = read_texts(*configuration);
  if (const auto states = json.optional_member("state"))
    node.states = read_states(*states);
  if (const auto output = json.optional_member("outputType"))
    if (auto columns = plan_row_columns(*output)) {
      node.output = *std::move(columns);
      node.output_known = true;
    }
  node.table = find_table(json);
  collect_values(json.raw(), "", 1, node.values);
  return node;
}

void connect(const PlanJson& edges, CompiledPlan& plan) {
  std::map<std::int64_t, std::size_t> by_id;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i)
    if (!by_id.emplace(plan.nodes[i].id, i).second)
      throw InputError(
          InputErrorKind::corrupt, {plan.path.string()},
          fmt::format("expected an ID of its own at {}/id, found {} again", plan.nodes[i].where, plan.nodes[i].id));
  const auto node_at = [&](const PlanJson& end) {
    const auto found = by_id.find(end.number());
    if (found == by_id.end())
      end.fail("the ID of a node");
    return found->second;
  };
  for (const PlanJson& edge : edges.elements()) {
    const std::size_t source = node_at(edge.require_object().member("source"));
    plan.nodes[node_at(edge.member("target"))].inputs.push_back(source);
  }
}

}  // namespace

const std::string* PlanNode::value(const std::string& path) const {
  const auto found = values.find(path);
  return found == values.end() ? nullptr : &found->second;
}

std::optional<std::vector<std::size_t>> PlanNode::indices(const std::string& path) const {
  const std::string* length = value(path + ".#");
  if (length == nullptr)
    return std::nullopt;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; indices.size() == i && fmt::format("{}", i) != *length; ++i) {
    const std::string* element = value(fmt::format("{}.{}", path, i));
    if (element == nullptr)
      element = value(fmt::format("{}.{}.index", path, i));
    std::size_t index = 0;
    if (element != nullptr &&
        std::from_chars(element->data(), element->data() + element->size(), index).ec == std::errc{})
      indices.push_back(index);
  }
  if (fmt::format("{}", indices.size()) != *length)
    return std::nullopt;
  return indices;
}

CompiledPlan parse_compiled_plan(std::span<const std::byte> bytes, const std::string& name) {
  const rapidjson::Document document = parse_plan_json(bytes, name);
  const PlanJson top(name, "", document);
  CompiledPlan plan{.path = name, .flink_version = top.require_object().member("flinkVersion").text()};
  for (const PlanJson& node : top.member("nodes").elements())
    plan.nodes.push_back(read_node(node));
  connect(top.member("edges"), plan);
  return plan;
}

CompiledPlan read_compiled_plan(const std::filesystem::path& path) {
  return parse_compiled_plan(read_file(path, kMaxBytes, "a compiled plan"), path.string());
}

}  // namespace preflight
