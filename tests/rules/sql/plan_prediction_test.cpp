#include "sql/plan_prediction.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "compatibility_table.h"
#include "sql/plan_support.h"

using namespace preflight;

namespace {

const SqlNodeTable& table() {
  static const SqlNodeTable read = [] {
    std::vector<TableDocument> documents;
    std::ranges::copy_if(embedded_table_documents(), std::back_inserter(documents),
                         [](const TableDocument& document) { return document.name.starts_with("sql_"); });
    return read_compatibility_table(documents).sql;
  }();
  return read;
}

/// A source with the columns (id BIGINT, name STRING), and a node 2 that reads it.
CompiledPlan plan_of(const std::string& node) {
  const std::string text =
      R"({"flinkVersion": "1.20", "nodes": [{"id": 1, "type": "stream-exec-table-source-scan_1",
          "outputType": "ROW<`id` BIGINT, `name` VARCHAR(2147483647)>"}, {"id": 2, )" +
      node + R"(}], "edges": [{"source": 1, "target": 2}]})";
  return parse_compiled_plan(std::as_bytes(std::span(text)), "plan.json");
}

const char* const kAggregate = R"json("type": "stream-exec-group-aggregate_1", "grouping": [0], "needRetraction": false,
    "state": [{"index": 0, "ttl": "0 ms", "name": "groupAggregateState"}],
    "aggCalls": [{"internalName": "$SUM$1", "argList": [0], "type": "BIGINT"},
                 {"internalName": "$MAX$1", "argList": [1], "type": "VARCHAR(2147483647)"}])json";

SerializerSnapshot row(std::vector<std::string> types) {
  return {.serializer = "RowDataSerializer", .parameters = {{"types", std::move(types)}}};
}

SerializerSnapshot with_ttl(SerializerSnapshot value) {
  SerializerSnapshot ttl{.serializer = "TtlSerializer"};
  ttl.nested = {SerializerSnapshot{.serializer = "LongSerializer"}, std::move(value)};
  return ttl;
}

State keyed(const char* name, const char* type, SerializerSnapshot value) {
  return {.name = name,
          .kind = StateKind::keyed,
          .backend_state_type = "KEY_VALUE",
          .options = {{"KEYED_STATE_TYPE", type}},
          .namespace_serializer = SerializerSnapshot{.serializer = "VoidNamespaceSerializer"},
          .value = std::move(value)};
}

OperatorState operator_of(const char* uid, State state, std::vector<std::string> key = {"BIGINT"}) {
  return {.id = operator_id_of_uid(uid),
          .has_state = true,
          .key_serializer = row(std::move(key)),
          .states = {std::move(state)}};
}

PlanOperatorVerdict predict(const CompiledPlan& plan, const OperatorState& before) {
  const Savepoint savepoint{.operators = {before}};
  const RecognisedUids recognised(table());
  return PlanPrediction(plan, savepoint, {1, 20}, table(), recognised).predict(before);
}

}  // namespace

TEST_CASE("A state of an aggregation comes back only into the accumulators that it was written of") {
  struct Row {
    State state;
    StateOutcome outcome;
    const char* reason;
  };
  const std::vector<Row> rows = {
      {keyed("accState", "VALUE", row({"BIGINT", "STRING"})), StateOutcome::as_is, "the same serializer"},
      {keyed("accState", "VALUE", row({"BIGINT", "STRING", "BIGINT"})), StateOutcome::as_is, "the same serializer"},
      {keyed("accState", "VALUE", row({"STRING", "STRING"})), StateOutcome::incompatible, "(STRING, STRING)"},
      {keyed("accState", "VALUE", row({"BIGINT NOT NULL", "STRING"})), StateOutcome::incompatible, "NOT NULL"},
      {keyed("accState", "VALUE", row({"BIGINT"})), StateOutcome::incompatible, "(BIGINT)"},
      {keyed("accState", "VALUE", row({"BIGINT", "STRING", "STRING"})), StateOutcome::incompatible, "STRING, STRING"},
      {keyed("accState", "VALUE", {.serializer = "LongSerializer"}), StateOutcome::incompatible, "LongSerializer"},
      {keyed("accState", "MAP", row({"BIGINT", "STRING"})), StateOutcome::incompatible, "it is MAP state"},
      {keyed("accState", "VALUE", with_ttl(row({"BIGINT", "STRING"}))), StateOutcome::incompatible, "time to live"},
      {keyed("left-records", "MAP", row({"BIGINT"})), StateOutcome::unknown, "knows no such state"},
  };
  for (const Row& row : rows) {
    INFO(row.state.name << " " << to_text(*row.state.value));
    const PlanOperatorVerdict verdict = predict(plan_of(kAggregate), operator_of("2_group-aggregate", row.state));
    CHECK(verdict.taken == PlanOperatorVerdict::Taken::yes);
    CHECK_FALSE(verdict.key_differs);
    REQUIRE(verdict.states.size() == 1);
    CHECK(std::string(to_string(verdict.states[0].outcome)) == to_string(row.outcome));
    CHECK_THAT(verdict.states[0].reason, Catch::Contains(row.reason));
  }
}

