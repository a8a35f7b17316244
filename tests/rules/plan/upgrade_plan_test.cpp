#include "plan/upgrade_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "input/input_error.h"
#include "rules/upgrade_builder.h"

namespace preflight {
namespace {

Upgrade upgrade_between(const char* from, const char* to, Platform platform) {
  Upgrade upgrade;
  const FlinkVersion release = FlinkVersion::parse(from).value();
  upgrade.from = SourceRelease{release, release, "--from"};
  upgrade.to = FlinkVersion::parse(to).value();
  upgrade.platform = platform;
  upgrade.table = test::shared_embedded_table();
  return upgrade;
}

UpgradePlan planned(const Upgrade& upgrade) {
  return plan_upgrade(upgrade, read_plan_table(embedded_table_documents()));
}

std::string way_of(const UpgradePlan& plan) {
  std::string way = plan.from.minor_text();
  for (const PlannedHop& planned : plan.hops)
    way += ' ' + planned.hop.to.minor_text();
  return way;
}

std::string titles_of(const UpgradePlan& plan) {
  std::string titles;
  for (const PlannedHop& planned : plan.hops)
    for (const UpgradeStep& step : planned.steps)
      titles += step.title + '\n';
  return titles;
}

}  // namespace

TEST_CASE("the way between two releases") {
  struct Row {
    const char* from;
    const char* to;
    Platform platform;
    const char* way;
    const char* verdict;
  };
  const Row row = GENERATE(values<Row>({
      {"1.8", "2.2", Platform::msf, "1.8 1.20 2.2", "unpromised"},
      {"1.11", "2.2", Platform::msf, "1.11 1.20 2.2", "unpromised"},
      {"1.6", "2.2", Platform::msf, "1.6 1.15 1.20 2.2", "unpromised"},
      {"1.6", "1.18", Platform::msf, "1.6 1.15 1.18", "promised"},
      {"1.15", "1.20", Platform::msf, "1.15 1.20", "promised"},
      {"1.20", "2.2", Platform::msf, "1.20 2.2", "unpromised"},
      {"2.2", "2.3", Platform::msf, "2.2 2.3", "promised"},
      {"2.2", "1.20", Platform::msf, "2.2", "no-path"},
      {"1.16", "1.20", Platform::msf, "1.16", "no-path"},
      {"1.7", "2.2", Platform::kubernetes, "1.7 1.16 1.20 2.2", "unpromised"},
      {"1.16", "1.20", Platform::kubernetes, "1.16 1.20", "promised"},
      {"2.0", "2.3", Platform::standalone, "2.0 2.3", "promised"},
      {"1.13", "1.14", Platform::standalone, "1.13 1.14", "unpromised"},
      {"1.20", "1.20", Platform::standalone, "1.20", "nothing-to-do"},
  }));
  INFO(row.from << " to " << row.to);
  const UpgradePlan plan = planned(upgrade_between(row.from, row.to, row.platform));
  CHECK(way_of(plan) == row.way);
  CHECK(std::string(to_string(plan.verdict)) == row.verdict);
  CHECK((plan.verdict == PlanVerdict::no_path) == (plan.hops.empty() && !plan.why.empty()));
  CHECK(plan.loses.size() == plan.hops.size());
  CHECK(plan.savepoint_sources.empty() == plan.hops.empty());
}

TEST_CASE("every step of a plan stands in its phase, has a source, and has all its names filled in") {
  const auto platform = GENERATE(Platform::msf, Platform::kubernetes, Platform::standalone);
  const UpgradePlan plan = planned(upgrade_between("1.8", "2.3", platform));
  REQUIRE(plan.hops.size() == 2);
  for (const PlannedHop& hop : plan.hops) {
    CHECK(std::ranges::is_sorted(hop.steps, {}, &UpgradeStep::phase));
    for (const PlanPhase phase : {PlanPhase::snapshot, PlanPhase::run, PlanPhase::watch, PlanPhase::back})
      CHECK(std::ranges::count(hop.steps, phase, &UpgradeStep::phase) > 0);
    for (const UpgradeStep& step : hop.steps) {
      INFO(step.title);
      CHECK((!step.sources.empty() || step.title.starts_with("Build the job for")));
      std::string all = step.title + step.text;
      for (const std::string& command : step.commands)
        all += command;
      for (const char* name : {"{from", "{to", "{platform", "{application", "{snapshot"})
        CHECK_THAT(all, !Catch::Contains(name));
    }
  }
}

TEST_CASE("steps stand only where they apply") {
  Upgrade upgrade = upgrade_between("1.20", "2.2", Platform::msf);
  CHECK_THAT(titles_of(planned(upgrade)), Catch::Contains("Kinesis: move to the 5.x connector") &&
                                              Catch::Contains("Build against Flink 2.2") &&
                                              !Catch::Contains("savepoint in canonical format"));
  upgrade.poms.emplace_back();
  CHECK_THAT(titles_of(planned(upgrade)), !Catch::Contains("Kinesis") && !Catch::Contains("Build against"));
  PomDependency kinesis;
  kinesis.coordinates = {.group = "org.apache.flink", .artifact = "flink-connector-kinesis", .version = "5.0.0-1.20"};
  upgrade.poms.back().dependencies.push_back(kinesis);
  CHECK_THAT(titles_of(planned(upgrade)), Catch::Contains("Kinesis: move to the 5.x connector"));
}

TEST_CASE("a broken table of steps is named with what is wrong") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row row = GENERATE(values<Row>({
      {"{", "plan_steps.json:1: expected well-formed JSON"},
      {R"({"table": "hops", "rows": []})", "expected \"table\": \"plan_steps\""},
      {R"({"table": "plan_steps", "rows": [{"id": "a", "from": {}, "to": {}, "phase": "later"}]})", "at \"phase\""},
  }));
  const std::vector<TableDocument> documents{{"plan_steps", "plan_steps.json", row.text}};
  CHECK_THROWS_WITH(read_plan_table(documents), Catch::Contains(row.message));
}

}  // namespace preflight
