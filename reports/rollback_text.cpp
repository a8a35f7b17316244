#include <fmt/format.h>

#include "report_wording.h"
#include "rollback_sections.h"
#include "upgrade_plan_wording.h"

namespace preflight {
namespace {

Ink ink_of(RollbackVerdict verdict) {
  switch (verdict) {
    case RollbackVerdict::ready:
    case RollbackVerdict::by_hand:
      return Ink::green;
    case RollbackVerdict::impossible:
      return Ink::red;
    case RollbackVerdict::lossy:
    case RollbackVerdict::unknown:
      break;
  }
  return Ink::yellow;
}

}  // namespace

void write_rollback(TextPage& page, const RollbackReadiness& rollback) {
  if (rollback.sentence.empty())
    return;
  page.blank_line();
  page.paragraph({}, {{"The way back: ", Ink::strong}, {rollback_word(rollback.verdict), ink_of(rollback.verdict)}});
  page.paragraph({{"  "}}, {{rollback.sentence}});
  if (!rollback.snapshot.empty())
    page.paragraph({{"  from: ", Ink::faint}}, {{rollback.snapshot}});
  for (std::size_t i = 0; i < rollback.steps.size(); ++i)
    page.paragraph({{fmt::format("  {}. ", i + 1), Ink::faint}}, {{rollback.steps[i]}});
  constexpr int kIndent = 8;
  for (const std::string& command : rollback.commands)
    for (const std::string& line : command_lines(command, static_cast<std::size_t>(page.columns() - kIndent)))
      page.paragraph({{"      "}}, {{line, Ink::green, true}});
  for (const std::string& lost : rollback.loses)
    page.paragraph({{"  lost: ", Ink::yellow}}, {{lost}});
  for (const std::string& missing : rollback.missing)
    page.paragraph({{"  ? ", Ink::yellow}}, {{missing}});
  for (const Location& location : rollback.locations)
    page.paragraph({{"  at: ", Ink::faint}}, {{location_text(location), Ink::plain, true}});
}

}  // namespace preflight
