#include "graph_layout.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace preflight {
namespace {

struct Row {
  const char* name;
  std::uint32_t nodes;
  std::vector<GraphEdge> edges;
  std::vector<int> layers;
  double width;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {"nothing", 0, {}, {}, 0},
      {"one operator", 1, {}, {0}, 1},
      {"a chain", 4, {{0, 1}, {1, 2}, {2, 3}}, {0, 1, 2, 3}, 1},
      {"one feeds three", 4, {{0, 1}, {0, 2}, {0, 3}}, {0, 1, 1, 1}, 3},
      {"two sources meet", 3, {{0, 2}, {1, 2}}, {0, 0, 1}, 2},
      {"a diamond", 4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}}, {0, 1, 1, 2}, 2},
      {"a late source stands above its reader", 4, {{0, 1}, {1, 3}, {2, 3}}, {0, 1, 1, 2}, 2},
      {"an edge over two layers passes beside the box", 3, {{0, 1}, {1, 2}, {0, 2}}, {0, 1, 2}, 1.7},
      {"an iteration goes back", 3, {{0, 1}, {1, 2}, {2, 1}}, {0, 1, 2}, 1},
      {"two jobs side by side", 4, {{0, 1}, {2, 3}}, {0, 1, 0, 1}, 2},
      {"an edge twice", 2, {{0, 1}, {0, 1}}, {0, 1}, 1},
  };
  return all;
}

}  // namespace

TEST_CASE("A graph is laid out in layers") {
  for (const Row& row : rows()) {
    DYNAMIC_SECTION(row.name) {
      const GraphLayout layout = lay_out(row.nodes, row.edges);
      std::vector<int> layers;
      for (const GraphPoint& node : layout.nodes)
        layers.push_back(node.layer);
      CHECK(layers == row.layers);
      CHECK(layout.width == Approx(row.width));
    }
  }
}

TEST_CASE("Boxes of a layout do not overlap, and edges begin and end at theirs") {
  for (const Row& row : rows()) {
    DYNAMIC_SECTION(row.name) {
      const GraphLayout layout = lay_out(row.nodes, row.edges);
      for (std::size_t a = 0; a < layout.nodes.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
          if (layout.nodes[a].layer == layout.nodes[b].layer)
            CHECK(std::abs(layout.nodes[a].across - layout.nodes[b].across) >= 1 - 1e-9);
      REQUIRE(layout.edges.size() == row.edges.size());
      for (std::size_t i = 0; i < row.edges.size(); ++i) {
        const auto ends = [&](const GraphPoint& point, std::uint32_t node) {
          CHECK(point.layer == layout.nodes[node].layer);
          CHECK(point.across == layout.nodes[node].across);
        };
        ends(layout.edges[i].front(), row.edges[i].from);
        ends(layout.edges[i].back(), row.edges[i].to);
        const int down = layout.edges[i].back().layer - layout.edges[i].front().layer;
        if (down > 0)
          CHECK(layout.edges[i].size() == static_cast<std::size_t>(down) + 1);
      }
    }
  }
}

TEST_CASE("A layout crosses no edges where it need not") {
  // a → x, b → y, c → z, named so that the order in which they were made crosses them.
  const GraphLayout layout = lay_out(6, std::vector<GraphEdge>{{0, 5}, {1, 4}, {2, 3}});
  for (const auto& [from, to] : {std::pair{0, 5}, std::pair{1, 4}, std::pair{2, 3}})
    CHECK(layout.nodes[static_cast<std::size_t>(from)].across == layout.nodes[static_cast<std::size_t>(to)].across);
}

}  // namespace preflight
