#pragma once

#include <string>
#include <vector>

#include "graph_layout.h"
#include "html_writer.h"

namespace preflight {

/// A box in the picture of a job's graph.
struct GraphBox {
  std::string title;
  std::string detail;   ///< The second line; may be empty.
  std::string outcome;  ///< Class of the style sheet that gives the colour: "restores", "fails".
  std::string words;    ///< The outcome as text, with its mark: colour says nothing alone.
  std::string anchor;   ///< Id of the element that tells more; empty where there is none.
};

/// More boxes than this make no picture that anyone can read.
inline constexpr std::size_t kLargestPicture = 150;

/// The graph as an SVG picture within the page, sources at the top. For readers who hear the page it is a list of links
/// named by title and outcome.
void write_graph(HtmlWriter& html, const std::string& label, const std::vector<GraphBox>& boxes,
                 const std::vector<GraphEdge>& edges);

}  // namespace preflight
