#include "report_wording.h"

#include <catch2/catch.hpp>

#include "sample_reports.h"

namespace preflight {
namespace {

Finding finding(Severity severity, Subject::Kind kind) {
  Finding result;
  result.severity = severity;
  result.subject.kind = kind;
  return result;
}

}  // namespace

TEST_CASE("the verdict in a sentence") {
  struct Row {
    const char* name;
    Verdict verdict;
    RestoreOutcome restore;
    std::vector<Finding> findings;
    const char* sentence;
  };
  const Finding lost_state = finding(Severity::blocker, Subject::Kind::state);
  const Finding removed_class = finding(Severity::blocker, Subject::Kind::class_);
  const Finding low = finding(Severity::low, Subject::Kind::class_);
  const auto row = GENERATE_COPY(values<Row>({
      {"pass", Verdict::pass, RestoreOutcome::restores, {}, "nothing was found that stands in the way"},
      {"action", Verdict::action_required, RestoreOutcome::restores, {}, "something must be done first"},
      {"unknown",
       Verdict::unknown,
       RestoreOutcome::unknown,
       {},
       "nothing was found, but not all that matters could be determined"},
      {"restore fails", Verdict::blocked, RestoreOutcome::fails, {lost_state}, "the upgrade will fail"},
      {"the JAR does not load", Verdict::blocked, RestoreOutcome::restores, {removed_class}, "the upgrade will fail"},
      {"only state is lost",
       Verdict::blocked,
       RestoreOutcome::loses_state,
       {lost_state, low},
       "the job will start, but lose state"},
      {"state is lost and the JAR does not load",
       Verdict::blocked,
       RestoreOutcome::loses_state,
       {lost_state, removed_class},
       "the upgrade will fail"},
  }));
  DYNAMIC_SECTION(row.name) {
    Report report;
    report.assessment.verdict = row.verdict;
    report.assessment.restore.outcome = row.restore;
    report.assessment.findings = row.findings;
    CHECK(verdict_sentence(report) == row.sentence);
  }
}

TEST_CASE("counts of findings") {
  const auto of = [](const std::vector<Severity>& severities) {
    Report report;
    for (const Severity severity : severities)
      report.assessment.findings.push_back(finding(severity, Subject::Kind::runtime));
    return counts_text(report);
  };
  CHECK(of({}) == "no findings");
  CHECK(of({Severity::blocker}) == "1 blocker");
  CHECK(of({Severity::low, Severity::blocker, Severity::info, Severity::blocker}) == "2 blockers, 1 low, 1 info");
  CHECK(counts_text(blocked_report()) == "3 blockers, 1 high, 1 medium, 1 low, 1 info");
  CHECK(counts_text(decided_report()) ==
        "2 blockers, 1 high, 2 low, 1 info, 2 waived; since the baseline 2 new, 6 unchanged, 1 fixed");
  Report waived;
  waived.assessment.findings = {finding(Severity::high, Subject::Kind::runtime)};
  waived.assessment.findings.front().waiver = Waiver{"reason", "", ""};
  CHECK(counts_text(waived) == "1 waived");
}

TEST_CASE("a place in a file") {
  CHECK(location_text({}).empty());
  CHECK(location_text({.path = "pom.xml"}) == "pom.xml");
  CHECK(location_text({.path = "pom.xml", .line = 7}) == "pom.xml:7");
  CHECK(location_text({.path = "app.jar", .entry = "a/B.class"}) == "app.jar!a/B.class");
}

TEST_CASE("the upgrade in a line") {
  Report report;
  report.to = "2.2";
  report.platform = "kubernetes";
  CHECK(upgrade_text(report) == "upgrade to Flink 2.2 on Kubernetes");
  report.from = "1.16 to 1.20";
  report.platform = "yarn";
  CHECK(upgrade_text(report) == "Flink 1.16 to 1.20 → 2.2 on yarn");
}

TEST_CASE("skipped rules are told by reason") {
  const auto groups = skipped_by_reason({{"a", "no JAR"}, {"b", "no pom.xml"}, {"c", "no JAR"}});
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].reason == "no JAR");
  CHECK(groups[0].rules == std::vector<std::string>{"a", "c"});
  CHECK(groups[1].rules == std::vector<std::string>{"b"});
}

TEST_CASE("what more could be given") {
  const auto options_missing = [](const Report& report) {
    std::string options;
    for (const MissingInput& input : missing_inputs(report))
      options += std::string(input.option) + "; ";
    return options;
  };
  CHECK(options_missing(blocked_report()).empty());
  CHECK(options_missing(Report{}) == "--app NEW.jar; --pom pom.xml; --savepoint DIR; --from VERSION; ");
  CHECK(options_missing(hostile_report()) == "--pom pom.xml; --savepoint DIR; ");
}

}  // namespace preflight
