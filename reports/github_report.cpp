#include "github_report.h"

#include <fmt/format.h>

#include <ostream>

#include "finding_place.h"
#include "report_wording.h"
#include "rollback_sections.h"
#include "unicode_text.h"

namespace preflight {
namespace {

/// As a runner reads the words of a command back; in a property a colon and a comma would end it.
std::string escaped(const std::string& text, bool property) {
  std::string result;
  for (const char c : text) {
    if (c == '%')
      result += "%25";
    else if (c == '\n')
      result += "%0A";
    else if (c == '\r')
      result += "%0D";
    else if (property && c == ':')
      result += "%3A";
    else if (property && c == ',')
      result += "%2C";
    else
      result += c;
  }
  return result;
}

std::string property(const std::string& text) {
  return escaped(visible_text(text), true);
}

void write_annotation(const Report& report, const Finding& finding, std::ostream& out) {
  const Location place = shown_place(report, finding);
  std::string properties;
  if (!place.path.empty())
    properties += fmt::format("file={},", property(place.path));
  if (place.line && *place.line > 0)
    properties += fmt::format("line={},", *place.line);
  properties += fmt::format("title={}", property(fmt::format("{} ({})", finding.title, finding.rule)));
  out << fmt::format("::{} {}::{}\n", finding.waiver ? "notice" : annotation_level(finding.severity, "notice"),
                     properties, escaped(explanation_of(finding), false));
}

}  // namespace

void write_github(const Report& report, std::ostream& out) {
  for (const Finding& finding : report.assessment.findings)
    write_annotation(report, finding, out);
  const std::string verdict =
      fmt::format("{}: {}, {}", verdict_word(report.assessment.verdict), verdict_sentence(report), counts_text(report));
  out << fmt::format("::notice title={}::{}\n", property(upgrade_text(report)), escaped(visible_text(verdict), false));
  const RollbackReadiness& rollback = report.assessment.rollback;
  if (!rollback.sentence.empty())
    out << fmt::format("::notice title={}::{}\n",
                       property(fmt::format("The way back: {}", rollback_word(rollback.verdict))),
                       escaped(visible_text(rollback.sentence), false));
  out << fmt::format("::{} title=flink-preflight::{}\n", report.gate_failed ? "error" : "notice",
                     escaped(visible_text(report.gate), false));
}

}  // namespace preflight
