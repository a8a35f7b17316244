#include <catch2/catch.hpp>
#include <filesystem>

#include "classfile/names.h"
#include "fixture_paths.h"
#include "parsers/job/probe_model.h"

using namespace preflight;
using namespace preflight::test;

TEST_CASE("Every main method of the upgrade fixtures is run within the limits") {
  const std::filesystem::path upgrades = fixtures() / "upgrades";
  std::size_t mains = 0;
  for (const auto& release : std::filesystem::directory_iterator(upgrades)) {
    for (const char* const name : {"before.jar", "after.jar"}) {
      if (!std::filesystem::exists(release.path() / name))
        continue;
      const ApplicationJar jar = read_application_jar(release.path() / name);
      for (const ApplicationClass& of : jar.classes) {
        if (!of.has_main)
          continue;
        INFO(release.path() << " " << name << ": " << of.name);
        ClassPool pool(jar, {.java_release = 17, .entry_class = std::string(of.name)});
        ProbeModel model;
        Interpreter interpreter(pool, model);
        interpreter.run_main(std::string(of.name));
        CHECK(interpreter.exhausted().empty());
        CHECK(interpreter.instructions_run() > 0);
        ++mains;
      }
    }
  }
  CHECK(mains > 50);
}
