#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace preflight {

/// An edge between nodes that are counted from 0.
struct GraphEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// `across` in units of the distance between two boxes side by side, from 0; `layer` counts rows from the top.
struct GraphPoint {
  double across = 0;
  int layer = 0;
};

/// A picture of a graph in layers, edges pointing down.
struct GraphLayout {
  std::vector<GraphPoint> nodes;
  /// For each edge the points that it goes through, both ends included: one a layer, so that it passes beside the boxes
  /// between. An edge that goes back has its two ends alone.
  std::vector<std::vector<GraphPoint>> edges;
  double width = 0;  ///< Of the widest layer, boxes included.
  int layers = 0;
};

/// Layers by the longest way from a source, ordered so that few edges cross (Sugiyama's method: long edges cut into
/// pieces, barycentres). Nodes are numbered so that each comes after those that feed it, as a job's operators are in
/// the order in which they were made; an edge from a later node to an earlier one (an iteration) does not count for the
/// layers. Every edge's ends are nodes. Takes time and memory in nodes + layers that edges span.
GraphLayout lay_out(std::uint32_t nodes, std::span<const GraphEdge> edges);

}  // namespace preflight