TEST_CASE("A key of other columns fails the job") {
  const State state = keyed("accState", "VALUE", row({"BIGINT", "STRING"}));
  const auto verdict = predict(plan_of(kAggregate), operator_of("2_group-aggregate", state, {"INT"}));
  CHECK(verdict.key_differs);
  CHECK_THAT(verdict.reason, Catch::Contains("of its key"));
}

TEST_CASE("An operator that the plan has not is named, whether it is of SQL or not known") {
  const State state = keyed("accState", "VALUE", row({"BIGINT"}));
  const auto other = predict(plan_of(kAggregate), operator_of("17_group-aggregate", state));
  CHECK(other.taken == PlanOperatorVerdict::Taken::no);
  CHECK(other.uid == "17_group-aggregate");
  const auto unknown = predict(plan_of(kAggregate), operator_of("2_paimon-writer", state));
  CHECK(unknown.taken == PlanOperatorVerdict::Taken::undetermined);
  const auto undescribed =
      predict(plan_of(R"("type": "stream-exec-of-tomorrow_1")"), operator_of("2_group-aggregate", state));
  CHECK(undescribed.taken == PlanOperatorVerdict::Taken::undetermined);
}

TEST_CASE("State of another strategy is lost without a word") {
  const char* const retract = R"("type": "stream-exec-rank_1", "rankStrategy": {"type": "Retract"},
      "partition": {"fields": [0]}, "orderBy": {"fields": [{"index": 1, "isAscending": true}]},
      "rankRange": {"type": "Constant", "start": 1, "end": 3}, "state": [{"index": 0, "ttl": "0 ms", "name": "rankState"}])";
  const auto verdict =
      predict(plan_of(retract), operator_of("2_rank", keyed("data-state-with-append", "MAP", row({"BIGINT"}))));
  REQUIRE(verdict.states.size() == 1);
  CHECK(verdict.states[0].outcome == StateOutcome::dropped);
}

TEST_CASE("Uids follow the format that the node's configuration sets") {
  const CompiledPlan plan = plan_of(
      R"("type": "stream-exec-calc_1", "configuration": {"table.exec.uid.format": "x-<type>_<version>_<id>_<transformation>"})");
  CHECK(plan_uid(plan.nodes[0], "source") == "1_source");
  CHECK(plan_uid(plan.nodes[1], "calc") == "x-stream-exec-calc_1_2_calc");
}

TEST_CASE("A release runs the plans of older ones, with nodes that it knows") {
  struct Row {
    const char* node;
    FlinkVersion target;
    std::size_t obstacles;
    bool certain;
    const char* why;
  };
  const std::vector<Row> rows = {
      {"stream-exec-calc_1", {1, 20}, 0, false, ""},
      {"stream-exec-calc_1", {2, 2}, 0, false, ""},
      {"stream-exec-calc_1", {1, 19}, 1, true, "does not know"},
      {"stream-exec-delta-join_1", {2, 0}, 1, true, "new in Flink 2.1"},
      {"stream-exec-sink_2", {2, 2}, 1, true, "new in Flink 2.3"},
      {"stream-exec-of-tomorrow_1", {2, 2}, 1, false, "does not describe"},
  };
  for (const Row& row : rows) {
    INFO(row.node << " on " << row.target.text());
    const auto obstacles = plan_obstacles(plan_of("\"type\": \"" + std::string(row.node) + "\""), row.target, table());
    REQUIRE(obstacles.size() == row.obstacles);
    if (!obstacles.empty()) {
      CHECK(obstacles[0].certain == row.certain);
      CHECK_THAT(obstacles[0].why, Catch::Contains(row.why));
    }
  }
}
