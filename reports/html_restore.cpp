#include <fmt/format.h>

#include <algorithm>

#include "html_graph.h"
#include "html_sections.h"
#include "report_wording.h"

namespace preflight {
namespace {

constexpr std::size_t kMostOpen = 100;

const char* mark_of(StateOutcome outcome) {
  switch (outcome) {
    case StateOutcome::as_is:
    case StateOutcome::after_migration:
      return "✓";
    case StateOutcome::incompatible:
    case StateOutcome::dropped:
      return "✗";
    case StateOutcome::new_:
      return "+";
    case StateOutcome::unknown:
      break;
  }
  return "?";
}

const char* mark_of(OperatorOutcome outcome) {
  switch (outcome) {
    case OperatorOutcome::restores:
      return "✓";
    case OperatorOutcome::dropped:
    case OperatorOutcome::fails:
      return "✗";
    case OperatorOutcome::stateless:
      return "·";
    case OperatorOutcome::unknown:
      break;
  }
  return "?";
}

const char* mark_of(const OperatorPrediction& prediction) {
  return is_new(prediction) ? "+" : mark_of(prediction.outcome);
}

/// The class of the style sheet that gives the colour.
const char* style_of(const OperatorPrediction& prediction) {
  return is_new(prediction) ? "new" : to_string(prediction.outcome);
}

void write_operator_facts(HtmlWriter& html, const OperatorPrediction& prediction) {
  const auto line = html.open("p", {{"class", "kind"}});
  html.text("Operator ID ");
  html.name(prediction.id.hex());
  html.text(fmt::format(", parallelism {}, max parallelism {}", prediction.parallelism, prediction.max_parallelism));
}

void write_operator_title(HtmlWriter& html, const OperatorPrediction& prediction) {
  const auto summary = html.open("summary");
  html.name(operator_text(prediction));
  html.text(" ");
  if (prediction.uid && prediction.name && prediction.name != prediction.uid) {
    html.inline_element("bdi", *prediction.name);
    html.text(" ");
  }
  write_outcome(html, mark_of(prediction), outcome_text(prediction));
  if (!prediction.states.empty()) {
    html.text(" ");
    html.inline_element("span", plural(prediction.states.size(), "state"), {{"class", "kind"}});
  }
}

void write_operator_body(HtmlWriter& html, const OperatorPrediction& prediction) {
  write_operator_title(html, prediction);
  if (!prediction.reason.empty())
    html.block("p", prediction.reason);
  write_operator_facts(html, prediction);
  if (prediction.states.empty())
    return;
  const auto states = html.open("ul", {{"class", "states"}});
  for (const StatePrediction& state : prediction.states)
    write_state(html, state, mark_of(state.outcome));
}

std::string operator_anchor(std::size_t index) {
  return fmt::format("operator-{}", index + 1);
}

/// An operator is open where there is something to look into, unless there are more than anyone looks into.
void write_operator(HtmlWriter& html, const OperatorPrediction& prediction, std::size_t index, bool many) {
  const bool needs_a_look =
      prediction.outcome != OperatorOutcome::restores && prediction.outcome != OperatorOutcome::stateless;
  const auto details = html.open("details", {{"id", operator_anchor(index)},
                                             {"class", fmt::format("operator {}", style_of(prediction))},
                                             {"open", "", needs_a_look && !many}});
  write_operator_body(html, prediction);
}

/// "fails: 1, restores: 2": how many operators share each outcome, gravest first.
std::string operator_counts(const std::vector<OperatorPrediction>& operators) {
  std::string text;
  for (const OperatorOutcome outcome : {OperatorOutcome::fails, OperatorOutcome::dropped, OperatorOutcome::unknown,
                                        OperatorOutcome::restores, OperatorOutcome::stateless}) {
    const auto count = std::ranges::count(operators, outcome, &OperatorPrediction::outcome);
    if (count > 0)
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", outcome_text(outcome), count);
  }
  return text;
}

GraphBox box_of(const RestoreGraphNode& node, const RestorePrediction& restore) {
  GraphBox box{.title = node.title, .detail = node.detail, .outcome = "unknown", .words = "? its ID is not known"};
  if (!node.prediction)
    return box;
  const OperatorPrediction& prediction = restore.operators[*node.prediction];
  box.outcome = style_of(prediction);
  box.words = fmt::format("{} {}", mark_of(prediction), outcome_text(prediction));
  box.anchor = operator_anchor(*node.prediction);
  return box;
}

void write_picture(HtmlWriter& html, const RestorePrediction& restore) {
  if (restore.graph.nodes.empty() || restore.graph.nodes.size() > kLargestPicture)
    return;
  std::vector<GraphBox> boxes;
  for (const RestoreGraphNode& node : restore.graph.nodes)
    boxes.push_back(box_of(node, restore));
  std::vector<GraphEdge> edges;
  for (const RestoreGraphEdge& edge : restore.graph.edges)
    edges.push_back({.from = edge.from, .to = edge.to});
  write_graph(html, "The new job, each operator with what becomes of its state", boxes, edges);
}

}  // namespace

void write_outcome(HtmlWriter& html, const char* mark, const char* outcome) {
  html.inline_element("span", mark, {{"class", "mark"}, {"aria-hidden", "true"}});
  html.text(" ");
  html.inline_element("span", outcome, {{"class", "outcome"}});
}

void write_restore(HtmlWriter& html, const RestorePrediction& restore) {
  const auto section = html.open("section", {{"id", "state"}, {"aria-labelledby", "state-title"}});
  html.block("h2", "What becomes of the state", {{"id", "state-title"}});
  if (restore.outcome == RestoreOutcome::not_applicable) {
    html.block("p",
               "Neither a savepoint nor the running JAR was given, so nothing can be said about the state of the "
               "running job.");
    return;
  }
  {
    const auto line = html.open("p", {{"class", fmt::format("restore {}", to_string(restore.outcome))}});
    html.inline_element("strong", fmt::format("State in the savepoint: {}.", restore_sentence(restore.outcome)));
    html.text(restore.reason.empty() ? "" : " " + restore.reason);
  }
  if (restore.allow_non_restored_state)
    html.block("p", *restore.allow_non_restored_state
                        ? "allowNonRestoredState is on: Flink starts even where state finds no operator, and drops it."
                        : "allowNonRestoredState is off: Flink refuses to start where state finds no operator.");
  if (!restore.operators.empty())
    html.block("p",
               fmt::format("{} ({})", plural(restore.operators.size(), "operator"), operator_counts(restore.operators)),
               {{"class", "kind"}});
  write_picture(html, restore);
  if (!restore.operators.empty())
    write_fold_buttons(html);
  for (std::size_t i = 0; i < restore.operators.size(); ++i)
    write_operator(html, restore.operators[i], i, restore.operators.size() > kMostOpen);
}

}  // namespace preflight
