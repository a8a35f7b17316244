#include <fmt/format.h>

#include "markdown_text.h"
#include "report_wording.h"
#include "rollback_sections.h"
#include "unicode_text.h"

namespace preflight {
namespace {

void add_list(std::string& text, const char* heading, const std::vector<std::string>& items) {
  if (items.empty())
    return;
  text += fmt::format("\n**{}**\n\n", heading);
  for (const std::string& item : items)
    text += fmt::format("- {}\n", markdown_escaped(item));
}

}  // namespace

std::string rollback_markdown(const RollbackReadiness& rollback) {
  if (rollback.sentence.empty())
    return {};
  std::string text = fmt::format("\n<details><summary>The way back: {}</summary>\n\n{}\n",
                                 rollback_word(rollback.verdict), markdown_escaped(rollback.sentence));
  if (!rollback.snapshot.empty())
    text += fmt::format("\nFrom: {}\n", markdown_escaped(rollback.snapshot));
  if (!rollback.steps.empty())
    text += '\n';
  for (const std::string& step : rollback.steps)
    text += fmt::format("1. {}\n", markdown_escaped(step));
  // An indented block: no name in a command can end it.
  if (!rollback.commands.empty())
    text += "\n<!-- commands -->\n\n";
  for (const std::string& command : rollback.commands)
    text += fmt::format("    {}\n", visible_text(command));
  add_list(text, "Lost by going back", rollback.loses);
  add_list(text, "Not known", rollback.missing);
  std::vector<std::string> places;
  for (const Location& location : rollback.locations)
    places.push_back(location_text(location));
  add_list(text, "Where it shows", places);
  return text + "\n</details>\n";
}

}  // namespace preflight
