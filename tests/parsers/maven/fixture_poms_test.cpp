#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "fixture_paths.h"
#include "maven/pom.h"

// Each pom.xml of the fixtures has an effective.json beside it: what a real Maven, with its repository at hand, makes
// of it.

using namespace preflight;

namespace {

struct Truth {
  std::filesystem::path pom;
  bool maven_resolves_it = false;
  std::string project;
  std::set<std::string> dependencies;  ///< "group:artifact:version scope"
};

std::string scoped(const Coordinates& coordinates, const std::string& scope) {
  return coordinates.text() + " " + scope;
}

Coordinates coordinates_of(const rapidjson::Value& json) {
  return {json["groupId"].GetString(), json["artifactId"].GetString(), json["version"].GetString()};
}

Truth read_truth(const std::filesystem::path& file) {
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  rapidjson::Document json;
  REQUIRE_FALSE(json.Parse(text.c_str()).HasParseError());
  Truth truth{file.parent_path() / json["pom"].GetString(), json["maven_resolves_it"].GetBool(), "", {}};
  if (truth.maven_resolves_it) {
    truth.project = coordinates_of(json["project"]).text();
    for (const auto& dependency : json["dependencies"].GetArray())
      truth.dependencies.insert(scoped(coordinates_of(dependency), dependency["scope"].GetString()));
  }
  return truth;
}

std::vector<Truth> truths() {
  std::vector<Truth> found;
  for (const char* folder : {"poms", "applications"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(test::fixtures() / folder)) {
      if (entry.path().filename() == "effective.json")
        found.push_back(read_truth(entry.path()));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("the fixtures' poms, as Maven reads them") {
  const auto all = truths();
  REQUIRE(all.size() >= 17);
  for (const Truth& truth : all) {
    INFO(truth.pom);
    const PomModel model = read_pom(truth.pom);
    std::set<std::string> known;
    std::size_t unknown = 0;
    for (const PomDependency& dependency : model.dependencies) {
      if (dependency.unknown.empty())
        known.insert(scoped(dependency.coordinates, dependency.scope));
      else
        ++unknown;
    }
    if (!truth.maven_resolves_it) {
      CHECK(unknown > 0);
      continue;
    }
    CHECK(model.project.text() == truth.project);
    // The one BOM that Maven takes from a repository, which is not among the files.
    if (truth.pom.parent_path().filename() == "bom-import") {
      CHECK(unknown == 1);
      CHECK(model.unknowns.size() == 1);
      CHECK(known == std::set<std::string>{"org.apache.flink:flink-streaming-java:1.20.5 provided"});
      continue;
    }
    CHECK(unknown == 0);
    CHECK(known == truth.dependencies);
  }
}
