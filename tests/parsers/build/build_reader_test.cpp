#include "build/build_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "fixture_paths.h"
#include "input/input_error.h"
#include "temporary_folder.h"

using namespace preflight;

namespace {

/// "group:artifact:version (scope) @line", with what was written and why it is unknown.
std::string shown(const BuildDependency& library) {
  std::string text = library.coordinates.text();
  if (!library.scope.empty())
    text += " (" + library.scope + ")";
  text += fmt::format(" @{}", library.line);
  if (!library.version_text.empty())
    text += " " + library.version_text;
  return library.unknown.empty() ? text : text + " unknown";
}

using Texts = std::vector<std::string>;

DeclaredBuild read(const std::string& name, const std::string& text) {
  const test::TemporaryFolder folder;
  return read_declared_build(folder.write(name, text));
}

Texts libraries(const std::string& name, const std::string& text) {
  Texts result;
  for (const BuildDependency& library : read(name, text).dependencies)
    result.push_back(shown(library));
  return result;
}

std::string error(const std::string& name, const std::string& text) {
  const test::TemporaryFolder folder;
  const auto path = folder.write(name, text);
  try {
    read_declared_build(path);
  } catch (const InputError& thrown) {
    return std::string(thrown.what()).substr(path.string().size());
  }
  return "none";
}

}  // namespace

TEST_CASE("A lock file of Gradle") {
  CHECK(libraries("gradle.lockfile",
                  "# This is a Gradle generated file for dependency locking.\r\n"
                  "org.apache.flink:flink-clients:1.20.0=compileClasspath,runtimeClasspath\r\n"
                  "org.junit:junit:4.13=testRuntimeClasspath\n"
                  "empty=annotationProcessor\n") ==
        Texts{"org.apache.flink:flink-clients:1.20.0 (compileClasspath,runtimeClasspath) @2",
              "org.junit:junit:4.13 (testRuntimeClasspath) @3"});
  CHECK(libraries("runtimeClasspath.lockfile", "g:a:1\n") == Texts{"g:a:1 (runtimeClasspath) @1"});
  CHECK_THAT(error("gradle.lockfile", "g:a:1=x\nwhat is this\n"), Catch::StartsWith(":2: expected group:artifact"));
  CHECK_THAT(error("gradle.lockfile", "g:a\x1b[31m:1=x\n"), Catch::StartsWith(":1: expected group:artifact"));
}

TEST_CASE("A version catalog of Gradle") {
  CHECK(libraries("libs.versions.toml", R"([versions]
flink = "1.20.0"
kafka = { strictly = "[3.0, 4.0[", prefer = "3.4.0-1.20" }
[libraries]
core = { module = "org.apache.flink:flink-streaming-java", version.ref = "flink" }
clients = { group = "org.apache.flink", name = "flink-clients", version = "1.20.1" }
kafka = { module = "org.apache.flink:flink-connector-kafka", version.ref = "kafka" }
guava = "com.google.guava:guava:32.1"
gone = { module = "a:b", version.ref = "nowhere" }
bom = { module = "a:c" }
[plugins]
shadow = { id = "com.gradleup.shadow", version = "8" }
)") == Texts{"org.apache.flink:flink-streaming-java:1.20.0 @5", "org.apache.flink:flink-clients:1.20.1 @6",
             "org.apache.flink:flink-connector-kafka @7 [3.0, 4.0[ unknown", "com.google.guava:guava:32.1 @8",
             "a:b @9 unknown", "a:c @10 unknown"});
  CHECK(read("libs.versions.toml", "[libraries]\nx = 7\n").unknowns ==
        Texts{"line 2: \"x\" names no group and artifact"});
  CHECK(read("libs.versions.toml", "a = 1\n").unknowns == Texts{"it has no table [libraries]"});
  CHECK_THAT(error("libs.versions.toml", "[versions\nx=1\n"), Catch::StartsWith(":1: expected TOML"));
}

