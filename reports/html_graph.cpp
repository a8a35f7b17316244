#include "html_graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "unicode_text.h"

namespace preflight {
namespace {

// In the picture's own units, which are pixels where there is room for it.
constexpr double kBoxWidth = 200;
constexpr double kBoxHeight = 62;
constexpr double kColumn = 224;
constexpr double kLayer = 104;
constexpr double kMargin = 4;
constexpr int kColumnsOfText = 27;  // of the small fixed-width font in a box

double left_of(const GraphPoint& point) {
  return kMargin + point.across * kColumn;
}
double top_of(const GraphPoint& point) {
  return kMargin + point.layer * kLayer;
}
double middle_of(const GraphPoint& point) {
  return left_of(point) + kBoxWidth / 2;
}

/// As much of the text as a box is wide, the rest an ellipsis.
std::string fitted(const std::string& text) {
  const std::string visible = visible_text(text);
  if (display_width(visible) <= kColumnsOfText)
    return visible;
  std::string fitting;
  for (std::size_t at = 0; at < visible.size();) {
    std::size_t end = at + 1;
    while (end < visible.size() && (static_cast<unsigned char>(visible[end]) & 0xC0U) == 0x80U)
      ++end;
    const std::string longer = fitting + visible.substr(at, end - at);
    if (display_width(longer) > kColumnsOfText - 1)
      break;
    fitting = longer;
    at = end;
  }
  return fitting + "…";
}

/// From the lower edge of a box to the upper edge of the next, by way of the points between, in smooth curves.
std::string path_of(const std::vector<GraphPoint>& points) {
  const auto curve_to = [](double from_y, double x, double y, double from_x) {
    const double half = (y - from_y) / 2;
    return fmt::format(" C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}", from_x, from_y + half, x, y - half, x, y);
  };
  double x = middle_of(points.front());
  double y = top_of(points.front()) + kBoxHeight;
  std::string path = fmt::format("M{:.0f} {:.0f}", x, y);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double next_x = middle_of(points[i]);
    const double next_y = top_of(points[i]);
    path += curve_to(y, next_x, next_y, x);
    x = next_x;
    y = next_y;
    if (i + 1 < points.size()) {
      y += kBoxHeight;
      path += fmt::format(" L{:.0f} {:.0f}", x, y);
    }
  }
  return path;
}

/// An iteration: from the right side of the lower box around to the right side of the upper one.
std::string path_back(const GraphPoint& from, const GraphPoint& to) {
  const double x = left_of(from) + kBoxWidth;
  const double to_x = left_of(to) + kBoxWidth;
  const double out = std::max(x, to_x) + (kColumn - kBoxWidth) / 2;
  return fmt::format("M{:.0f} {:.0f} C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}", x, top_of(from) + kBoxHeight / 2, out,
                     top_of(from) + kBoxHeight / 2, out, top_of(to) + kBoxHeight / 2, to_x,
                     top_of(to) + kBoxHeight / 2);
}

void write_text(HtmlWriter& html, const GraphPoint& point, double down, const char* style, const std::string& text) {
  html.block("text", fitted(text),
             {{"class", style},
              {"x", fmt::format("{:.0f}", left_of(point) + 12)},
              {"y", fmt::format("{:.0f}", top_of(point) + down)}});
}

void write_box_shape(HtmlWriter& html, const GraphBox& box, const GraphPoint& point) {
  html.block("title", fmt::format("{}: {}", box.title, box.words));
  html.block("rect", "",
             {{"x", fmt::format("{:.0f}", left_of(point))},
              {"y", fmt::format("{:.0f}", top_of(point))},
              {"width", fmt::format("{:.0f}", kBoxWidth)},
              {"height", fmt::format("{:.0f}", kBoxHeight)},
              {"rx", "6"}});
  write_text(html, point, 20, "title", box.title);
  write_text(html, point, 36, "detail", box.detail);
  write_text(html, point, 52, "words", box.words);
}

void write_box(HtmlWriter& html, const GraphBox& box, const GraphPoint& point) {
  const std::string style = "box " + box.outcome;
  if (box.anchor.empty()) {
    const auto group = html.open("g", {{"class", style}});
    write_box_shape(html, box, point);
  } else {
    const auto link = html.open("a", {{"class", style}, {"href", "#" + box.anchor}});
    write_box_shape(html, box, point);
  }
}

/// The head of an arrow that ends there: downwards, or of one that goes back to the left. Drawn, since a marker would
/// be named by url(), which nothing in the page has.
std::string head_of(const GraphPoint& end, bool back) {
  if (back)
    return fmt::format("M{:.0f} {:.0f} l8 -4 v8 z", left_of(end) + kBoxWidth, top_of(end) + kBoxHeight / 2);
  return fmt::format("M{:.0f} {:.0f} l-4 -8 h8 z", middle_of(end), top_of(end));
}

}  // namespace

void write_graph(HtmlWriter& html, const std::string& label, const std::vector<GraphBox>& boxes,
                 const std::vector<GraphEdge>& edges) {
  const GraphLayout layout = lay_out(static_cast<std::uint32_t>(boxes.size()), edges);
  const double width = layout.width * kColumn - (kColumn - kBoxWidth) + 2 * kMargin;
  const double height = layout.layers * kLayer - (kLayer - kBoxHeight) + 2 * kMargin;
  const auto frame =
      html.open("div", {{"class", "graph"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", label}});
  const auto picture = html.open("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                                         {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", width, height)},
                                         {"width", fmt::format("{:.0f}", width)},
                                         {"height", fmt::format("{:.0f}", height)}});
  for (const std::vector<GraphPoint>& points : layout.edges) {
    const bool back = points.back().layer <= points.front().layer;
    html.block("path", "",
               {{"class", back ? "edge back" : "edge"},
                {"d", back ? path_back(points.front(), points.back()) : path_of(points)}});
    html.block("path", "", {{"class", "head"}, {"d", head_of(points.back(), back)}});
  }
  for (std::size_t i = 0; i < boxes.size(); ++i)
    write_box(html, boxes[i], layout.nodes[i]);
}

}  // namespace preflight
