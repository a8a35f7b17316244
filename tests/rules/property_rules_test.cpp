#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "deployment_builder.h"
#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;
using Kind = DeploymentKind;

namespace {

constexpr const char* kRuntime = "com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime";

}  // namespace

TEST_CASE("A property group is held against the texts of a JAR that asks for properties") {
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf).application();
  builder.deployment(DeploymentBuilder(Kind::msf_application)
                         .property("InputStream", "arn")
                         .property("InputStream", "region")
                         .property("kinesis.analytics.flink.run.options", "python"));
  const auto found = [&] { return findings_of(builder.assess(), "property-group-not-read"); };
  SECTION("it is none of them") {
    builder.calls("com.example.Main", kRuntime, "getApplicationProperties", 20);
    CHECK(found() ==
          std::vector<std::string>{"low No text of the JAR is the name of the property group \"InputStream\""});
  }
  SECTION("it is one of them") {
    builder.calls("com.example.Main", kRuntime, "getApplicationProperties", 20).string_constant("InputStream");
    CHECK(found().empty());
  }
  SECTION("the JAR asks for none") {
    CHECK(found().empty());
  }
}

TEST_CASE("Run options of PyFlink that the managed service does not take") {
  struct Case {
    const char* option;
    std::vector<std::string> expected;
  };
  const auto row = GENERATE(
      values<Case>({{"pyRequirements", {"high The managed service does not take the run option pyRequirements"}},
                    {"pyModule", {"high The managed service does not take the run option pyModule"}},
                    {"jarfile", {}}}));
  CAPTURE(row.option);
  DeployedUpgrade builder("2.2");
  builder.on(Platform::msf);
  builder.deployment(
      DeploymentBuilder(Kind::msf_application).property("kinesis.analytics.flink.run.options", row.option));
  CHECK(findings_of(builder.assess(), "python-run-option-refused") == row.expected);
}
