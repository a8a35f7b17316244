#include <catch2/catch.hpp>
#include <compare>

#include "fixture_paths.h"
#include "input/input_error.h"
#include "maven/maven_version.h"
#include "maven/pom.h"
#include "parsers/maven/pom_cases.h"
#include "parsers/maven/pom_text.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

using Texts = std::vector<std::string>;

/// A pom of the repository, of group o.
std::string artifact(const std::string& name, const std::string& body, const std::string& number = "1") {
  return "<project><modelVersion>4.0.0</modelVersion><groupId>o</groupId><artifactId>" + name + "</artifactId>" +
         version(number) + "\n" + body + "</project>";
}

/// Where a repository has a pom of group o.
std::string place_of(const std::string& name, const std::string& number = "1") {
  return "repository/o/" + name + "/" + number + "/" + name + "-" + number + ".pom";
}

struct World {
  TemporaryFolder folder;
  PomSettings settings;

  World(const std::string& pom, const std::vector<std::pair<std::string, std::string>>& files) {
    std::filesystem::create_directories(folder.path() / "repository");
    settings.repository = folder.path() / "repository";
    folder.write("pom.xml", pom);
    for (const auto& [name, content] : files)
      folder.write(name, content);
  }

  PomModel read() const { return read_pom(folder.path() / "pom.xml", settings); }

  Texts unknowns() const {
    Texts texts;
    for (const std::string& unknown : read().unknowns)
      texts.push_back(without_root(unknown, folder.path()));
    return texts;
  }

  Texts transitive() const {
    Texts texts;
    const PomModel model = read();
    for (const PomDependency& dependency : model.transitive.value())
      texts.push_back(without_root(text_of(dependency, folder.path()), folder.path()));
    return texts;
  }
};

std::string use(const std::string& name) {
  return app(dependencies(dependency(name, version("1"))));
}

}  // namespace

TEST_CASE("a version that a BOM of the repository decides knows its file and line") {
  const World world(app(managed(import_bom("bom", "1")) + dependencies(dependency("x"))),
                    {{"repository/g/bom/1/bom-1.pom",
                      aggregator("bom", "1", properties("\n<v>5</v>") + managed(dependency("x", version("${v}"))))},
                     {place_of("x", "5"), artifact("x", "", "5")}});
  const PomModel model = world.read();
  CHECK(model.unknowns.empty());
  CHECK(without_root(text_of(model.dependencies.at(0), world.folder.path()), world.folder.path()) ==
        "o:x:5 compile @repository/g/bom/1/bom-1.pom:3 by v");
}

TEST_CASE("what a dependency brings in says through what") {
  const World world(use("a"), {{place_of("a"), artifact("a", dependencies(dependency("b", version("1"))))},
                               {place_of("b"), artifact("b", dependencies(dependency("c", version("1"))))},
                               {place_of("c"), artifact("c", "")}});
  const PomModel model = world.read();
  REQUIRE(model.transitive.value().size() == 2);
  const PomDependency& last = model.transitive->back();
  CHECK(last.coordinates.text() == "o:c:1");
  CHECK(last.through == std::vector<Coordinates>{{"o", "a", "1"}, {"o", "b", "1"}});
  CHECK(last.brought_in.path.filename() == "pom.xml");
  CHECK(last.brought_in.line == 2);
}

