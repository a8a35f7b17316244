// fixtures/restores.json records what real Flink releases did with real jobs and real savepoints. Held against it: what
// the tool predicts. It may say that it does not know; it must never claim the wrong thing.
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "check_options.h"
#include "fixture_paths.h"
#include "pipeline.h"

using namespace preflight;
using preflight::test::fixtures;

namespace {

std::string minor_of(const std::string& version) {
  return FlinkVersion::parse(version).value().minor_text();
}

CheckOptions options_of(const rapidjson::Value& recorded) {
  return parse_check_options({"--from", minor_of(recorded["source"].GetString()),                        //
                              "--target", minor_of(recorded["target"].GetString()),                      //
                              "--app", (fixtures() / recorded["jar"].GetString()).string(),              //
                              "--savepoint", (fixtures() / recorded["savepoint"].GetString()).string(),  //
                              "--parallelism", std::to_string(recorded["parallelism"].GetInt()),         //
                              "--allow-non-restored-state",
                              recorded["allow_non_restored_state"].GetBool() ? "true" : "false"});
}

/// The outcomes of the JSON report that a recorded verdict agrees with; "unknown" always does.
std::vector<std::string> outcomes_that_agree(const std::string& verdict) {
  if (verdict == "restored")
    return {"restores"};
  if (verdict == "restored-without-some-state")
    return {"loses-state"};
  if (verdict == "restored-with-wrong-values")
    return {"fails", "loses-state"};
  return {"fails"};
}

}  // namespace

TEST_CASE("No prediction contradicts what real Flink did") {
  std::ifstream file(fixtures() / "restores.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  rapidjson::Document restores;
  restores.Parse(text.c_str());
  REQUIRE(restores.IsArray());
  REQUIRE(restores.Size() >= 40);

  std::map<std::pair<std::string, std::string>, int> confusion;
  for (const auto& recorded : restores.GetArray()) {
    INFO(recorded["case"].GetString());
    Upgrade upgrade;
    const CheckResult result = run_check(options_of(recorded), upgrade);
    REQUIRE(result.report.has_value());
    const std::string verdict = recorded["verdict"].GetString();
    const std::string predicted = to_string(result.report->assessment.restore.outcome);
    ++confusion[{verdict, predicted}];
    INFO(result.report->assessment.restore.reason);
    auto agreeing = outcomes_that_agree(verdict);
    agreeing.emplace_back("unknown");
    CHECK_THAT(agreeing, Catch::VectorContains(predicted));
  }
  for (const auto& [pair, count] : confusion)
    fmt::print("  Flink: {:<27}  predicted: {:<11} {:>3}\n", pair.first, pair.second, count);
}
