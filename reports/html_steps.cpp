#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "html_sections.h"
#include "report_wording.h"

namespace preflight {
namespace {

// A thing that hundreds of findings ask for names these; the findings have the rest.
constexpr std::size_t kReasonsShown = 5;

void write_step(HtmlWriter& html, const ThingToDo& step, const std::vector<Finding>& findings) {
  const auto item = html.open("li");
  html.block("p", step.remedy, {{"class", "remedy"}});
  const auto reasons = html.open("ul", {{"class", "because"}});
  const std::size_t shown = std::min(step.findings.size(), kReasonsShown);
  for (const std::size_t index : std::span(step.findings).first(shown)) {
    const auto reason = html.open("li");
    write_badge(html, findings[index].severity);
    html.text(" ");
    html.inline_element("a", findings[index].title, {{"href", "#" + finding_anchor(index)}});
  }
  if (step.findings.size() > shown)
    html.block("li", fmt::format("and {} more", plural(step.findings.size() - shown, "finding")), {{"class", "kind"}});
}

void write_list(HtmlWriter& html, std::span<const ThingToDo> steps, std::size_t first,
                const std::vector<Finding>& findings) {
  const auto list = html.open("ol", {{"class", "steps"}, {"start", std::to_string(first), first > 1}});
  for (const ThingToDo& step : steps)
    write_step(html, step, findings);
}

}  // namespace

void write_steps(HtmlWriter& html, const std::vector<Finding>& findings) {
  const std::vector<ThingToDo> steps = things_to_do(findings);
  const auto section = html.open("section", {{"id", "steps"}, {"aria-labelledby", "steps-title"}});
  html.block("h2", steps.empty() ? "What to do" : "Do this first", {{"id", "steps-title"}});
  if (steps.empty()) {
    html.block("p", "No finding asks for anything to be done before the upgrade.");
    return;
  }
  const std::size_t first = std::min(steps.size(), kFirstThings);
  write_list(html, std::span(steps).first(first), 1, findings);
  if (steps.size() == first)
    return;
  const auto rest = html.open("details", {{"class", "rest"}});
  html.block("summary", fmt::format("{} more to do before the upgrade", steps.size() - first));
  write_list(html, std::span(steps).subspan(first), first + 1, findings);
}

}  // namespace preflight
