#include <catch2/catch.hpp>

#include "declared_artifacts.h"
#include "python_version.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {

using Titles = std::vector<std::string>;

/// An upgrade of a project whose pyproject.toml has this one package.
UpgradeBuilder project(const char* target, const std::string& name, const std::string& version,
                       const std::string& version_text = "") {
  UpgradeBuilder builder(target);
  builder.upgrade().builds.push_back({.path = "pyproject.toml",
                                      .kind = BuildKind::python_project,
                                      .dependencies = {{.coordinates = {"", name, version},
                                                        .version_text = version_text,
                                                        .line = 4,
                                                        .unknown = version.empty() ? "no single version" : ""}}});
  return builder;
}

}  // namespace

TEST_CASE("pyflink-version-mismatch") {
  constexpr const char* kRule = "pyflink-version-mismatch";
  const Assessment assessment = project("2.2", "apache-flink", "1.20.0").assess();
  REQUIRE(findings_of(assessment, kRule) == Titles{"blocker apache-flink is 1.20.0, the target is Flink 2.2"});
  CHECK(findings_of(project("2.2", "apache-flink", "2.2.1").assess(), kRule).empty());
  CHECK(findings_of(project("2.2", "numpy", "1.20.0").assess(), kRule).empty());
  const Assessment open = project("2.2", "apache-flink", "", ">=1.20").assess();
  CHECK(findings_of(open, kRule).empty());
  CHECK(std::ranges::any_of(open.unknowns, [](const Unknown& unknown) { return unknown.what == "apache-flink"; }));
}

TEST_CASE("python-release-unsupported") {
  constexpr const char* kRule = "python-release-unsupported";
  const auto titles = [](UpgradeBuilder builder) { return findings_of(builder.assess(), kRule); };
  CHECK(titles(project("2.2", "python", "", "<3.9")) ==
        Titles{"blocker The project asks for Python <3.9, PyFlink 2.2 has 3.9 to 3.12"});
  CHECK(titles(project("2.2", "python", "", ">=3.9")).empty());
  CHECK(titles(project("2.2", "python", "", ">=3.9,<3.12").on(Platform::msf)) ==
        Titles{"blocker The project asks for Python >=3.9,<3.12, the runtime FLINK-2_2 has 3.12"});
  CHECK(titles(project("1.20", "python", "", ">=3.9,<3.12").on(Platform::msf)).empty());
  CHECK(titles(project("9.9", "python", "", ">=3.9")).empty());
  CHECK(std::ranges::any_of(project("9.9", "python", "", ">=3.9").assess().unknowns,
                            [](const Unknown& unknown) { return unknown.what == "the release of Python"; }));
}

TEST_CASE("Specifiers of Python releases") {
  struct Case {
    const char* specifier;
    PythonVersion release;
    std::optional<bool> admitted;
  };
  const Case cases[] = {{">=3.9", {3, 9}, true},    {">=3.9", {3, 8}, false},      {">3.9", {3, 9}, false},
                        {">3.9.1", {3, 9}, true},   {"<3.12", {3, 12}, false},     {"<3.12.4", {3, 12}, true},
                        {"<=3.9", {3, 9}, true},    {"==3.9.*", {3, 9}, true},     {"==3.9", {3, 10}, false},
                        {"!=3.9", {3, 9}, false},   {"!=3.9.1", {3, 9}, true},     {"~=3.8", {3, 11}, true},
                        {"~=3.8.1", {3, 9}, false}, {"^3.9", {3, 12}, true},       {"^3.9", {4, 0}, false},
                        {"3.11", {3, 11}, true},    {"3", {3, 7}, true},           {">= 3.9 , < 3.12", {3, 10}, true},
                        {"", {3, 9}, true},         {">=x", {3, 9}, std::nullopt}, {"%3.9", {3, 9}, std::nullopt}};
  for (const Case& one : cases) {
    INFO(one.specifier);
    CHECK(admits(one.specifier, one.release) == one.admitted);
  }
  CHECK(PythonVersion::parse("3.11.4") == PythonVersion{3, 11});
  CHECK_FALSE(PythonVersion::parse("3"));
  CHECK_FALSE(PythonVersion::parse("3.x"));
}

TEST_CASE("Libraries of other builds than Maven's are judged with file and line") {
  UpgradeBuilder builder("2.2");
  const std::string flink = "org.apache.flink";
  builder.upgrade().builds.push_back(
      {.path = "gradle.lockfile",
       .kind = BuildKind::gradle_lockfile,
       .dependencies = {
           {.coordinates = {flink, "flink-streaming-java", "1.20.0"}, .scope = "runtimeClasspath", .line = 2},
           {.coordinates = {flink, "flink-test-utils", "1.20.0"},
            .scope = "testCompileClasspath,testRuntimeClasspath",
            .line = 3},
           {.coordinates = {flink, "flink-connector-kafka", "3.4.0-1.20"},
            .scope = "compileClasspath,testRuntimeClasspath",
            .line = 4}}});
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, "flink-dependency-version-mismatch") ==
        Titles{"high org.apache.flink:flink-streaming-java is 1.20.0, the target is Flink 2.2"});
  CHECK(findings_of(assessment, "connector-version-mismatch").size() == 1);
  for (const Finding& finding : assessment.findings)
    if (finding.rule == "connector-version-mismatch") {
      CHECK(finding.location.path == "gradle.lockfile");
      CHECK(finding.location.line == 4);
    }
  const auto libraries = declared_artifacts(builder.upgrade());
  CHECK(libraries.size() == 2);
}

TEST_CASE("A catalog gives the version that a script leaves open") {
  UpgradeBuilder builder("2.2");
  builder.upgrade().builds = {
      {.path = "build.gradle.kts",
       .kind = BuildKind::gradle_script,
       .dependencies = {{.coordinates = {"g", "a", ""}, .scope = "api", .line = 1, .unknown = "not written out"}}},
      {.path = "libs.versions.toml",
       .kind = BuildKind::gradle_catalog,
       .dependencies = {{.coordinates = {"g", "a", "1.0"}, .line = 7}}}};
  const auto libraries = declared_artifacts(builder.upgrade());
  REQUIRE(libraries.size() == 1);
  CHECK(libraries.front().coordinates.version == "1.0");
  CHECK(libraries.front().location.line == 7);
}
