#include "application/python_application.h"

#include <catch2/catch.hpp>

#include "application/application_jar.h"
#include "parsers/archive/zip_builder.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

ApplicationJar read(const ZipBuilder& zip) {
  const TemporaryFolder folder;
  return read_application_jar(folder.write("app.zip", zip.build()));
}

}  // namespace

TEST_CASE("A PyFlink application is known by the scripts at its top") {
  struct Row {
    const char* name;
    std::vector<std::string> entries;
    std::vector<std::string> scripts;
  };
  const std::vector<Row> rows = {
      {"main.py goes first", {"a.py", "main.py", "lib/x.py", "z.py"}, {"main.py", "a.py", "z.py"}},
      {"another name", {"README", "job.py"}, {"job.py"}},
      {"one folder around all", {"app/b.py", "app/main.py", "app/lib/c.py"}, {"app/main.py", "app/b.py"}},
      {"scripts deeper than that", {"app/README", "app/src/main.py"}, {}},
      {"scripts in one folder of several", {"app/main.py", "other/x"}, {}},
      {"no scripts", {"a", "b/c"}, {}},
      {"an empty archive", {}, {}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ZipBuilder zip;
    for (const std::string& entry : row.entries)
      zip.add(entry, "");
    const ApplicationJar jar = read(zip);
    CHECK(jar.python.has_value() == !row.scripts.empty());
    if (jar.python)
      CHECK(jar.python->entry_scripts == row.scripts);
  }
}

TEST_CASE("A JAR with an entry class is no PyFlink application, whatever scripts it has") {
  ZipBuilder zip;
  zip.add("META-INF/MANIFEST.MF", "Main-Class: a.Job\n").add("helper.py", "").add("deps/x.jar", "no zip");
  const ApplicationJar jar = read(zip);
  CHECK_FALSE(jar.python);
  CHECK(jar.nested_jars.empty());
}

TEST_CASE("Requirements are known with their lines") {
  ZipBuilder zip;
  zip.add("main.py", "");
  zip.add("requirements.txt",
          "# made by hand\n\napache-flink==1.20.1  # the runtime's\r\n  boto3>=1.34 ; python_version > '3.8'\n"
          "--index-url https://example.com/simple\npkg @ https://example.com/p.whl#sha256=00\nlast");
  const ApplicationJar jar = read(zip);
  REQUIRE(jar.python);
  CHECK(jar.python->requirements_entry == "requirements.txt");
  CHECK(jar.python->requirements == std::vector<PythonRequirement>{{"apache-flink==1.20.1", 3},
                                                                   {"boto3>=1.34 ; python_version > '3.8'", 4},
                                                                   {"--index-url https://example.com/simple", 5},
                                                                   {"pkg @ https://example.com/p.whl#sha256=00", 6},
                                                                   {"last", 7}});
}

TEST_CASE("A requirements.txt that cannot be read is named") {
  ZipBuilder zip;
  zip.add("main.py", "").add(ZipEntry{"requirements.txt", "apache-flink", 0, 0, false, false, 1U});
  const ApplicationJar jar = read(zip);
  REQUIRE(jar.python);
  CHECK(jar.python->requirements.empty());
  REQUIRE(jar.unread.size() == 1);
  CHECK(jar.unread[0].entry == "requirements.txt");
}

TEST_CASE("The JARs of a PyFlink application are read wherever they stand") {
  ZipBuilder library;
  library.add("META-INF/maven/g/a/pom.properties", "version=1\n");
  ZipBuilder zip;
  zip.add("main.py", "").add("lib/a.jar", library.build()).add("jars/b.jar", library.build()).add("c.jar", "no zip");
  const ApplicationJar jar = read(zip);
  CHECK(jar.nested_jars == std::vector<std::string>{"lib/a.jar", "jars/b.jar", "c.jar"});
  CHECK(jar.libraries.size() == 2);
  CHECK(jar.unread.size() == 1);
}
