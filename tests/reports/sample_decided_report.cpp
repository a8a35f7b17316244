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
  findings[2].waiver = Waiver{"the alerts go through a gateway from May on", "M. Maier", "2027-01-31"};
  // Two that follow each other and have one remedy.
  findings[4].remedy = findings[3].remedy;
  report.fixed = {findings[6]};
  report.fixed.front().title = "The JAR carried Flink's own runtime";
  report.plan = sample_plan();
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
