#include <fmt/format.h>

#include "report_wording.h"
#include "rollback_sections.h"

namespace preflight {
namespace {

void write_list(HtmlWriter& html, const char* heading, const std::vector<std::string>& items) {
  if (items.empty())
    return;
  html.block("h3", heading);
  const auto list = html.open("ul");
  for (const std::string& item : items)
    html.block("li", item);
}

void write_commands(HtmlWriter& html, const std::vector<std::string>& commands) {
  if (commands.empty())
    return;
  html.block("h3", "Commands");
  const auto list = html.open("ul");
  for (const std::string& command : commands) {
    const auto item = html.open("li");
    html.name(command, " /");
  }
}

}  // namespace

void write_rollback(HtmlWriter& html, const RollbackReadiness& rollback) {
  if (rollback.sentence.empty())
    return;
  const auto section = html.open("section", {{"id", "way-back"}, {"aria-labelledby", "way-back-title"}});
  html.block("h2", fmt::format("The way back: {}", rollback_word(rollback.verdict)), {{"id", "way-back-title"}});
  html.block("p", rollback.sentence);
  if (!rollback.snapshot.empty())
    html.block("p", fmt::format("One goes back to {}.", rollback.snapshot));
  if (!rollback.steps.empty()) {
    html.block("h3", "Steps");
    const auto list = html.open("ol");
    for (const std::string& step : rollback.steps)
      html.block("li", step);
  }
  write_commands(html, rollback.commands);
  write_list(html, "Lost by going back", rollback.loses);
  write_list(html, "Not known", rollback.missing);
  for (const Location& location : rollback.locations) {
    const auto line = html.open("p", {{"class", "kind"}});
    html.text("At ");
    html.name(location_text(location));
  }
}

}  // namespace preflight
