#include <catch2/catch.hpp>

#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {

using Titles = std::vector<std::string>;

std::vector<std::string> rules_that_fired(const Assessment& assessment) {
  std::vector<std::string> rules;
  for (const Finding& finding : assessment.findings)
    rules.push_back(finding.rule);
  return rules;
}

}  // namespace

TEST_CASE("The target runtime and the way to it") {
  struct Row {
    const char* name;
    Platform platform;
    const char* from;
    const char* target;
    std::vector<std::string> rules;
  };
  const Row row = GENERATE(values<Row>({
      {"an offered runtime", Platform::msf, "1.18", "1.20", {}},
      {"a release that the service skipped",
       Platform::msf,
       "1.20",
       "2.1",
       {"target-runtime-unknown", "upgrade-path-unpromised"}},
      {"the same release elsewhere", Platform::kubernetes, "2.0", "2.1", {}},
      {"a release that nobody knows", Platform::standalone, "1.20", "9.9", {"target-runtime-unknown"}},
      {"a runtime out of support", Platform::msf, "1.11", "1.13", {"target-runtime-out-of-support"}},
      {"a downgrade", Platform::standalone, "1.20", "1.18", {"runtime-downgrade"}},
      {"a downgrade across metadata versions",
       Platform::standalone,
       "1.20",
       "1.15",
       {"upgrade-path-refused", "runtime-downgrade"}},
      {"the same release", Platform::standalone, "1.20", "1.20", {}},
      {"a hop that the service refuses",
       Platform::msf,
       "1.6",
       "1.18",
       {"upgrade-path-refused", "upgrade-path-refused"}},
      {"a savepoint that is too old", Platform::standalone, "1.7", "1.17", {"upgrade-path-refused"}},
      {"the oldest savepoint that is read", Platform::standalone, "1.8", "1.17", {}},
      {"from 1.x to 2.x", Platform::standalone, "1.20", "2.2", {"upgrade-path-unpromised"}},
      {"within 2.x", Platform::standalone, "2.0", "2.2", {}},
  }));
  INFO(row.name);
  const Assessment assessment = UpgradeBuilder(row.target).on(row.platform).from(row.from).assess();
  CHECK(rules_that_fired(assessment) == row.rules);
}

TEST_CASE("A downgrade is refused by the managed service and merely unpromised elsewhere") {
  CHECK(findings_of(UpgradeBuilder("1.18").from("1.20").assess(), "runtime-downgrade") ==
        Titles{"high Flink 1.18 is older than the release that runs now (1.20)"});
  CHECK(findings_of(UpgradeBuilder("1.18").on(Platform::msf).from("1.20").assess(), "runtime-downgrade") ==
        Titles{"blocker Flink 1.18 is older than the release that runs now (1.20)"});
}

TEST_CASE("A span of source releases counts only where all of it is concerned") {
  CHECK(findings_of(UpgradeBuilder("1.18").from_between("1.16", "1.20").assess(), "runtime-downgrade").empty());
  CHECK(findings_of(UpgradeBuilder("1.15").from_between("1.16", "1.20").assess(), "runtime-downgrade").size() == 1);
  CHECK(findings_of(UpgradeBuilder("1.17").from_between("1.3", "1.10").assess(), "upgrade-path-refused").empty());
  CHECK(findings_of(UpgradeBuilder("2.2").from_between("1.16", "1.20").assess(), "upgrade-path-unpromised").size() ==
        1);
}

TEST_CASE("A savepoint whose metadata the target does not know is refused for certain") {
  const Assessment assessment = UpgradeBuilder("1.20").from("2.2").savepoint(6).assess();
  CHECK(findings_of(assessment, "upgrade-path-refused") ==
        Titles{"blocker State of Flink 2.2 cannot be taken to 1.20 in one step"});
  CHECK(assessment.restore.outcome == RestoreOutcome::fails);
}

TEST_CASE("Without a source release the rules about the way are skipped with the reason") {
  const Assessment assessment = UpgradeBuilder("2.2").assess();
  REQUIRE(!assessment.skipped.empty());
  CHECK(assessment.skipped.front().rule == "runtime-downgrade");
  CHECK(assessment.skipped.front().reason == "the release that runs now is not known (--from, or --savepoint)");
}
