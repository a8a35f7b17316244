#include "waivers.h"

#include <fmt/format.h>

#include <algorithm>

#include "families/waiver_rules.h"
#include "subject_pattern.h"
#include "unicode_text.h"

namespace preflight {
namespace {

/// An entry, and what it came to.
struct EntryUse {
  const WaiverEntry* entry;
  bool holds;                          ///< Its last day is not past.
  bool matches = false;                ///< Some finding, whether it holds or not.
  std::vector<std::string> back = {};  ///< Titles of the findings that are back since it has ended.
};

bool matches(const WaiverEntry& entry, const Finding& finding) {
  return entry.rule == finding.rule && (!entry.kind || *entry.kind == finding.subject.kind) &&
         matches_pattern(entry.subject, valid_utf8(finding.subject.name)) &&
         (!entry.path || matches_pattern(*entry.path, valid_utf8(finding.location.path)));
}

void waive(Finding& finding, std::vector<EntryUse>& uses) {
  for (EntryUse& use : uses)
    if (matches(*use.entry, finding)) {
      use.matches = true;
      if (use.holds && !finding.waiver)
        finding.waiver = use.entry->waiver;
    }
  if (finding.waiver)
    return;
  for (EntryUse& use : uses)
    if (!use.holds && matches(*use.entry, finding))
      use.back.push_back(finding.title);
}

/// The entry in words that identify it: its rule and patterns.
std::string name_of(const WaiverEntry& entry) {
  std::string name = fmt::format("{} {}", entry.rule, entry.subject);
  if (entry.kind)
    name += fmt::format(" of kind {}", to_string(*entry.kind));
  if (entry.path)
    name += fmt::format(" in {}", *entry.path);
  return name;
}

Finding finding_of(const Rule& rule, const WaiverFile& file, const WaiverEntry& entry) {
  Finding finding{.rule = rule.id,
                  .severity = rule.severity,
                  .title = {},
                  .message = {},
                  .remedy = rule.remedy,
                  .sources = {rule.sources.begin(), rule.sources.end()},
                  .subject = {.kind = Subject::Kind::configuration, .name = name_of(entry)},
                  .location = {.path = file.path, .line = entry.line}};
  return finding;
}

std::string decision_of(const Waiver& waiver) {
  return waiver.approved_by.empty()
             ? fmt::format("Its reason was: {}", waiver.reason)
             : fmt::format("{} approved it, for this reason: {}", waiver.approved_by, waiver.reason);
}

Finding expired(const WaiverFile& file, const EntryUse& use) {
  Finding finding = finding_of(waiver_expired(), file, *use.entry);
  finding.title = fmt::format("The waiver of {} for \"{}\" ended on {}", use.entry->rule, use.entry->subject,
                              use.entry->waiver.expires);
  finding.message =
      fmt::format("{} it covered {} again. {}",
                  use.back.size() == 1 ? "The finding that" : fmt::format("The {} findings that", use.back.size()),
                  use.back.size() == 1 ? "counts" : "count", decision_of(use.entry->waiver));
  finding.evidence = use.back;
  return finding;
}

Finding unused(const WaiverFile& file, const EntryUse& use) {
  Finding finding = finding_of(waiver_unused(), file, *use.entry);
  finding.title = fmt::format("The waiver of {} for \"{}\" matches no finding", use.entry->rule, use.entry->subject);
  finding.message = fmt::format("{} ran and has no finding that this waiver is about{}. {}", use.entry->rule,
                                use.holds ? "" : fmt::format("; its last day was {}", use.entry->waiver.expires),
                                decision_of(use.entry->waiver));
  return finding;
}

bool is_unused(const EntryUse& use, const Assessment& assessment) {
  return !use.matches &&
         std::ranges::find(assessment.skipped, use.entry->rule, &SkippedRule::rule) == assessment.skipped.end();
}

}  // namespace

void apply_waivers(const WaiverFile& file, std::chrono::sys_days today, Assessment& assessment) {
  std::vector<EntryUse> uses;
  for (const WaiverEntry& entry : file.entries)
    uses.push_back({.entry = &entry, .holds = !entry.last_day || today <= *entry.last_day});
  for (Finding& finding : assessment.findings)
    waive(finding, uses);
  for (const EntryUse& use : uses)
    if (!use.back.empty())
      assessment.findings.push_back(expired(file, use));
  for (const EntryUse& use : uses)
    if (is_unused(use, assessment))
      assessment.findings.push_back(unused(file, use));
  std::ranges::stable_sort(assessment.findings, std::ranges::greater{}, &Finding::severity);
  std::ranges::stable_partition(assessment.findings, [](const Finding& finding) { return !finding.waiver; });
}

}  // namespace preflight