TEST_CASE("A build script of Gradle gives its literals") {
  CHECK(libraries("build.gradle", R"(
// implementation 'a:comment:1'
def flinkVersion = '1.20.0'
ext { kafkaVersion = "3.4.0-1.20" }
dependencies {
  implementation "org.apache.flink:flink-streaming-java:${flinkVersion}"
  implementation("org.apache.flink:flink-connector-kafka:$kafkaVersion") { exclude group: 'x', module: 'y' }
  compileOnly group: 'g', name: 'map', version: flinkVersion
  runtimeOnly 'g:open:1.+'
  testImplementation 'g:test:1'
  implementation "g:computed:${versions.of('x')}"
  implementation libs.guava
  implementation project(':core')
  /* api 'g:commented:2' */
  implementation platform("g:bom:3")
}
)") == Texts{"org.apache.flink:flink-streaming-java:1.20.0 (implementation) @6",
             "org.apache.flink:flink-connector-kafka:3.4.0-1.20 (implementation) @7", "g:map:1.20.0 (compileOnly) @8",
             "g:open (runtimeOnly) @9 1.+ unknown", "g:test:1 (testImplementation) @10",
             "g:computed (implementation) @11 ${versions.of('x')} unknown", "g:bom:3 (platform) @15"});
  CHECK(libraries("build.gradle.kts", R"(val flink = "2.0.1"
val twice = "1"
twice = "2"
extra["kafka"] = "4.0.1-2.0"
dependencies {
  implementation("org.apache.flink:flink-clients:$flink")
  implementation("g", "three", "7")
  api("g:extra:${kafka}")
  implementation("g:unclear:$twice")
})") == Texts{"org.apache.flink:flink-clients:2.0.1 (implementation) @6", "g:three:7 (implementation) @7",
              "g:extra:4.0.1-2.0 (api) @8", "g:unclear (implementation) @9 $twice unknown"});
  CHECK(read("build.gradle", "dependencies { implementation libs.flink.core }").unknowns ==
        Texts{"line 1: a library is taken from a version catalog: give that file too"});
}

TEST_CASE("A build script that is cut off or odd ends somewhere") {
  const std::string script = "implementation(\"g:a:${x}\") /* c */ api group: 'g', name: \"\"\"n\"\"\"\n'x";
  for (std::size_t length = 0; length <= script.size(); ++length)
    CHECK_NOTHROW(read("build.gradle", script.substr(0, length)));
}

TEST_CASE("Requirements of Python") {
  CHECK(
      libraries("requirements.txt", "apache-flink==1.20.0\nApache_Flink[ext] == 1.19.1 ; python_version < '3.12'\n") ==
      Texts{":apache-flink:1.20.0 @1", ":apache-flink:1.19.1 @2"});
  CHECK(libraries("requirements-dev.txt", "numpy>=1.2,<2  # inline\npandas\nx==1.*\n") ==
        Texts{":numpy @1 >=1.2,<2 unknown", ":pandas @2 unknown", ":x @3 ==1.* unknown"});
  CHECK(libraries("requirements.txt", "y \\\n  ===2 --hash=sha256:ab\nz==\n") == Texts{":y:2 @1", ":z @3 == unknown"});
  CHECK(read("requirements.txt", "-r other.txt\n!\n").unknowns ==
        Texts{"line 1: \"-r other.txt\" is not followed", "line 2: \"!\" names no package"});
}

TEST_CASE("A project of Python") {
  CHECK(libraries("pyproject.toml", R"([project]
name = "job"
requires-python = ">=3.9,<3.12"
dependencies = ["apache-flink==2.2.0",
                "numpy"]
[project.optional-dependencies]
dev = ["pytest>=8"]
)") == Texts{":python (requires-python) @3 >=3.9,<3.12 unknown", ":apache-flink:2.2.0 @4", ":numpy @5 unknown",
             ":pytest (dev) @7 >=8 unknown"});
  CHECK(libraries("pyproject.toml",
                  "[tool.poetry.dependencies]\npython = \"^3.9\"\napache-flink = \"1.20.0\"\n"
                  "boto3 = { version = \"^1.2\", optional = true }\n") ==
        Texts{":python @2 ^3.9 unknown", ":apache-flink:1.20.0 @3", ":boto3 @4 ^1.2 unknown"});
  CHECK(read("pyproject.toml", "[build-system]\n").unknowns.size() == 1);
}

