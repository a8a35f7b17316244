#include "sample_reports.h"

namespace preflight {

Report hostile_report() {
  using namespace hostile;
  Report report{.tool_version = "0.1.0",
                .table_version = "2026.11.20",
                .from = "1.18",
                .from_how = kQuotes,
                .to = "2.2",
                .platform = "kubernetes",
                .gate = "Gate failed: 2 findings at or above high.",
                .gate_failed = true,
                .inputs = {{"application", kNotUtf8, 10, "", kScript}},
                .assessment = {}};
  Finding script{.rule = "removed-class-referenced",
                 .severity = Severity::blocker,
                 .title = std::string("Class ") + kScript + " no longer exists",
                 .message = std::string("A name ") + kQuotes + " stands in the message.",
                 .remedy = std::string("Rename ") + kOverride + ".",
                 .evidence = {kEscapes, kNotUtf8, kOverride, kScript},
                 .sources = {"javascript:alert(1)", "https://example.org/?a=\"><script>alert(2)</script>"},
                 .subject = {.kind = Subject::Kind::class_, .name = kScript, .class_name = kScript},
                 .location = {.path = "app.jar", .entry = "\"><img src=x onerror=alert(3)>.class"},
                 .edits = {{kNotUtf8, 1, kScript, kEscapes, kQuotes}}};
  Finding state{.rule = "kryo-state-across-major",
                .severity = Severity::high,
                .title = std::string("State ") + kEscapes,
                .message = "",
                .remedy = "",
                .subject = {.kind = Subject::Kind::state,
                            .name = kEscapes,
                            .operator_id = "00000000000000000000000000000000",
                            .uid = kQuotes,
                            .state = kEscapes},
                .location = {.path = kOverride, .line = 3}};
  report.assessment.verdict = Verdict::blocked;
  report.assessment.findings = {script, state};
  report.assessment.rules_run = 2;
  report.assessment.restore = {
      .outcome = RestoreOutcome::loses_state,
      .reason = std::string("State ") + kEscapes + " is lost.",
      .allow_non_restored_state = true,
      .operators = {{.id = operator_id("00000000000000000000000000000000"),
                     .uid = kQuotes,
                     .name = kOverride,
                     .parallelism = 1,
                     .max_parallelism = 32768,
                     .match = OperatorMatch::absent,
                     .outcome = OperatorOutcome::dropped,
                     .reason = kNotUtf8,
                     .states = {{.name = kEscapes,
                                 .kind = StateKind::operator_union,
                                 .outcome = StateOutcome::dropped,
                                 .serializer_before = kScript,
                                 .serializer_after = std::nullopt,
                                 .reason = kOverride},
                                {.name = "\xE7\x8A\xB6\xE6\x85\x8B \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
                                 .kind = StateKind::timer,
                                 .outcome = StateOutcome::dropped,
                                 .serializer_before = std::string(300, 'x'),
                                 .serializer_after = std::string("null\0byte", 9),
                                 .reason = ""}}}},
      .graph = {.nodes = {{kScript, kEscapes, 0}, {kOverride, kNotUtf8, std::nullopt}}, .edges = {{0, 1}, {1, 0}}}};
  report.assessment.rollback = {.verdict = RollbackVerdict::by_hand,
                                .sentence = kScript,
                                .snapshot = kEscapes,
                                .steps = {kOverride},
                                .commands = {kScript, kEscapes},
                                .loses = {kNotUtf8},
                                .missing = {kScript},
                                .locations = {{.path = kEscapes}},
                                .sources = {kScript}};
  report.assessment.skipped = {{kScript, kEscapes}};
  report.assessment.unknowns = {{kOverride, kNotUtf8}};
  return report;
}

}  // namespace preflight
