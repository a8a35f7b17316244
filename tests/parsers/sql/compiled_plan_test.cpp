#include "sql/compiled_plan.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "input/file_bytes.h"
#include "input/input_error.h"

using namespace preflight;

namespace {

const std::filesystem::path kSeed = std::filesystem::path(FUZZ_SEEDS) / "compiled_plan" / "deduplicate.json";

CompiledPlan parse(const std::string& text) {
  return parse_compiled_plan(std::as_bytes(std::span(text)), "plan.json");
}

/// A plan of one node with these members beside its ID.
std::string plan_of_node(const std::string& members) {
  return R"({"flinkVersion": "1.20", "edges": [], "nodes": [{"id": 1, )" + members + "}]}";
}

}  // namespace

TEST_CASE("A compiled plan is read with what rules ask of it") {
  const CompiledPlan plan = read_compiled_plan(kSeed);
  CHECK(plan.flink_version == "1.20");
  REQUIRE(plan.nodes.size() == 3);
  const PlanNode& source = plan.nodes[0];
  REQUIRE(source.table);
  CHECK(source.table->identifier == "`c`.`d`.`orders`");
  CHECK(source.table->options.at("connector") == "kafka");
  CHECK(source.table->columns == std::vector<PlanColumn>{{"id", "BIGINT", ""}, {"name", "STRING", ""}});
  CHECK(source.output == source.table->columns);

  const PlanNode& deduplicate = plan.nodes[1];
  CHECK(deduplicate.type == "stream-exec-deduplicate");
  CHECK(deduplicate.version == 1);
  CHECK(deduplicate.inputs == std::vector<std::size_t>{0});
  CHECK(deduplicate.states == std::vector<PlanState>{{"deduplicateState", "0 ms"}});
  CHECK(deduplicate.configuration.at("table.exec.mini-batch.enabled") == "false");
  CHECK(deduplicate.indices("uniqueKeys") == std::vector<std::size_t>{0});
  CHECK(deduplicate.indices("orderBy.fields") == std::vector<std::size_t>{1});
  CHECK_FALSE(deduplicate.indices("partition.fields"));
  REQUIRE(deduplicate.value("isRowtime") != nullptr);
  CHECK(*deduplicate.value("isRowtime") == "true");
  CHECK(deduplicate.output == std::vector<PlanColumn>{{"id", "BIGINT", ""},
                                                      {"tags", "MAP<INT, ARRAY<STRING>> NOT NULL", ""},
                                                      {"at", "TIMESTAMP(3)", "ROWTIME"}});
}

TEST_CASE("A node of a type that is not known yet is kept") {
  const PlanNode node = read_compiled_plan(kSeed).nodes[2];
  CHECK(node.type == "stream-exec-of-tomorrow");
  CHECK(node.version == 7);
  CHECK(node.output ==
        std::vector<PlanColumn>{{"a,``b", "ROW<`x` DECIMAL(10, 2) NOT NULL, `y` INT> NOT NULL", ""}, {"c", "INT", ""}});
}

TEST_CASE("What is no compiled plan is refused, with the place and what was expected there") {
  struct Row {
    std::string text;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"", "expected a compiled plan, which is JSON"},
      {"{\n\"flinkVersion\": }", "plan.json:2: expected a compiled plan"},
      {"[]", "expected an object at the top"},
      {"{}", "expected a key \"flinkVersion\" at the top"},
      {R"({"flinkVersion": 1})", "expected a string at /flinkVersion"},
      {R"({"flinkVersion": "1.20", "nodes": {}})", "expected an array at /nodes"},
      {R"({"flinkVersion": "1.20", "nodes": [7]})", "expected an object at /nodes/0"},
      {plan_of_node(R"("x": 1)"), "expected a key \"type\" at /nodes/0"},
      {plan_of_node(R"("type": "stream-exec-join")"), "such as \"stream-exec-join_1\", at /nodes/0/type"},
      {plan_of_node(R"("type": "stream-exec-join_99999999999999")"), "at /nodes/0/type"},
      {plan_of_node(R"("type": "a_1", "state": 5)"), "expected an array at /nodes/0/state"},
      {plan_of_node(R"("type": "a_1", "state": [{"name": "x"}])"), "expected a key \"ttl\" at /nodes/0/state/0"},
      {plan_of_node(R"("type": "a_1", "outputType": 5)"), "expected an object at /nodes/0/outputType"},
      {plan_of_node(R"("type": "a_1", "configuration": [])"), "expected an object at /nodes/0/configuration"},
      {R"({"flinkVersion": "1.20", "nodes": [{"id": 1, "type": "a_1"}, {"id": 1, "type": "a_1"}], "edges": []})",
       "expected an ID of its own at /nodes/1/id"},
      {R"({"flinkVersion": "1.20", "nodes": [], "edges": [{"source": 4, "target": 5}]})",
       "expected the ID of a node at /edges/0/source"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK_THROWS_WITH(parse(row.text), Catch::Contains(row.message));
    CHECK_THROWS_AS(parse(row.text), InputError);
  }
}

TEST_CASE("A plan that is deeper or larger than any real one is refused before it is built") {
  CHECK_THROWS_WITH(parse(std::string(1'000'000, '[')), Catch::Contains("at most 64 levels"));
  CHECK_THROWS_WITH(parse(std::string(1'000'000, ',')), Catch::Contains("500000 values"));
}

TEST_CASE("Every prefix of a plan is refused") {
  const std::vector<std::byte> bytes = read_file(kSeed, 1U << 20U, "a compiled plan");
  for (std::size_t length = 0; length + 3 < bytes.size(); ++length)
    CHECK_THROWS_AS(parse_compiled_plan(std::span(bytes).first(length), "plan.json"), InputError);
}