TEST_CASE("what the repository does not have is unknown, and named") {
  struct Row {
    std::string name;
    std::string pom;
    std::vector<std::pair<std::string, std::string>> files;
    Texts unknowns;
  };
  const std::string places = "the tree or the local repository";
  const std::vector<Row> rows = {
      {"poms of dependencies",
       app(dependencies(dependency("a", version("1")) + dependency("b", version("2")) +
                        dependency("t", version("1") + "<scope>test</scope>"))),
       {},
       {"what these depend on, whose poms are not in the local repository: o:a:1, o:b:2"}},
      {"the parent of a dependency's pom",
       use("a"),
       {{place_of("a"),
         "<project><parent><groupId>o</groupId><artifactId>p</artifactId><version>1</version></parent>"
         "<artifactId>a</artifactId></project>"}},
       {"what o:a:1 depends on: parent o:p:1 (" + place_of("a") + ":1) is not in " + places +
        ": not in the local repository"}},
      {"a pom of a dependency that is no pom",
       use("a"),
       {{place_of("a"), "<html>"}},
       {"what o:a:1 depends on: " + place_of("a") +
        ":1: expected </html> to close the <html> of this line, found none"}},
      {"a BOM", app(managed(import_bom("bom", "2"))), {}, {"BOM g:bom:2 (pom.xml:2) is not in " + places}},
      {"the project's own parent",
       child(""),
       {},
       {"parent g:parent:1 (pom.xml:1) is not in " + places + ": no pom at ../pom.xml; not in the local repository"}},
      {"coordinates that would leave the repository",
       app(dependencies("<dependency><groupId>o</groupId><artifactId>..</artifactId><version>..</version></dependency>"
                        "<dependency><groupId>../..</groupId><artifactId>a</artifactId><version>1</version>"
                        "</dependency>")),
       {{"secret/1/secret-1.pom", "<project/>"}},
       {"what these depend on, whose poms are not in the local repository: o:..:.., ../..:a:1"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(World(row.pom, row.files).unknowns() == row.unknowns);
  }
}

TEST_CASE("versions that only a registry could tell are unknown") {
  struct Row {
    std::string written;
    std::string version;
    std::string unknown;
  };
  const std::vector<Row> rows = {
      {"[1.0,2.0)", "1.5", ""},
      {"[7,)", "", "the range [7,) leaves the version open, and the local repository lists no version in it"},
      {"[1.2]", "1.2", ""},
      {"[1.2", "", "'[1.2' is no version range"},
      {"LATEST", "", "LATEST is whatever the registry has on the day of the build"},
      {"RELEASE", "", "RELEASE is whatever the registry has on the day of the build"}};
  for (const Row& row : rows) {
    INFO(row.written);
    World world(app(dependencies(dependency("x", version(row.written)))),
                {{"repository/o/x/maven-metadata-central.xml",
                  "<metadata><versioning><versions><version>1.0</version><version>1.5</version><version>2.0</version>"
                  "</versions></versioning></metadata>"},
                 {"repository/o/x/maven-metadata-broken.xml", "<metadata"}});
    const PomDependency with = world.read().dependencies.at(0);
    CHECK(with.coordinates.version == row.version);
    CHECK(with.unknown == row.unknown);
    CHECK(with.version_range == row.written);
    world.settings.repository.reset();
    const PomDependency without = world.read().dependencies.at(0);
    CHECK(without.unknown == (row.written == "[1.0,2.0)" || row.written == "[7,)"
                                  ? "the range " + row.written + " leaves the version open"
                                  : row.unknown));
  }
}

TEST_CASE("a range that the nearest version is not in") {
  const World world(
      app(dependencies(dependency("x", version("1")) + dependency("a", version("1")))),
      {{place_of("a"), artifact("a", dependencies(dependency("b", version("1"))))},
       {place_of("b"), artifact("b", dependencies(dependency("y", version("1")) + dependency("c", version("1"))))},
       {place_of("c"), artifact("c", dependencies(dependency("y", version("[2]"))))}});
  CHECK(world.transitive().at(1) == "o:y: compile; 1 is nearest, but o:c:1 asks for [2]");
}

TEST_CASE("what the command line and the environment give") {
  PomSettings settings;
  settings.user_properties = {{"v", "2"}};
  settings.environment = {{"RELEASE_LINE", "3"}};
  settings.active_profiles = {"p"};
  settings.inactive_profiles = {"d"};
  const TemporaryFolder folder;
  const auto pom = folder.write(
      "pom.xml", app(properties("<v>1</v>") +
                     dependencies(dependency("x", version("${v}")) + dependency("y", version("${env.RELEASE_LINE}"))) +
                     profiles(profile("d", kDefault, dependencies(dependency("no", version("1")))) +
                              profile("p", "", dependencies(dependency("z", version("1")))))));
  Texts texts;
  for (const PomDependency& dependency : read_pom(pom, settings).dependencies)
    texts.push_back(dependency.coordinates.text() + " " + dependency.version_decided.path.filename().string());
  CHECK(texts == Texts{"o:x:2 -D v", "o:y:3 environment", "o:z:1 pom.xml"});
}

TEST_CASE("a repository that is not there is an error") {
  const TemporaryFolder folder;
  const auto pom = folder.write("pom.xml", app(""));
  CHECK_THROWS_AS(read_pom(pom, {.repository = folder.path() / "none"}), InputError);
  CHECK_FALSE(read_pom(pom).transitive);
}

TEST_CASE("modules are read with their aggregator, and those that cannot be are named") {
  const TemporaryFolder folder;
  folder.write("a/pom.xml", artifact("a", ""));
  folder.write("b/pom.xml", "<project>");
  const auto pom = folder.write(
      "pom.xml", aggregator("root", "1", "<modules><module>a</module><module>b</module><module>c</module></modules>"));
  const auto projects = read_reactor(pom);
  REQUIRE(projects.size() == 2);
  CHECK(projects[0].modules == std::vector{folder.path() / "a/pom.xml"});
  CHECK(projects[1].project.text() == "o:a:1");
  CHECK(projects[0].unknowns.size() == 2);
}

TEST_CASE("more transitive dependencies than anyone has are refused") {
  std::string many;
  for (int i = 0; i < 300; ++i)
    many += dependency("x" + std::to_string(i), version("1"));
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 300; ++i)
    files.emplace_back(place_of("x" + std::to_string(i)), artifact("x" + std::to_string(i), dependencies(many)));
  const World world(app(dependencies(many)), files);
  CHECK_THROWS_WITH(world.read(),
                    Catch::EndsWith("expected at most 50000 transitive dependencies to follow, found more"));
}

TEST_CASE("versions are ordered as Maven orders them") {
  const Texts ascending = {"1-alpha-1", "1-beta",  "1-m2",    "1-rc1",   "1-SNAPSHOT", "1",       "1-sp",
                           "1-foo",     "1.0.1",   "1.1-rc1", "1.1",     "1.2.0",      "1.10",    "2-SNAPSHOT",
                           "2.0.0",     "2.0.0.1", "2.1",     "10.0-M1", "10",         "20240101"};
  for (std::size_t i = 0; i + 1 < ascending.size(); ++i) {
    INFO(ascending[i] << " < " << ascending[i + 1]);
    CHECK(std::is_lt(compare_versions(ascending[i], ascending[i + 1])));
    CHECK(std::is_gt(compare_versions(ascending[i + 1], ascending[i])));
  }
  for (const auto& [left, right] : {std::pair{"1", "1.0.0"}, {"1.0-ga", "1"}, {"1.0-rc1", "1-CR1"}, {"01", "1"}})
    CHECK(std::is_eq(compare_versions(left, right)));
}

TEST_CASE("version ranges") {
  struct Row {
    std::string range;
    Texts inside;
    Texts outside;
  };
  const std::vector<Row> rows = {{"[1.0,2.0)", {"1", "1.9.9", "2.0-rc1"}, {"0.9", "2.0", "2.0.1"}},
                                 {"(1.0,2.0]", {"1.1", "2"}, {"1.0", "2.1"}},
                                 {"(,1.0],[1.2,)", {"0.1", "1.0", "1.2", "9"}, {"1.1"}},
                                 {"[1.5]", {"1.5", "1.5.0"}, {"1.5.1"}}};
  for (const Row& row : rows) {
    INFO(row.range);
    const auto range = VersionRange::parse(row.range).value();
    for (const std::string& version : row.inside)
      CHECK(range.contains(version));
    for (const std::string& version : row.outside)
      CHECK_FALSE(range.contains(version));
  }
  for (const char* broken : {"", "1.0", "[1.0", "[]", "(1.0)", "[1,2]x"})
    CHECK_FALSE(VersionRange::parse(broken));
}
