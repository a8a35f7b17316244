#include "text_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "finding_place.h"
#include "report_wording.h"
#include "rule.h"
#include "severity_ink.h"
#include "waiver_block.h"

namespace preflight {
namespace {

constexpr std::size_t kEvidenceShown = 3;

void write_evidence(TextPage& page, const std::vector<std::string>& evidence, bool all) {
  const std::size_t shown = all ? evidence.size() : std::min(evidence.size(), kEvidenceShown);
  for (std::size_t i = 0; i < shown; ++i)
    page.paragraph({{"      · ", Ink::faint}}, {{evidence[i]}});
  if (evidence.size() > shown)
    page.paragraph({{"      "}}, {{fmt::format("+ {} more", evidence.size() - shown), Ink::faint}});
}

void write_edits(TextPage& page, const std::vector<PomEdit>& edits) {
  for (const PomEdit& edit : edits) {
    page.paragraph({{"          "}}, {{fmt::format("{}:{}", edit.path, edit.line), Ink::faint, true}});
    page.paragraph({{"      -     ", Ink::red}}, {{element_text(edit, edit.before), Ink::red, true}});
    page.paragraph({{"      +     ", Ink::green}}, {{element_text(edit, edit.after), Ink::green, true}});
  }
}

/// What stands behind the title: how the gate takes the finding, where that needs saying.
Span mark_of(const Finding& finding) {
  if (finding.waiver)
    return {" (waived)", Ink::faint};
  switch (finding.baseline) {
    case BaselineState::new_:
      return {" (new)", Ink::yellow};
    case BaselineState::unchanged:
      return {" (in the baseline)", Ink::faint};
    case BaselineState::none:
      break;
  }
  return {""};
}

/// What identifies the finding, for those who look closely.
void write_identity(TextPage& page, const Finding& finding) {
  const Subject& subject = finding.subject;
  const auto row = [&](const char* label, const std::string& text) {
    if (!text.empty())
      page.paragraph({{label, Ink::faint}}, {{text, Ink::plain, true}});
  };
  page.paragraph({{"    about:       ", Ink::faint}},
                 {{std::string(to_string(subject.kind)) + " "}, {subject.name, Ink::plain, true}});
  row("    operator ID: ", subject.operator_id);
  row("    uid:         ", subject.uid);
  row("    class:       ", subject.class_name);
  row("    coordinates: ", subject.coordinates);
  for (const std::string& source : finding.sources)
    page.paragraph({{"    source:      ", Ink::faint}}, {{source}});
  row("    fingerprint: ", fingerprint(finding));
}

/// What is found about the waivers themselves cannot be waived.
bool can_be_waived(const Finding& finding) {
  const Rule* rule = find_rule(finding.rule);
  return !finding.waiver && (rule == nullptr || rule->check != nullptr);
}

void write_waiver_block(TextPage& page, const Finding& finding) {
  page.paragraph({{"    "}}, {{"to waive it, once its empty texts are filled in:", Ink::faint}});
  for (const std::string& line : waiver_block(finding))
    page.paragraph({{"      "}}, {{line, Ink::plain, true}});
}

void write_finding(TextPage& page, const Finding& finding, const TextStyle& style) {
  write_finding_title(page, finding);
  if (finding.waiver)
    page.paragraph({{"    "}}, {{waiver_text(finding), Ink::faint}});
  // What the team has decided to live with is told in short.
  if (!finding.waiver || style.verbose) {
    if (!finding.message.empty())
      page.paragraph({{"    "}}, {{finding.message}});
    write_evidence(page, finding.evidence, style.verbose);
    if (!finding.remedy.empty())
      page.paragraph({{"    fix:  ", Ink::green}}, {{finding.remedy}});
    write_edits(page, finding.edits);
  }
  if (const std::string place = location_text(finding.location); !place.empty())
    page.paragraph({{"    at:   ", Ink::faint}}, {{place, Ink::plain, true}});
  page.paragraph({{"    rule: ", Ink::faint}}, {{finding.rule}});
  if (style.verbose)
    write_identity(page, finding);
  if (style.show_waivers && can_be_waived(finding))
    write_waiver_block(page, finding);
}

/// Those that are waived, or those that are not, in their order.
void write_group(TextPage& page, const std::vector<Finding>& findings, bool waived, const char* heading,
                 const TextStyle& style) {
  bool first = true;
  for (const Finding& finding : findings) {
    if (finding.waiver.has_value() != waived)
      continue;
    page.blank_line();
    if (first) {
      page.paragraph({}, {{heading, Ink::strong}});
      page.blank_line();
    }
    first = false;
    write_finding(page, finding, style);
  }
}

}  // namespace

void write_finding_title(TextPage& page, const Finding& finding) {
  const bool waived = finding.waiver.has_value();
  // "blocker" is the longest severity, so that the titles line up.
  page.paragraph(
      {{fmt::format("{:<7}  ", to_string(finding.severity)), waived ? Ink::faint : ink_of(finding.severity)}},
      {{finding.title, waived ? Ink::faint : Ink::strong}, mark_of(finding)});
}

void write_findings(TextPage& page, const std::vector<Finding>& findings, const TextStyle& style) {
  write_group(page, findings, false, "Findings, gravest first", style);
  write_group(page, findings, true, "Waived: the gate does not count them", style);
}

void write_fixed(TextPage& page, const std::vector<Finding>& fixed) {
  if (fixed.empty())
    return;
  page.blank_line();
  page.paragraph({}, {{"Fixed since the baseline", Ink::strong}});
  for (const Finding& finding : fixed)
    page.paragraph({{"  ✓ ", Ink::green}}, {{finding.title}, {fmt::format(" ({})", finding.rule), Ink::faint}});
}

}  // namespace preflight
