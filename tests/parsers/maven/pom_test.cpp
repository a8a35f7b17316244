#include "maven/pom.h"

#include <catch2/catch.hpp>

#include "parsers/maven/pom_cases.h"
#include "parsers/maven/pom_text.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

void check(const std::vector<PomCase>& cases) {
  for (const PomCase& row : cases) {
    INFO(row.name);
    const TemporaryFolder folder;
    for (const auto& [name, content] : row.files)
      folder.write(name, content);
    const PomModel model = read_pom(folder.path() / row.files.front().first);

    std::vector<std::string> dependencies;
    for (const PomDependency& dependency : model.dependencies)
      dependencies.push_back(without_root(text_of(dependency, folder.path()), folder.path()));
    CHECK(dependencies == row.dependencies);
    std::vector<std::string> unknowns;
    for (const std::string& unknown : model.unknowns)
      unknowns.push_back(without_root(unknown, folder.path()));
    CHECK(unknowns == row.unknowns);
  }
}

}  // namespace

TEST_CASE("dependencies as written") {
  check(literal_cases());
}
TEST_CASE("properties") {
  check(property_cases());
}
TEST_CASE("parents") {
  check(parent_cases());
}
TEST_CASE("dependencyManagement") {
  check(management_cases());
}
TEST_CASE("BOM imports") {
  check(bom_cases());
}
TEST_CASE("profiles") {
  check(profile_cases());
}
