#include "restore/job_calls_reader.h"

#include <array>
#include <map>
#include <utility>

#include "table_row.h"

namespace preflight {
namespace {

template <class Value>
using Names = std::map<std::string, Value, std::less<>>;

const Names<JobCallEffect>& effects() {
  using enum JobCallEffect;
  static const Names<JobCallEffect> kNames = {
      {"environment", environment},
      {"part", part},
      {"keep", keep},
      {"default_parallelism", default_parallelism},
      {"default_max_parallelism", default_max_parallelism},
      {"no_chaining", no_chaining},
      {"source", source},
      {"operation", operation},
      {"custom_operator", custom_operator},
      {"sink", sink},
      {"uid", uid},
      {"uid_hash", uid_hash},
      {"name", name},
      {"parallelism", parallelism},
      {"max_parallelism", max_parallelism},
      {"not_parallel", not_parallel},
      {"slot_sharing_group", slot_sharing_group},
      {"never_chain", never_chain},
      {"start_chain", start_chain},
      {"returns", returns},
      {"key_by", key_by},
      {"union", merge},
      {"connect", connect},
      {"broadcast_states", broadcast_states},
      {"side_output", side_output},
      {"partition", partition},
      {"window", window},
      {"trigger", trigger},
      {"evictor", evictor},
      {"join", join},
      {"join_key", join_key},
      {"pattern", pattern},
      {"queryable", queryable},
      {"time_to_live", time_to_live},
      {"state_store", state_store},
      {"register_state", register_state},
      {"register_pojo", register_pojo},
      {"register_kryo", register_kryo},
      {"register_either", register_either},
      {"default_kryo_serializer", default_kryo_serializer},
      {"force_kryo", force_kryo},
      {"force_avro", force_avro},
      {"generic_types", generic_types},
      {"configuration", configuration},
      {"table", table},
  };
  return kNames;
}

const Names<LanguageEffect>& language_effects() {
  using enum LanguageEffect;
  static const Names<LanguageEffect> kNames = {{"nothing", nothing},
                                               {"throws", throws},
                                               {"argument", argument},
                                               {"receiver", receiver},
                                               {"equality", equality},
                                               {"text", text},
                                               {"list", list},
                                               {"elements", elements},
                                               {"map", map},
                                               {"pair", pair},
                                               {"part", part},
                                               {"range_to", range_to},
                                               {"range_until", range_until},
                                               {"each", each},
                                               {"mapped", mapped},
                                               {"filtered", filtered},
                                               {"prepend", prepend},
                                               {"interpolation", interpolation},
                                               {"lazy", lazy},
                                               {"lazy_value", lazy_value},
                                               {"invoke", invoke},
                                               {"invoke_argument", invoke_argument},
                                               {"java", java},
                                               {"java_extension", java_extension},
                                               {"java_static", java_static}};
  return kNames;
}

const Names<JobOutput>& outputs() {
  using enum JobOutput;
  static const Names<JobOutput> kNames = {
      {"", none},         {"input", input}, {"function", function}, {"produced", produced}, {"elements", elements},
      {"fields", fields}, {"fixed", fixed}, {"unknown", unknown}};
  return kNames;
}

const Names<JobChaining>& chainings() {
  using enum JobChaining;
  static const Names<JobChaining> kNames = {
      {"", always}, {"always", always}, {"never", never}, {"head", head}, {"head_with_sources", head_with_sources}};
  return kNames;
}

const Names<JobStateKind>& state_kinds() {
  static const Names<JobStateKind> kNames = [] {
    using enum JobStateKind;
    Names<JobStateKind> names;
    for (const JobStateKind kind : {value, list, map, reducing, aggregating, folding, operator_list, operator_union,
                                    broadcast, timers, coordinator})
      names.emplace(to_string(kind), kind);
    return names;
  }();
  return kNames;
}

template <class Value>
Value named(const TableRow& row, const char* key, const Names<Value>& names, const char* expected) {
  const auto found = names.find(row.optional_text(key));
  if (found == names.end())
    row.fail(expected);
  return found->second;
}

JobStateKind read_kind(const TableRow& row) {
  return named(row, "kind", state_kinds(), "a kind of state at \"kind\"");
}

JobCallEffect read_effect(const TableRow& row) {
  return named(row, "effect", effects(), "an effect that README.md lists at \"effect\"");
}

JobCall read_call(const TableRow& row, std::string name) {
  JobCall call{
      .owner = row.text("owner"),
      .name = std::move(name),
      .with = row.optional_text("with"),
      .effect = read_effect(row),
      .label = row.optional_text("label"),
      .operator_kind = row.optional_text("operator"),
      .aspect = row.optional_text("aspect"),
      .output = named(row, "output", outputs(), "an output that README.md lists at \"output\""),
      .type = row.optional_text("type"),
      .partitioner = row.optional_text("partitioner"),
      .parallelism = row.optional_number("parallelism", 0),
      .chaining = named(row, "chaining", chainings(), "always, never, head or head_with_sources at \"chaining\""),
      .assigner = row.optional_text("assigner"),
      .window_trigger = row.optional_text("window_trigger"),
      .window_evictor = row.optional_text("window_evictor"),
      .keyed_by_nothing = row.optional_boolean("keyed_by_nothing", false),
      .state_kind = {},
      .by_window = row.optional_boolean("by_window", false),
      .told_accumulator = row.optional_text("told_accumulator"),
      .sets = {}};
  if (!row.optional_text("kind").empty())
    call.state_kind = read_kind(row);
  if (row.optional_boolean("sets", false) == row.optional_boolean("sets", true))
    call.sets = row.boolean("sets");
  return call;
}

JobFunction read_function(const TableRow& row) {
  return {.class_name = row.text("class"),
          .parameters = row.texts("parameters"),
          .methods = row.texts("methods"),
          .collects = row.optional_boolean("collects", false),
          .aspect = row.optional_text("aspect"),
          .operator_kind = row.optional_text("operator")};
}

BuiltInState read_state(const TableRow& row) {
  return {.operator_kind = row.text("operator"),
          .when = row.optional_texts("when"),
          .name = row.text("name"),
          .kind = read_kind(row),
          .value = row.optional_text("value"),
          .key = row.optional_text("key"),
          .name_space = row.optional_text("namespace")};
}

CompanionOperator read_companion(const TableRow& row) {
  return {.of = row.text("of"),
          .when = row.optional_texts("when"),
          .label = row.text("label"),
          .uid = row.optional_text("uid"),
          .operator_kind = row.optional_text("operator"),
          .before = row.optional_boolean("before", false),
          .input = row.optional_number("input", 0),
          .parallelism = row.optional_number("parallelism", 0)};
}

KnownConnector read_connector(const TableRow& row) {
  return {.class_name = row.text("class"),
          .operator_kind = row.optional_text("operator"),
          .aspects = row.optional_texts("aspects"),
          .payload = row.optional_text("payload"),
          .produces = row.optional_text("produces"),
          .parallel = row.optional_boolean("parallel", true),
          .states_known = row.optional_boolean("states_known", true)};
}

TypeFactory read_type_factory(const TableRow& row) {
  return {.owner = row.text("owner"),
          .member = row.text("member"),
          .makes = row.optional_text("makes"),
          .text = row.optional_text("text"),
          .classes_are_types = row.optional_boolean("classes_are_types", false),
          .ignores = row.optional_number("ignores", -1),
          .serializer_says_more = row.optional_boolean("serializer_says_more", false)};
}

template <class Row>
void add(std::vector<Released<Row>>& rows, const TableRow& row, Row content) {
  rows.push_back({.row = std::move(content),
                  .since = row.optional_version("since"),
                  .until = row.optional_version("until"),
                  .sources = row.texts("sources")});
}

LanguageCall read_language_call(const TableRow& row, std::string owner, std::string name) {
  LanguageCall call{.owner = std::move(owner),
                    .name = std::move(name),
                    .with = row.optional_text("with"),
                    .effect = named(row, "effect", language_effects(), "an effect that README.md lists at \"effect\""),
                    .at = static_cast<std::size_t>(row.optional_number("at", 0)),
                    .class_name = row.optional_text("class"),
                    .java_owner = {},
                    .java_name = {}};
  if (call.effect == LanguageEffect::java || call.effect == LanguageEffect::java_extension ||
      call.effect == LanguageEffect::java_static) {
    const std::string method = row.text("java");
    const std::size_t dot = method.rfind('.');
    if (dot == std::string::npos)
      row.fail("a class and a method at \"java\"");
    call.java_owner = method.substr(0, dot);
    call.java_name = method.substr(dot + 1);
  }
  return call;
}

void add_language_calls(JobCallTable& table, const TableRow& row) {
  for (const std::string& owner : row.texts("owners"))
    for (const std::string& name : row.texts("names"))
      add(table.language_calls, row, read_language_call(row, owner, name));
}

void add_calls(JobCallTable& table, const TableRow& row) {
  for (std::string& name : row.texts("names"))
    add(table.calls, row, read_call(row, std::move(name)));
}

using ReadRow = void (*)(JobCallTable&, const TableRow&);

constexpr std::array<std::pair<std::string_view, ReadRow>, 13> kReaders = {{
    {"job_classes",
     [](JobCallTable& table, const TableRow& row) {
       add(table.super_classes, row, {.class_name = row.text("class"), .super_class = row.text("extends")});
     }},
    {"job_calls", add_calls},
    {"language_calls", add_language_calls},
    {"job_functions", [](JobCallTable& table, const TableRow& row) { add(table.functions, row, read_function(row)); }},
    {"job_lifecycle",
     [](JobCallTable& table, const TableRow& row) {
       add(table.lifecycle, row, {.name = row.text("method"), .descriptor = row.text("descriptor")});
     }},
    {"operator_states", [](JobCallTable& table, const TableRow& row) { add(table.states, row, read_state(row)); }},
    {"companion_operators",
     [](JobCallTable& table, const TableRow& row) { add(table.companions, row, read_companion(row)); }},
    {"window_assigners",
     [](JobCallTable& table, const TableRow& row) {
       add(table.assigners, row,
           {.class_name = row.text("class"),
            .window = row.text("window"),
            .merging = row.optional_boolean("merging", false)});
     }},
    {"window_triggers",
     [](JobCallTable& table, const TableRow& row) {
       add(table.triggers, row, {.class_name = row.text("class"), .states = row.texts("states")});
     }},
    {"state_descriptors",
     [](JobCallTable& table, const TableRow& row) {
       add(table.descriptors, row,
           {.class_name = row.text("class"),
            .kind = read_kind(row),
            .asynchronous = row.optional_boolean("asynchronous", false)});
     }},
    {"job_connectors",
     [](JobCallTable& table, const TableRow& row) { add(table.connectors, row, read_connector(row)); }},
    {"job_options",
     [](JobCallTable& table, const TableRow& row) {
       add(table.options, row,
           {.owner = row.text("owner"),
            .field = row.text("field"),
            .key = row.text("key"),
            .effect = read_effect(row)});
     }},
    {"type_factories",
     [](JobCallTable& table, const TableRow& row) { add(table.type_factories, row, read_type_factory(row)); }},
}};

}  // namespace

bool read_job_calls_row(std::string_view document, const TableRow& row, JobCallTable& table) {
  for (const auto& [name, read] : kReaders)
    if (name == document) {
      read(table, row);
      return true;
    }
  return false;
}

}  // namespace preflight
