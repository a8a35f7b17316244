#include "maven/pom.h"

#include <catch2/catch.hpp>

#include "temporary_folder.h"

using namespace preflight;
TEST_CASE("x") {
  const test::TemporaryFolder f;
  auto m = read_pom(f.write("pom.xml",
                            "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</"
                            "artifactId><version>1</version></project>"));
  CHECK(m.project.text() == "g:a:1");
}
