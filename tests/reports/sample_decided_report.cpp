#include "sample_decided_report.h"

#include <fmt/format.h>

#include "sample_reports.h"

namespace preflight {
namespace {

UpgradePlan sample_plan() {
  const FlinkVersion from = FlinkVersion::parse("1.20").value();
  const FlinkVersion to = FlinkVersion::parse("2.2").value();
  return {.from = from,
          .to = to,
          .platform = Platform::msf,
          .verdict = PlanVerdict::unpromised,
          .why = {},
          .hops = {{.hop = {from, to, {{.why = "Flink does not promise that 2.x restores savepoints of 1.x."}}},
                    .steps = {{.phase = PlanPhase::prepare,
                               .title = "Rehearse it",
                               .text = "Restore a copy of the snapshot in a test application."},
                              {.phase = PlanPhase::dependencies,
                               .title = "Set flink.version",
                               .text = "To 2.2.0.",
                               .locations = {{.path = "pom.xml", .line = 23}},
                               .sources = {"FLINK-3154"}},
                              {.phase = PlanPhase::run,
                               .title = "Update the application",
                               .text = "With the new JAR and runtime.",
                               .commands = {"aws kinesisanalyticsv2 update-application --application-name <NAME> "
                                            "--runtime-environment-update FLINK-2_2"}}}}},
          .loses = {"Going back loses what was done since the snapshot was taken."}};
}

}  // namespace

Report decided_report() {
  Report report = blocked_report();
  std::vector<Finding>& findings = report.assessment.findings;
  for (Finding& finding : findings)
    finding.baseline = BaselineState::unchanged;
  findings[0].baseline = BaselineState::new_;
  // Two that follow each other and have one remedy.
  findings[3].remedy = findings[2].remedy;
  report.plan = sample_plan();
  Finding waived = findings[1];
  waived.waiver = Waiver{
      .reason = "The sinks are rewritten in the same release.", .approved_by = "M. Maier", .expires = "2027-01-31"};
  Finding waived_for_ever = findings[4];
  waived_for_ever.waiver = Waiver{.reason = "Compiled against 1.20 on purpose.", .approved_by = "", .expires = ""};
  findings.erase(findings.begin() + 4);
  findings.erase(findings.begin() + 1);
  findings.push_back(
      {.rule = "waiver-unused",
       .severity = Severity::low,
       .title = "The waiver of uid-used-twice for \"orders\" matches no finding",
       .message = "uid-used-twice ran and has no finding that this waiver is about. Its reason was: renamed",
       .remedy = "Take the waiver out of the file, or correct its pattern.",
       .sources = {"docs/gate.md"},
       .subject = {.kind = Subject::Kind::configuration, .name = "uid-used-twice orders"},
       .location = {.path = "preflight/waivers.yaml", .line = 9},
       .baseline = BaselineState::new_});
  findings.insert(findings.end(), {waived, waived_for_ever});
  report.fixed = {{.rule = "library-ended",
                   .severity = Severity::medium,
                   .title = "log4j:log4j 1.2.17 is past its end of support",
                   .message = "It gets no fixes any more.",
                   .remedy = "Move to Log4j 2.",
                   .subject = {.kind = Subject::Kind::dependency, .name = "log4j:log4j"},
                   .location = {.path = "pom.xml", .line = 61}}};
  report.inputs.push_back({"waivers", "preflight/waivers.yaml", 412, std::string(64, 'a'), "3 waivers"});
  report.inputs.push_back({"baseline", "preflight/accepted.json", 9120, std::string(64, 'b'),
                           "6 findings, of flink-preflight 0.1.0 with table 2026.11.20"});
  report.gate = "The gate fails: 1 finding of severity high or above; 1 is waived and 2 are in the baseline.";
  report.configuration = "flink-preflight.yaml: platform, waivers, baseline";
  return report;
}

Report large_report() {
  Report report = blocked_report();
  const std::vector<Finding> findings = report.assessment.findings;
  report.assessment.findings.clear();
  for (std::size_t i = 0; i < 5000; ++i) {
    Finding finding = findings[i * findings.size() / 5000];
    finding.title += fmt::format(", case {}", i);
    finding.remedy += fmt::format(" Class {}.", i / 5);
    report.assessment.findings.push_back(finding);
  }
  report.assessment.findings.back().title += std::string(std::size_t{64} << 10U, 'n');
  const std::vector<OperatorPrediction> operators = report.assessment.restore.operators;
  report.assessment.restore.operators.clear();
  for (std::size_t i = 0; i < 1000; ++i) {
    OperatorPrediction prediction = operators[i % operators.size()];
    prediction.uid = fmt::format("operator-{}", i);
    report.assessment.restore.operators.push_back(prediction);
  }
  report.assessment.restore.graph = {};
  return report;
}

}  // namespace preflight
