#include <fmt/format.h>

#include <algorithm>

#include "html_sections.h"
#include "report_wording.h"
#include "serializer_lines.h"

namespace preflight {
namespace {

constexpr int kDeepestIndent = 6;  // the style sheet's

/// What stands in place of a serializer that is not there, before and after.
const char* missing_before(StateOutcome outcome) {
  return outcome == StateOutcome::new_ ? "not in the savepoint" : "could not be read";
}

const char* missing_after(StateOutcome outcome) {
  return outcome == StateOutcome::dropped ? "nothing takes it" : "not known";
}

void write_tree(HtmlWriter& html, const std::vector<SerializerLine>& lines, const char* changed) {
  const auto list = html.open("ul", {{"class", "tree"}});
  for (const SerializerLine& line : lines) {
    const auto item = html.open("li", {{"class", fmt::format("in-{}", std::min(line.depth, kDeepestIndent))}});
    if (line.changed)
      html.inline_element(changed, line.text);
    else
      html.text(line.text);
  }
}

/// `changed` is the element for a line that the other side does not have.
void write_side(HtmlWriter& html, const char* label, const std::vector<SerializerLine>& lines, const char* missing,
                const char* changed) {
  const auto side = html.open("div");
  html.block("dt", label);
  const auto value = html.open("dd");
  if (lines.empty())
    html.inline_element("span", missing, {{"class", "missing"}});
  else
    write_tree(html, lines, changed);
}

void write_sides(HtmlWriter& html, const StatePrediction& state) {
  const auto sides = html.open("dl", {{"class", "sides"}});
  std::vector<SerializerLine> before = serializer_lines(state.serializer_before.value_or(""));
  std::vector<SerializerLine> after = serializer_lines(state.serializer_after.value_or(""));
  if (state.serializer_before && state.serializer_before == state.serializer_after) {
    write_side(html, "In the savepoint and in the new JAR", before, "", "span");
    return;
  }
  if (state.serializer_before && state.serializer_after)
    mark_changes(before, after);
  write_side(html, "In the savepoint", before, missing_before(state.outcome), "del");
  write_side(html, "In the new JAR", after, missing_after(state.outcome), "ins");
}

}  // namespace

void write_state(HtmlWriter& html, const StatePrediction& state, const char* mark) {
  const bool needs_a_look = state.outcome != StateOutcome::as_is && state.outcome != StateOutcome::new_;
  const auto item = html.open("li", {{"class", fmt::format("state {}", to_string(state.outcome))}});
  const auto fold = html.open("details", {{"open", "", needs_a_look}});
  {
    const auto line = html.open("summary", {{"class", "line"}});
    html.name(state.name);
    html.text(" ");
    html.inline_element("span", to_string(state.kind), {{"class", "kind"}});
    html.text(" ");
    write_outcome(html, mark, outcome_text(state.outcome));
  }
  if (!state.reason.empty())
    html.block("p", state.reason);
  write_sides(html, state);
}

}  // namespace preflight
