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

/// The outcome in the words of the JSON report that a recorded verdict amounts to.
std::string outcome_of_verdict(const std::string& verdict) {
  if (verdict == "restored")
    return "restores";
  return verdict == "restored-without-some-state" ? "loses-state" : "fails";
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
    const CheckResult result = run_check(options_of(recorded));
    REQUIRE(result.report.has_value());
    const std::string actual = outcome_of_verdict(recorded["verdict"].GetString());
    const std::string predicted = to_string(result.report->assessment.restore.outcome);
    ++confusion[{actual, predicted}];
    INFO(result.report->assessment.restore.reason);
    CHECK((predicted == actual || predicted == "unknown"));
  }
  for (const auto& [pair, count] : confusion)
    fmt::print("  Flink: {:<11}  predicted: {:<11} {:>3}\n", pair.first, pair.second, count);
}
