#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace preflight {

/// A column of a row type. The type is SQL text in the form of logical_type_text, without the marks of time attributes,
/// which Flink ignores when it compares types; empty where the plan writes it in a way that this reader does not know.
struct PlanColumn {
  std::string name;
  std::string type;
  std::string time_attribute;  ///< "ROWTIME" or "PROCTIME"; empty for a column that is neither.

  bool operator==(const PlanColumn&) const = default;
};

/// A state that the planner says the node keeps (StateMetadata, plans of Flink 1.18 and later).
struct PlanState {
  std::string name;  ///< "leftState"; a name of the planner's, not of the state in a savepoint.
  std::string ttl;   ///< As written: "0 ms" for none, "1 d".

  bool operator==(const PlanState&) const = default;
};

/// The table that a scan, a lookup or a sink names.
struct PlanTable {
  std::string identifier;                      ///< "`catalog`.`database`.`table`"; empty for an anonymous one.
  std::map<std::string, std::string> options;  ///< Empty where the plan leaves them to the catalog.
  std::vector<PlanColumn> columns;             ///< The physical ones; empty where the plan leaves them to the catalog.
};

/// One ExecNode of the plan.
struct PlanNode {
  std::int64_t id = 0;
  std::string type;   ///< "stream-exec-join"
  int version = 0;    ///< 1 of "stream-exec-join_1"
  std::string where;  ///< JSON pointer to it: "/nodes/3"
  std::string description;
  std::map<std::string, std::string> configuration;
  std::vector<PlanState> states;
  std::vector<PlanColumn> output;
  bool output_known = false;  ///< A row type was written whose columns could be told.
  std::optional<PlanTable> table;
  std::vector<std::size_t> inputs;  ///< Into CompiledPlan::nodes, in the order of the edges.
  /// What else the node says, by path: "joinSpec.joinType" → "INNER", "joinSpec.leftKeys.0" → "2". An array has its
  /// length at "joinSpec.leftKeys.#". Expressions and tables are left out, and so is what lies deeper than any
  /// specification of Flink's.
  std::map<std::string, std::string> values;

  const std::string* value(const std::string& path) const;
  /// The whole numbers of an array, or the "index" of each object in it; nullopt where the node has no such array.
  std::optional<std::vector<std::size_t>> indices(const std::string& path) const;
};

/// A compiled plan: the JSON of COMPILE PLAN, CompiledPlan#asJsonString (ExecNodeGraphJsonSerializer of
/// flink-table-planner).
struct CompiledPlan {
  std::filesystem::path path;
  std::string flink_version;  ///< "1.19", of the planner that compiled it.
  std::vector<PlanNode> nodes;
};

/// Reads a plan from a file, or from standard input ("-"). Throws InputError naming the JSON pointer and what was
/// expected there: not JSON, a missing or mistyped key, an edge between nodes that do not exist, two nodes of one ID;
/// and over_limit beyond 16 MiB, 64 levels or 500 000 values.
CompiledPlan read_compiled_plan(const std::filesystem::path& path);

/// The same of bytes; `name` stands for the path in messages.
CompiledPlan parse_compiled_plan(std::span<const std::byte> bytes, const std::string& name);

}  // namespace preflight
