#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "fixture_paths.h"
#include "maven/pom.h"

// fixtures/maven has poms that ask for every rule of the Maven model, a repository for them, and beside each, in
// maven.json, what a real Maven made of it.

using namespace preflight;

namespace {

/// "group:artifact:extension:classifier:version:scope", as the recording has it.
using Dependencies = std::multiset<std::string>;

struct Recording {
  PomSettings settings;
  std::map<std::string, Dependencies> direct;  ///< By project: versions as the effective pom has them, ranges too.
  std::map<std::string, Dependencies> all;     ///< By project: as resolved.
};

Dependencies texts(const rapidjson::Value& array) {
  Dependencies result;
  for (const auto& text : array.GetArray())
    result.insert(text.GetString());
  return result;
}

/// -DNAME=VALUE or -Pa,!b.
void apply_argument(const std::string& argument, PomSettings& settings) {
  if (argument.starts_with("-D")) {
    const auto split = argument.find('=');
    settings.user_properties[argument.substr(2, split - 2)] = argument.substr(split + 1);
    return;
  }
  for (std::size_t at = 2; at < argument.size();) {
    const auto end = std::min(argument.find(',', at), argument.size());
    const std::string name = argument.substr(at, end - at);
    if (name.starts_with('!'))
      settings.inactive_profiles.insert(name.substr(1));
    else
      settings.active_profiles.insert(name);
    at = end + 1;
  }
}

Recording read_recording(const std::filesystem::path& file) {
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  rapidjson::Document json;
  REQUIRE_FALSE(json.Parse(text.c_str()).HasParseError());
  Recording recording;
  recording.settings.repository = test::fixtures() / "maven" / "repository";
  for (const auto& property : json["machine"].GetObject())
    recording.settings.user_properties[property.name.GetString()] = property.value.GetString();
  for (const auto& argument : json["arguments"].GetArray())
    apply_argument(argument.GetString(), recording.settings);
  for (const auto& project : json["projects"].GetObject()) {
    recording.direct[project.name.GetString()] = texts(project.value["direct"]);
    recording.all[project.name.GetString()] = texts(project.value["all"]);
  }
  return recording;
}

std::string text_of(const PomDependency& dependency, const std::string& version) {
  const bool test_jar = dependency.type == "test-jar";
  const std::string classifier = test_jar && dependency.classifier.empty() ? "tests" : dependency.classifier;
  return dependency.coordinates.group + ":" + dependency.coordinates.artifact + ":" +
         (test_jar ? "jar" : dependency.type) + ":" + classifier + ":" + version + ":" + dependency.scope;
}

/// The artifact that Maven takes in the end.
std::string resolved(PomDependency dependency) {
  if (!dependency.relocated_to.group.empty())
    dependency.coordinates = dependency.relocated_to;
  return text_of(dependency, dependency.coordinates.version);
}

}  // namespace

TEST_CASE("hard cases of the Maven model, as Maven resolves them") {
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::fixtures() / "maven")) {
    if (!std::filesystem::exists(entry.path() / "maven.json"))
      continue;
    ++cases;
    INFO(entry.path().filename());
    const Recording recording = read_recording(entry.path() / "maven.json");
    std::map<std::string, Dependencies> direct;
    std::map<std::string, Dependencies> all;
    for (const PomModel& model : read_reactor(entry.path() / "pom.xml", recording.settings)) {
      const std::string project = model.project.text();
      CHECK(model.unknowns.empty());
      direct[project];
      for (const PomDependency& dependency : model.dependencies) {
        const bool range = !dependency.version_range.empty();
        direct[project].insert(text_of(dependency, range ? dependency.version_range : dependency.coordinates.version));
        all[project].insert(resolved(dependency));
      }
      all[project];
      REQUIRE(model.transitive);
      for (const PomDependency& dependency : *model.transitive) {
        CHECK_FALSE(dependency.through.empty());
        CHECK(dependency.version_decided.line > 0);
        all[project].insert(resolved(dependency));
      }
    }
    CHECK(direct == recording.direct);
    CHECK(all == recording.all);
  }
  CHECK(cases >= 28);
}
