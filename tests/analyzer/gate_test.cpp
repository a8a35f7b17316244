#include "gate.h"

#include <catch2/catch.hpp>

using namespace preflight;

namespace {

Assessment with(std::vector<Severity> severities, std::vector<OperatorOutcome> outcomes) {
  Assessment assessment;
  for (const Severity severity : severities) {
    Finding finding;
    finding.severity = severity;
    assessment.findings.push_back(finding);
  }
  for (const OperatorOutcome outcome : outcomes) {
    OperatorPrediction prediction;
    prediction.outcome = outcome;
    assessment.restore.operators.push_back(prediction);
  }
  return assessment;
}

}  // namespace

TEST_CASE("The gate passes over what is waived or in the baseline, and says so") {
  struct Row {
    const char* name;
    std::vector<Severity> severities;
    std::vector<std::size_t> waived;
    std::vector<std::size_t> unchanged;
    std::vector<std::size_t> new_since;
    const char* sentence;
    bool failed;
  };
  constexpr auto kHigh = Severity::high;
  const Row row = GENERATE(values<Row>({
      {"all waived",
       {kHigh, kHigh},
       {0, 1},
       {},
       {},
       "The gate passes: no other finding of severity high or above; 2 are waived.",
       false},
      {"one waived",
       {kHigh, kHigh},
       {0},
       {},
       {},
       "The gate fails: 1 finding of severity high or above; 1 is waived.",
       true},
      {"all known",
       {kHigh},
       {},
       {0},
       {},
       "The gate passes: no other finding of severity high or above; 1 is in the baseline.",
       false},
      {"one new",
       {kHigh, kHigh},
       {},
       {0},
       {1},
       "The gate fails: 1 finding of severity high or above; 1 is in the baseline.",
       true},
      {"waived and known",
       {kHigh, kHigh},
       {0},
       {0, 1},
       {},
       "The gate passes: no other finding of severity high or above; 1 is waived and 1 is in the baseline.",
       false},
      {"below the threshold",
       {Severity::low},
       {0},
       {},
       {},
       "The gate passes: no finding of severity high or above.",
       false},
  }));
  INFO(row.name);
  Assessment assessment = with(row.severities, {});
  for (const std::size_t i : row.waived)
    assessment.findings[i].waiver = Waiver{"reason", "", "2027-01-31"};
  for (const std::size_t i : row.unchanged)
    assessment.findings[i].baseline = BaselineState::unchanged;
  for (const std::size_t i : row.new_since)
    assessment.findings[i].baseline = BaselineState::new_;
  const GateDecision decision = judge(assessment, Severity::high, false);
  CHECK(decision.failed == row.failed);
  CHECK(decision.sentence == row.sentence);
}

TEST_CASE("The gate follows --fail-on and --strict") {
  struct Row {
    const char* name;
    std::vector<Severity> severities;
    std::vector<OperatorOutcome> outcomes;
    std::optional<Severity> fail_on;
    bool strict;
    const char* sentence;
    bool failed;
  };
  const Row row = GENERATE(values<Row>({
      {"nothing found", {}, {}, Severity::high, false, "The gate passes: no finding of severity high or above.", false},
      {"at the threshold",
       {Severity::high},
       {},
       Severity::high,
       false,
       "The gate fails: 1 finding of severity high or above.",
       true},
      {"above it",
       {Severity::blocker, Severity::high, Severity::low},
       {},
       Severity::medium,
       false,
       "The gate fails: 2 findings of severity medium or above.",
       true},
      {"below it",
       {Severity::medium},
       {},
       Severity::high,
       false,
       "The gate passes: no finding of severity high or above.",
       false},
      {"never", {Severity::blocker}, {}, std::nullopt, false, "The gate passes: --fail-on never.", false},
      {"undecided",
       {},
       {OperatorOutcome::unknown},
       Severity::high,
       false,
       "The gate passes: no finding of severity high or above.",
       false},
      {"undecided and strict",
       {},
       {OperatorOutcome::unknown, OperatorOutcome::restores},
       Severity::high,
       true,
       "The gate fails (--strict): the restore of 1 operator could not be decided.",
       true},
      {"never, but strict",
       {},
       {OperatorOutcome::unknown, OperatorOutcome::unknown},
       std::nullopt,
       true,
       "The gate fails (--strict): the restore of 2 operators could not be decided.",
       true},
  }));
  INFO(row.name);
  const GateDecision decision = judge(with(row.severities, row.outcomes), row.fail_on, row.strict);
  CHECK(decision.failed == row.failed);
  CHECK(decision.sentence == row.sentence);
}
