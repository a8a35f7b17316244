#include "assessment.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

void check_invariants(const Assessment& assessment, const Upgrade& upgrade) {
  const auto checks = std::ranges::count_if(all_rules(), [](const Rule& rule) { return rule.check != nullptr; });
  CHECK(static_cast<std::size_t>(assessment.rules_run) + assessment.skipped.size() == static_cast<std::size_t>(checks));
  CHECK(std::is_sorted(assessment.findings.begin(), assessment.findings.end(),
                       [](const Finding& a, const Finding& b) { return a.severity > b.severity; }));
  std::set<std::string> fingerprints;
  for (const Finding& finding : assessment.findings) {
    INFO(finding.title);
    CHECK(fingerprints.insert(fingerprint(finding)).second);
    const Rule* rule = find_rule(finding.rule);
    REQUIRE(rule != nullptr);
    CHECK(finding.severity <= rule->severity);
    CHECK(!finding.message.empty());
    CHECK(!finding.remedy.empty());
    CHECK(!finding.sources.empty());
    CHECK(!finding.subject.name.empty());
  }
  if (!upgrade.savepoint)
    return;
  REQUIRE(assessment.restore.operators.size() == upgrade.savepoint->operators.size());
  for (std::size_t i = 0; i < assessment.restore.operators.size(); ++i)
    CHECK(assessment.restore.operators[i].states.size() ==
          (upgrade.savepoint->operators[i].has_state ? upgrade.savepoint->operators[i].states.size() : 0));
  if (assessment.restore.outcome == RestoreOutcome::fails || assessment.restore.outcome == RestoreOutcome::loses_state)
    CHECK(!assessment.findings.empty());
}

}  // namespace

TEST_CASE("Every rule ran or is skipped, every state has an outcome, and a failing restore has a finding") {
  UpgradeBuilder builder("2.2");
  SECTION("nothing but a target") {}
  SECTION("everything at once") {
    builder.from("1.20")
        .dependency("org.apache.flink", "flink-streaming-java", "1.20.1", "flink.version")
        .dependency("org.apache.flink", "flink-connector-pulsar", "4.1.0-1.18")
        .refers_to("org.apache.flink.streaming.api.functions.sink.SinkFunction")
        .calls_uid("kept")
        .operator_with_state("kept", "cart", kryo_serializer("com.example.Cart"))
        .operator_with_state("renamed", "count", long_serializer())
        .stateless_operator("plain")
        .parallelism(300)
        .max_parallelism(512);
  }
  SECTION("a savepoint alone") {
    builder.from("1.20").operator_with_state("op", "count", long_serializer());
  }
  check_invariants(builder.assess(), builder.upgrade());
}

TEST_CASE("The verdict follows from the findings, the restore and the unknowns") {
  CHECK(UpgradeBuilder("1.20").from("1.18").application().assess().verdict == Verdict::pass);
  CHECK(UpgradeBuilder("2.2").from("1.20").application().assess().verdict == Verdict::action_required);
  CHECK(UpgradeBuilder("1.15").from("1.20").application().assess().verdict == Verdict::blocked);
  const Assessment undecided =
      UpgradeBuilder("1.20").from("1.18").calls_uid("op").operator_with_state("op", "s", long_serializer()).assess();
  CHECK(undecided.verdict == Verdict::unknown);
  // The patch release is not told: defects of some of them are worth a look.
  CHECK(std::ranges::all_of(undecided.findings, [](const Finding& of) { return of.rule == "known-bug-met"; }));
  CHECK(undecided.unknowns.size() == 1);
}

TEST_CASE("A fingerprint depends on the rule and the subject alone") {
  Finding finding;
  finding.rule = "some-rule";
  finding.subject = {.kind = Subject::Kind::operator_, .name = "0123", .operator_id = "0123"};
  const std::string before = fingerprint(finding);
  CHECK(before.size() == 32);
  finding.title = "another wording";
  finding.location = {.path = "elsewhere", .line = 7};
  finding.subject.name = "uid that a newer savepoint format names";
  CHECK(fingerprint(finding) == before);
  finding.subject.operator_id = "4567";
  CHECK(fingerprint(finding) != before);
}
