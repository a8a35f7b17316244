#include "upgrade_plan_listing.h"

#include <rapidjson/document.h>
#include <rapidjson/schema.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "fixture_paths.h"
#include "golden.h"
#include "rules/upgrade_builder.h"

// `plan`, as text, JSON and Markdown.

namespace preflight {
namespace {

UpgradePlan sample_plan(const char* from, const char* to) {
  Upgrade upgrade;
  const FlinkVersion release = FlinkVersion::parse(from).value();
  upgrade.from = SourceRelease{release, release, "--from"};
  upgrade.to = FlinkVersion::parse(to).value();
  upgrade.platform = Platform::msf;
  upgrade.table = test::shared_embedded_table();
  return plan_upgrade(upgrade, read_plan_table(embedded_table_documents()));
}

std::string json_of(const UpgradePlan& plan) {
  std::ostringstream out;
  write_upgrade_plan_json(plan, {"0.1.0", "2026.11.20"}, out);
  return out.str();
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  REQUIRE(!json.HasParseError());
  return json;
}

bool fits_schema(const rapidjson::Document& plan) {
  const rapidjson::Document text = parsed(text_of_file((test::sources() / "docs/plan.schema.json").string()));
  const rapidjson::SchemaDocument schema(text);
  rapidjson::SchemaValidator validator(schema);
  return plan.Accept(validator);
}

}  // namespace

TEST_CASE("plan of 1.11 to 2.2 in every format") {
  const UpgradePlan plan = sample_plan("1.11", "2.2");
  std::ostringstream text;
  write_upgrade_plan_text(plan, {}, text);
  check_golden("plan.txt", text.str());
  check_golden("plan.json", json_of(plan));
  std::ostringstream markdown;
  write_upgrade_plan_markdown(plan, markdown);
  check_golden("plan.md", markdown.str());
}

TEST_CASE("the plan's JSON is as docs/plan.schema.json says, without a way too") {
  CHECK(fits_schema(parsed(json_of(sample_plan("1.11", "2.2")))));
  CHECK(fits_schema(parsed(json_of(sample_plan("2.2", "1.20")))));
  rapidjson::Document broken = parsed(json_of(sample_plan("1.11", "2.2")));
  broken["hops"][0]["steps"][0]["phase"].SetString("later");
  CHECK_FALSE(fits_schema(broken));
}

TEST_CASE("names in a plan that mean harm stay text") {
  UpgradePlan plan = sample_plan("1.20", "2.2");
  plan.hops[0].steps.front() = {.phase = PlanPhase::code,
                                .title = "<script>alert(1)</script>\x1B[31m\n# heading",
                                .text = "[click](javascript:x) `code` @everyone \xFF",
                                .locations = {{.path = "a\nb.jar", .line = 3, .entry = "<b>"}},
                                .evidence = {"<img src=x>\r\n- [ ] done"}};
  std::ostringstream markdown;
  write_upgrade_plan_markdown(plan, markdown);
  CHECK_THAT(markdown.str(), !Catch::Contains("<script>") && !Catch::Contains("<img") && !Catch::Contains("[click](") &&
                                 !Catch::Contains("\n# heading") && !Catch::Contains("\x1B") &&
                                 !Catch::Contains("\xFF") && !Catch::Contains("\n- [ ] done"));
  std::ostringstream text;
  write_upgrade_plan_text(plan, {}, text);
  CHECK_THAT(text.str(), !Catch::Contains("\x1B") && !Catch::Contains("\n# heading"));
  CHECK(fits_schema(parsed(json_of(plan))));
}

}  // namespace preflight
