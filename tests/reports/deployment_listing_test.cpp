#include "deployment_listing.h"

#include <rapidjson/document.h>
#include <rapidjson/schema.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>
#include <string>

#include "deployment/deployment_file.h"
#include "fixture_paths.h"
#include "golden.h"
#include "sample_reports.h"

namespace preflight {
namespace {

std::vector<Deployment> fixture(const std::string& name) {
  const std::string path = "fixtures/deployments/" + name;
  return parse_deployments(text_of_file((test::sources() / path).string()), path);
}

std::string text_of(const std::vector<Deployment>& deployments) {
  std::ostringstream out;
  write_deployment_text(deployments, {}, out);
  return out.str();
}

std::string json_of(const std::vector<Deployment>& deployments) {
  std::ostringstream out;
  write_deployment_json(deployments, out);
  return out.str();
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  REQUIRE_FALSE(json.HasParseError());
  return json;
}

bool fits_schema(const rapidjson::Document& deployments) {
  const rapidjson::Document text = parsed(text_of_file((test::sources() / "docs/deployment.schema.json").string()));
  const rapidjson::SchemaDocument schema(text);
  rapidjson::SchemaValidator validator(schema);
  return deployments.Accept(validator);
}

}  // namespace

TEST_CASE("inspect deployment") {
  const std::string name = GENERATE("msf-describe.json", "msf-snapshots.json", "kubernetes.yaml", "flink-conf.yaml",
                                    "cloudformation.yaml", "start.sh");
  check_golden("deployment-" + name + ".txt", text_of(fixture(name)));
}

TEST_CASE("inspect deployment as JSON") {
  check_golden("deployment-kubernetes.json", json_of(fixture("kubernetes.yaml")));
  check_golden("deployment-snapshots.json", json_of(fixture("msf-snapshots.json")));
  check_golden("deployment-start.json", json_of(fixture("start.sh")));
}

TEST_CASE("the JSON of every deployment is as docs/deployment.schema.json says") {
  for (const auto& file : std::filesystem::directory_iterator(test::fixtures() / "deployments")) {
    CAPTURE(file.path());
    if (file.is_regular_file() && file.path().extension() != ".md")
      CHECK(fits_schema(parsed(json_of(fixture(file.path().filename())))));
  }
  rapidjson::Document broken = parsed(json_of(fixture("config.yaml")));
  broken["deployments"][0]["kind"].SetString("later");
  CHECK_FALSE(fits_schema(broken));
}

TEST_CASE("inspect deployment shows hostile names without obeying them") {
  std::vector<Deployment> deployments = fixture("kubernetes.yaml");
  for (Deployment& deployment : deployments) {
    deployment.name = deployment.code->value = deployment.code->place.pointer = hostile::kEscapes;
    deployment.arguments = {hostile::kEscapes};
    deployment.unknowns = {{hostile::kEscapes, {1, ""}}};
    deployment.properties = {{hostile::kEscapes, hostile::kEscapes, hostile::kEscapes, {}}};
    deployment.configuration = {{hostile::kEscapes, hostile::kEscapes, {}}};
    deployment.snapshots = {{.name = hostile::kEscapes,
                             .status = hostile::kEscapes,
                             .created = hostile::kEscapes,
                             .runtime = Setting<std::string>{hostile::kEscapes, {}},
                             .place = {}}};
  }
  CHECK(text_of(deployments).find('\x1B') == std::string::npos);
  CHECK(fits_schema(parsed(json_of(deployments))));
}

}  // namespace preflight