TEST_CASE("A bill of materials") {
  CHECK(libraries("bom.json", R"({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
 {"type": "library", "name": "flink-clients", "purl": "pkg:maven/org.apache.flink/flink-clients@1.20.0?type=jar"},
 {"type": "library", "purl": "pkg:maven/g/a@1%2B2", "scope": "excluded",
  "components": [{"purl": "pkg:pypi/apache-flink@2.2.0"}]},
 {"purl": "pkg:npm/left-pad@1"}, {"type": "file", "name": "x"}]})") ==
        Texts{"org.apache.flink:flink-clients:1.20.0 @2", "g:a:1+2 (excluded) @3", ":apache-flink:2.2.0 @4"});
  CHECK(read("b.json", R"({"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "n"}]})").unknowns ==
        Texts{"line 1: the library \"n\" has no purl"});
  CHECK_THAT(error("b.json", R"({"components": []})"), Catch::Contains("expected a CycloneDX bill of materials"));
  CHECK_THAT(error("b.json", "{"), Catch::StartsWith(":1: "));
}

TEST_CASE("The fixtures' build files") {
  struct Case {
    const char* file;
    BuildKind kind;
    std::size_t libraries, without_version, unknowns;
  };
  const Case cases[] = {{"gradle.lockfile", BuildKind::gradle_lockfile, 6, 0, 0},
                        {"libs.versions.toml", BuildKind::gradle_catalog, 4, 1, 0},
                        {"build.gradle", BuildKind::gradle_script, 5, 1, 0},
                        {"build.gradle.kts", BuildKind::gradle_script, 3, 1, 1},
                        {"requirements.txt", BuildKind::python_requirements, 3, 2, 0},
                        {"pyproject.toml", BuildKind::python_project, 4, 3, 0},
                        {"bom.json", BuildKind::cyclonedx_sbom, 2, 0, 0}};
  for (const Case& one : cases) {
    INFO(one.file);
    const DeclaredBuild build = read_declared_build(test::fixtures() / "builds" / one.file);
    CHECK(build.kind == one.kind);
    CHECK(build.dependencies.size() == one.libraries);
    CHECK(static_cast<std::size_t>(std::ranges::count_if(build.dependencies, [](const BuildDependency& library) {
            return library.coordinates.version.empty();
          })) == one.without_version);
    CHECK(build.unknowns.size() == one.unknowns);
  }
}

TEST_CASE("What is no build file is refused") {
  CHECK_THAT(error("README.md", "hello"), Catch::Contains("expected a build file"));
  CHECK_THAT(error("gradle.lockfile", std::string("\0", 1)), Catch::Contains("NUL byte"));
  CHECK_THROWS_AS(read_declared_build("/nonexistent/gradle.lockfile"), InputError);
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(read_declared_build(folder.path()), InputError);
}

TEST_CASE("Build files that are made to cost much are refused") {
  std::string many;
  for (int i = 0; i < 100'001; ++i)
    many += "g:a:1=x\n";
  CHECK_THAT(error("gradle.lockfile", many), Catch::Contains("at most 100000 libraries"));
  CHECK_THAT(error("requirements.txt", std::string((16U << 20U) + 1, 'x')), Catch::Contains("bytes of text"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i)
    deep += "a.";
  CHECK_THAT(error("libs.versions.toml", deep + "b = 1"), Catch::Contains("at most 500 dots in a line"));
  CHECK_THAT(error("libs.versions.toml", "x = " + std::string(100'000, '[')), Catch::StartsWith(":1: expected TOML"));
  CHECK_THAT(error("libs.versions.toml", "[" + deep.substr(0, 400) + "b]\nx = 1"),
             Catch::Contains("within each other"));
  CHECK_NOTHROW(read("build.gradle", std::string(1U << 20U, '(') + std::string(1U << 20U, '"')));
}
