#include "sql/sql_node_reader.h"

#include <fmt/format.h>

#include <map>

namespace preflight {
namespace {

SerializerShape read_shape(const TableRow& row, const char* key) {
  auto shape = parse_serializer_shape(row.text(key));
  if (!shape)
    row.fail(fmt::format("the shape of a serializer at \"{}\"", key));
  return *std::move(shape);
}

StateKind read_kind(const TableRow& row) {
  using enum StateKind;
  const std::map<std::string, StateKind> kinds = {
      {"keyed", keyed}, {"operator-list", operator_list}, {"operator-union", operator_union}, {"broadcast", broadcast}};
  const auto kind = kinds.find(row.text("kind"));
  if (kind == kinds.end())
    row.fail("keyed, operator-list, operator-union or broadcast at \"kind\"");
  return kind->second;
}

SqlCondition read_condition(const TableRow& row) {
  return {.value = row.text("value"), .texts = row.texts("one_of"), .one_of = row.boolean("is")};
}

SqlState read_state(const TableRow& row) {
  SqlState state{.name = row.text("name"),
                 .kind = read_kind(row),
                 .type = row.optional_text("type"),
                 .serializer = read_shape(row, "serializer"),
                 .namespace_serializer = {.name = "VoidNamespaceSerializer"},
                 .ttl = row.optional_text("ttl"),
                 .partly_because = row.optional_text("partly_because")};
  if (!row.optional_text("namespace").empty())
    state.namespace_serializer = read_shape(row, "namespace");
  for (const TableRow& condition : row.rows("when"))
    state.when.push_back(read_condition(condition));
  return state;
}

/// The two queues of a timer service (InternalTimeServiceManagerImpl), of which only that of one time is used.
void add_timers(const TableRow& row, SqlOperator& made) {
  SerializerShape timer{.name = "TimerSerializer"};
  timer.nested.push_back(*made.key);
  timer.nested.push_back(read_shape(row, "namespace"));
  for (const char* time : {"event", "processing"})
    made.states.push_back({.name = fmt::format("_timer_state/{}_{}", time, row.text("service")),
                           .kind = StateKind::timer,
                           .serializer = timer});
}

SqlOperator read_operator(const TableRow& row) {
  SqlOperator made{.transformation = row.text("transformation"),
                   .uid_form = row.optional_text("uid"),
                   .always = row.boolean("always"),
                   .connector = row.boolean("connector")};
  if (made.uid_form.empty())
    made.uid_form = "{}";
  if (made.uid_form.find("{}") == std::string::npos)
    row.fail("a form with {} at \"uid\"");
  if (!row.optional_text("key").empty())
    made.key = read_shape(row, "key");
  for (const TableRow& state : row.rows("states"))
    made.states.push_back(read_state(state));
  if (const auto timers = row.optional_object("timers")) {
    if (!made.key)
      row.fail("a \"key\", since there are \"timers\",");
    add_timers(*timers, made);
  }
  return made;
}

void read_nodes(const TableRow& row, SqlNodeTable& table) {
  SqlNode node{.version = row.number("version"),
               .since = row.version("since"),
               .other_states_because = row.optional_text("other_states"),
               .sources = row.texts("sources")};
  if (!row.optional_text("until").empty())
    node.until = row.version("until");
  for (const TableRow& made : row.rows("operators"))
    node.operators.push_back(read_operator(made));
  for (const std::string& type : row.texts("nodes")) {
    node.type = type;
    table.nodes.push_back(node);
  }
}

}  // namespace

bool read_sql_row(const std::string& document, const TableRow& row, SqlNodeTable& table) {
  if (document == "sql_nodes")
    read_nodes(row, table);
  else if (document == "sql_aggregates")
    table.aggregates.push_back({.function = row.text("function"),
                                .columns = row.texts("columns"),
                                .retracting_columns = row.texts("retracting_columns"),
                                .sources = row.texts("sources")});
  else
    return false;
  return true;
}

}  // namespace preflight
