// fixtures/linkage records what the JVM did with references to Flink on real releases. Held against it: what
// check_linkage says of the same classes. It has to agree with every single one.
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "embedded_api_index.h"
#include "fixture_paths.h"
#include "linkage/linkage.h"
#include "linkage_world.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_table;
using preflight::test::fixtures;

namespace {

constexpr int kJavaOfTheRecording = 17;

struct ProbeJar {
  ApplicationJar application;
  ClassOrigins origins;
  std::vector<LinkedClass> classes;
};

ProbeJar read_probes(const std::string& name, const ApiIndex& api) {
  ProbeJar jar;
  jar.application = read_application_jar(fixtures() / "linkage" / name);
  jar.origins.of.assign(jar.application.classes.size(), ClassOrigin::application);
  jar.origins.library_of.assign(jar.application.classes.size(), ClassOrigins::kNoLibrary);
  jar.classes = read_linked_classes(jar.application, classes_to_link(jar.application, api, jar.origins));
  return jar;
}

/// The probe and all classes of its JAR that it names.
std::set<std::string, std::less<>> classes_of(const rapidjson::Value& probe) {
  std::set<std::string, std::less<>> result;
  for (const auto& name : probe["classes"].GetArray())
    result.insert(name.GetString());
  return result;
}

/// Loading, linking and one call of the probe do not show what only a later call would: that is what the probes about
/// overrides are for.
bool shows_only_when_called(const LinkageProblem& problem) {
  return problem.fault == LinkageFault::method_not_implemented || problem.fault == LinkageFault::override_never_called;
}

std::vector<LinkageProblem> problems_in(const std::set<std::string, std::less<>>& classes, const Linkage& linkage,
                                        const ApplicationJar& application) {
  std::vector<LinkageProblem> result;
  for (const LinkageProblem& problem : linkage.problems)
    if (std::ranges::any_of(problem.sites, [&](const CallSite& site) {
          return classes.contains(application.classes[site.class_index].name);
        }))
      result.push_back(problem);
  return result;
}

/// The index does not keep private members: one that became private is gone for all but its own class.
bool is_category(const LinkageProblem& problem, const std::string& category) {
  return category == test::to_string(problem.fault) ||
         (category == "not_accessible" &&
          (problem.fault == LinkageFault::method_gone || problem.fault == LinkageFault::field_gone));
}

/// The JVM names the member also where all of its class is at fault, and one of the classes that declare a method that
/// is never called.
bool is_the_fault(const LinkageProblem& problem, const rapidjson::Value& fault) {
  if (!is_category(problem, fault["category"].GetString()))
    return false;
  std::string owner = fault["owner"].GetString();
  std::ranges::replace(owner, '/', '.');  // As some messages of the JVM have it.
  const bool same_owner = problem.owner == owner || problem.declared_in == owner || owner.starts_with("probes.");
  const bool same_member =
      problem.name == fault["name"].GetString() && problem.descriptor == fault["descriptor"].GetString();
  return problem.name.empty() ? same_owner
                              : same_member && (same_owner || problem.fault == LinkageFault::override_never_called);
}

std::string text_of(const std::vector<LinkageProblem>& problems) {
  std::string text;
  for (const LinkageProblem& problem : problems)
    text += fmt::format("\n  {} {} ({}) {} {}", test::to_string(problem.fault), problem.owner, problem.declared_in,
                        problem.name, problem.descriptor);
  return text.empty() ? "\n  nothing" : text;
}

rapidjson::Document recordings() {
  std::ifstream file(fixtures() / "linkage" / "recordings.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  rapidjson::Document document;
  document.Parse(text.c_str());
  return document;
}

}  // namespace

TEST_CASE("Linkage agrees with every link that the JVM made or refused") {
  const rapidjson::Document recorded = recordings();
  REQUIRE(recorded.IsObject());
  REQUIRE(recorded["probes"].Size() >= 150);
  const ApiIndex api = api_index();
  int beyond = 0;  // What shows only to who follows the types of values through the code.
  std::map<std::string, ProbeJar> jars;
  std::map<std::pair<std::string, std::string>, Linkage> linkages;
  for (const auto& probe : recorded["probes"].GetArray()) {
    const std::string name = probe["jar"].GetString();
    if (!jars.contains(name))
      jars.emplace(name, read_probes(name, api));
    const ProbeJar& jar = jars.at(name);
    for (const auto& target : probe["targets"].GetArray()) {
      const std::string flink = target["flink"].GetString();
      if (!linkages.contains({name, flink}))
        linkages.emplace(std::pair(name, flink), check_linkage({.application = jar.application,
                                                                .classes = jar.classes,
                                                                .origins = jar.origins,
                                                                .api = api,
                                                                .table = embedded_table(),
                                                                .target = FlinkVersion::parse(flink).value(),
                                                                .from = {},
                                                                .java = kJavaOfTheRecording}));
      const auto problems = problems_in(classes_of(probe), linkages.at({name, flink}), jar.application);
      INFO(fmt::format("{} of {} on Flink {}: {}", probe["probe"].GetString(), name, flink, probe["kind"].GetString()));
      INFO(fmt::format("JVM: {} {}", target["outcome"].GetString(),
                       target["message"].IsNull() ? "" : target["message"].GetString()));
      INFO("found:" << text_of(problems));
      const auto& fault = target["fault"];
      const bool called = std::string_view(target["outcome"].GetString()) == "called";
      if (fault.IsNull())
        CHECK(std::ranges::all_of(
            problems, [&](const LinkageProblem& problem) { return !called && shows_only_when_called(problem); }));
      else if (std::string_view(fault["category"].GetString()) == "other")
        ++beyond;
      else
        CHECK(
            std::ranges::any_of(problems, [&](const LinkageProblem& problem) { return is_the_fault(problem, fault); }));
    }
  }
  CHECK(beyond <= 3);
}
