#include "pom_listing.h"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "golden.h"
#include "sample_reports.h"

namespace preflight {
namespace {

std::string text_of(const std::vector<PomModel>& projects) {
  std::ostringstream out;
  write_pom_text(projects, {}, out);
  return out.str();
}

std::string json_of(const std::vector<PomModel>& projects) {
  std::ostringstream out;
  write_pom_json(projects, out);
  return out.str();
}

PomDependency flink_streaming() {
  PomDependency dependency;
  dependency.coordinates = {"org.apache.flink", "flink-streaming-java", "1.20.1"};
  dependency.scope = "provided";
  dependency.declared = {"orders/pom.xml", 21};
  dependency.version_decided = {"-D flink.version", 0};
  dependency.version_property = "flink.version";
  return dependency;
}

PomDependency mysql() {
  PomDependency dependency;
  dependency.coordinates = {"mysql", "mysql-connector-java", "8.0.33"};
  dependency.optional = true;
  dependency.exclusions = {{"com.google.protobuf", "*", ""}};
  dependency.declared = {"orders/pom.xml", 27};
  dependency.version_decided = {"pom.xml", 14};
  dependency.version_range = "[8.0,9)";
  dependency.relocated_to = {"com.mysql", "mysql-connector-j", "8.0.33"};
  return dependency;
}

PomDependency without_version() {
  PomDependency dependency;
  dependency.coordinates = {"com.example", "pricing", ""};
  dependency.type = "test-jar";
  dependency.classifier = "tests";
  dependency.scope = "test";
  dependency.declared = {"orders/pom.xml", 33};
  dependency.unknown = "the BOM com.example:bom:3 was not found";
  return dependency;
}

PomDependency brought_in() {
  PomDependency dependency;
  dependency.coordinates = {"org.apache.commons", "commons-math3", "3.6.1"};
  dependency.scope = "provided";
  dependency.declared = {"flink-streaming-java-1.20.1.pom", 96};
  dependency.through = {{"org.apache.flink", "flink-streaming-java", "1.20.1"}};
  return dependency;
}

/// A parent with one module; in the module one dependency of each kind.
std::vector<PomModel> sample_projects() {
  PomModel parent;
  parent.path = "pom.xml";
  parent.project = {"com.example", "parent", "7"};
  parent.packaging = "pom";
  parent.modules = {"orders/pom.xml"};
  parent.properties = {{"flink.version", "1.20.1"}};
  PomModel orders;
  orders.path = "orders/pom.xml";
  orders.project = {"com.example", "orders", "7"};
  orders.dependencies = {flink_streaming(), mysql(), without_version()};
  orders.transitive = {brought_in()};
  orders.unknowns = {"the BOM com.example:bom:3 was not found"};
  return {parent, orders};
}

}  // namespace

TEST_CASE("inspect pom") {
  check_golden("pom.txt", text_of(sample_projects()));
  check_golden("pom.json", json_of(sample_projects()));
}

TEST_CASE("inspect pom shows hostile names without obeying them") {
  std::vector<PomModel> projects = sample_projects();
  for (PomModel& project : projects) {
    project.project.group = hostile::kEscapes;
    project.unknowns = {hostile::kEscapes};
    project.properties[hostile::kEscapes] = hostile::kEscapes;
    for (PomDependency& dependency : project.dependencies)
      dependency.unknown = dependency.classifier = dependency.version_range = hostile::kEscapes;
  }
  CHECK(text_of(projects).find('\x1B') == std::string::npos);
  rapidjson::Document json;
  const std::string text = json_of(projects);
  CHECK_FALSE(json.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size()).HasParseError());
}

}  // namespace preflight
