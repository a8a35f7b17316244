#include "families/waiver_rules.h"

namespace preflight {
namespace {

constexpr const char* kGateDocumentation = "docs/gate.md";

}  // namespace

Rule waiver_expired() {
  return {
      .id = "waiver-expired",
      .severity = Severity::low,
      .title = "A waiver has ended, and what it covered counts again",
      .rationale =
          "A waiver is a decision to live with a finding until a day. That day is past, so the finding counts for the "
          "gate as if there had been no waiver.",
      .remedy =
          "Do what the finding asks for and take the waiver out of the file, or have it approved anew with a later "
          "day.",
      .sources = {kGateDocumentation},
      .fires = "A waiver of removed-class-referenced expired yesterday, and the class is still referenced.",
      .does_not_fire = "A waiver whose last day is today.",
      .needs = {},
      .check = nullptr};
}

Rule waiver_unused() {
  return {
      .id = "waiver-unused",
      .severity = Severity::low,
      .title = "A waiver matches no finding",
      .rationale =
          "The rule that the waiver names ran and found nothing that the waiver's subject, kind and path match. Either "
          "it is done with, or the pattern is misspelt and covers nothing; it would also cover, unseen, what comes up "
          "later.",
      .remedy = "Take the waiver out of the file, or correct its pattern.",
      .sources = {kGateDocumentation},
      .fires = "A waiver of removed-class-referenced for a class that the application no longer uses.",
      .does_not_fire = "A waiver of a rule that did not run, because its input was not given.",
      .needs = {},
      .check = nullptr};
}

}  // namespace preflight
