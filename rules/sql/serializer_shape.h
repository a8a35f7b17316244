#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// Which columns a row that is kept in state has, as a row of sql_nodes.json says it.
struct RowShape {
  enum class Columns {
    none,   ///< "row()": no column, the key where there is none.
    any,    ///< "row(any)": the plan does not tell.
    input,  ///< "row(input 0)", "row(input 0 at joinSpec.leftKeys)", "row(input 0 at smallest of leftUpsertKeys)"
    sink,   ///< "row(sink)": the physical columns of the sink's table.
    accumulators,  ///< "row(accumulators of aggCalls)"
    key,           ///< "row(key)": as the operator's key; only in shapes that the table's reader makes itself.
  };
  Columns columns = Columns::any;
  std::size_t input = 0;
  std::string path;       ///< Of the indices of the columns, or of the aggregate calls; empty for all columns.
  bool smallest = false;  ///< The path leads to a list of such lists, of which the shortest is meant.
};

/// A serializer as far as it can be told before there is a plan: "MapSerializer<LongSerializer, row(input 0)>", names
/// as SerializerSnapshot::serializer has them, "any" for one that is not told.
struct SerializerShape {
  std::string name;             ///< Empty for "any" and for a row.
  std::optional<RowShape> row;  ///< Of RowDataSerializer.
  std::vector<SerializerShape> nested;

  bool any() const { return name.empty() && !row; }
};

/// nullopt where the text has no such form.
std::optional<SerializerShape> parse_serializer_shape(std::string_view text);

}  // namespace preflight
