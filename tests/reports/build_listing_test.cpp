#include "build_listing.h"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "golden.h"
#include "sample_reports.h"

namespace preflight {
namespace {

std::string text_of(const DeclaredBuild& build) {
  std::ostringstream out;
  write_build_text(build, {}, out);
  return out.str();
}

std::string json_of(const DeclaredBuild& build) {
  std::ostringstream out;
  write_build_json(build, out);
  return out.str();
}

/// A library of each kind: known, by a range, of Python's without a group, and one without a line.
DeclaredBuild sample_build() {
  return {.path = "orders/build.gradle",
          .kind = BuildKind::gradle_script,
          .dependencies = {{.coordinates = {"org.apache.flink", "flink-streaming-java", "1.20.1"},
                            .scope = "compileOnly",
                            .line = 12},
                           {.coordinates = {"org.apache.flink", "flink-connector-kafka", ""},
                            .scope = "implementation",
                            .version_text = "3.+",
                            .line = 13,
                            .unknown = "\"3.+\" is a range"},
                           {.coordinates = {"", "apache-flink", "1.20.1"}, .line = 14},
                           {.coordinates = {"com.example", "pricing", "7"}}},
          .unknowns = {"line 15: libs.kafka"}};
}

}  // namespace

TEST_CASE("inspect build") {
  check_golden("build.txt", text_of(sample_build()));
  check_golden("build.json", json_of(sample_build()));
}

TEST_CASE("inspect build shows hostile names without obeying them") {
  DeclaredBuild build = sample_build();
  build.path = hostile::kEscapes;
  build.unknowns = {hostile::kEscapes};
  for (BuildDependency& dependency : build.dependencies)
    dependency.coordinates.artifact = dependency.coordinates.version = dependency.scope = dependency.version_text =
        dependency.unknown = hostile::kEscapes;
  CHECK(text_of(build).find('\x1B') == std::string::npos);
  rapidjson::Document json;
  const std::string text = json_of(build);
  CHECK_FALSE(json.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size()).HasParseError());
}

}  // namespace preflight
