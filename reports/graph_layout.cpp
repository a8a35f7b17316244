#include "graph_layout.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace preflight {
namespace {

/// A box, or a point at which a long edge passes a layer.
struct Item {
  int layer = 0;
  bool passing = false;
  double across = 0;
  std::vector<std::size_t> above, below;  ///< Items of the neighbouring layers that edges lead from and to.
};

using Layer = std::vector<std::size_t>;

std::vector<int> layers_of(std::uint32_t nodes, std::span<const GraphEdge> edges) {
  std::vector<std::vector<std::uint32_t>> inputs(nodes);
  std::vector<int> highest_reader(nodes, -1);
  for (const GraphEdge& edge : edges)
    if (edge.from < edge.to)
      inputs[edge.to].push_back(edge.from);
  std::vector<int> layer(nodes, 0);
  for (std::uint32_t node = 0; node < nodes; ++node)
    for (const std::uint32_t input : inputs[node])
      layer[node] = std::max(layer[node], layer[input] + 1);
  for (std::uint32_t node = 0; node < nodes; ++node)
    for (const std::uint32_t input : inputs[node])
      highest_reader[input] = highest_reader[input] < 0 ? layer[node] : std::min(highest_reader[input], layer[node]);
  // A source stands right above what reads it first, not at the top of the picture.
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (inputs[node].empty() && highest_reader[node] > 0)
      layer[node] = highest_reader[node] - 1;
  return layer;
}

/// Widths: of a box 1, of a passing edge a part of it.
double room_between(const Item& left, const Item& right) {
  constexpr double kPassing = 0.4;
  return ((left.passing ? kPassing : 1.0) + (right.passing ? kPassing : 1.0)) / 2;
}

class Placement {
 public:
  Placement(std::uint32_t nodes, std::span<const GraphEdge> edges) {
    for (const int layer : layers_of(nodes, edges))
      items_.push_back({.layer = layer});
    for (const GraphEdge& edge : edges)
      routes_.push_back(route_of(edge));
    for (std::size_t item = 0; item < items_.size(); ++item) {
      const auto layer = static_cast<std::size_t>(items_[item].layer);
      layers_.resize(std::max(layers_.size(), layer + 1));
      layers_[layer].push_back(item);
    }
  }

  void place() {
    for (Layer& layer : layers_)
      spread(layer);
    constexpr int kSweeps = 6;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::size_t layer = 1; layer < layers_.size(); ++layer)
        order(layers_[layer], &Item::above);
      for (std::size_t layer = layers_.size(); layer-- > 1;)
        order(layers_[layer - 1], &Item::below);
    }
    for (std::size_t layer = 1; layer < layers_.size(); ++layer)
      pull(layers_[layer], &Item::above);
  }

  GraphLayout result(std::uint32_t nodes) const {
    double left = 0;
    double right = 0;
    for (const Item& item : items_) {
      left = std::min(left, item.across);
      right = std::max(right, item.across);
    }
    const auto point = [&](std::size_t item) {
      return GraphPoint{.across = items_[item].across - left, .layer = items_[item].layer};
    };
    GraphLayout layout{.width = items_.empty() ? 0 : right - left + 1, .layers = static_cast<int>(layers_.size())};
    for (std::uint32_t node = 0; node < nodes; ++node)
      layout.nodes.push_back(point(node));
    for (const std::vector<std::size_t>& route : routes_) {
      layout.edges.emplace_back();
      for (const std::size_t item : route)
        layout.edges.back().push_back(point(item));
    }
    return layout;
  }

 private:
  using Neighbours = std::vector<std::size_t> Item::*;

  std::vector<std::size_t> route_of(const GraphEdge& edge) {
    std::vector<std::size_t> route{edge.from};
    if (edge.from < edge.to) {
      for (int layer = items_[edge.from].layer + 1; layer < items_[edge.to].layer; ++layer) {
        route.push_back(items_.size());
        items_.push_back({.layer = layer, .passing = true});
      }
    }
    route.push_back(edge.to);
    if (edge.from < edge.to)
      for (std::size_t i = 1; i < route.size(); ++i) {
        items_[route[i - 1]].below.push_back(route[i]);
        items_[route[i]].above.push_back(route[i - 1]);
      }
    return route;
  }

  /// Where the item's neighbours stand on average; where it stands itself if it has none.
  double barycentre(const Item& item, Neighbours neighbours) const {
    const std::vector<std::size_t>& of = item.*neighbours;
    if (of.empty())
      return item.across;
    const double sum = std::accumulate(
        of.begin(), of.end(), 0.0, [&](double all, std::size_t neighbour) { return all + items_[neighbour].across; });
    return sum / static_cast<double>(of.size());
  }

  void order(Layer& layer, Neighbours neighbours) {
    std::vector<std::pair<double, std::size_t>> wanted;
    for (const std::size_t item : layer)
      wanted.emplace_back(barycentre(items_[item], neighbours), item);
    std::ranges::stable_sort(wanted, {}, &std::pair<double, std::size_t>::first);
    std::ranges::transform(wanted, layer.begin(), &std::pair<double, std::size_t>::second);
    spread(layer);
  }

  /// Side by side, the middle of the layer at 0.
  void spread(const Layer& layer) {
    double across = 0;
    for (std::size_t i = 0; i < layer.size(); ++i) {
      if (i > 0)
        across += room_between(items_[layer[i - 1]], items_[layer[i]]);
      items_[layer[i]].across = across;
    }
    for (const std::size_t item : layer)
      items_[item].across -= across / 2;
  }

  /// As near to the barycentres as the neighbours to the left and to the right leave room: the mean of the two.
  void pull(const Layer& layer, Neighbours neighbours) {
    std::vector<double> from_left, from_right(layer.size());
    for (std::size_t i = 0; i < layer.size(); ++i) {
      const double wanted = barycentre(items_[layer[i]], neighbours);
      from_left.push_back(
          i == 0 ? wanted : std::max(wanted, from_left[i - 1] + room_between(items_[layer[i - 1]], items_[layer[i]])));
    }
    for (std::size_t i = layer.size(); i-- > 0;) {
      const double wanted = barycentre(items_[layer[i]], neighbours);
      from_right[i] = i + 1 == layer.size()
                          ? wanted
                          : std::min(wanted, from_right[i + 1] - room_between(items_[layer[i]], items_[layer[i + 1]]));
    }
    for (std::size_t i = 0; i < layer.size(); ++i)
      items_[layer[i]].across = (from_left[i] + from_right[i]) / 2;
  }

  std::vector<Item> items_;  ///< The nodes first.
  std::vector<std::vector<std::size_t>> routes_;
  std::vector<Layer> layers_;
};

}  // namespace

GraphLayout lay_out(std::uint32_t nodes, std::span<const GraphEdge> edges) {
  Placement placement(nodes, edges);
  placement.place();
  return placement.result(nodes);
}

}  // namespace preflight
