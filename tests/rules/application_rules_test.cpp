#include <catch2/catch.hpp>

#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {
using Titles = std::vector<std::string>;
}

TEST_CASE("entry-class-missing") {
  SECTION("an entry class with a main method is fine") {
    CHECK(findings_of(UpgradeBuilder("1.20").application().assess(), "entry-class-missing").empty());
  }
  SECTION("a class that is not there") {
    UpgradeBuilder builder("1.20");
    builder.application().upgrade().application->manifest.main_attributes["main-class"] = "com.example.Gone";
    CHECK(findings_of(builder.assess(), "entry-class-missing") ==
          Titles{"blocker The entry class com.example.Gone is not in the JAR"});
  }
  SECTION("a class without a main method") {
    UpgradeBuilder builder("1.20");
    builder.application().upgrade().application->classes.front().has_main = false;
    CHECK(findings_of(builder.assess(), "entry-class-missing") ==
          Titles{"blocker The entry class com.example.Main has no main method"});
  }
  SECTION("a main method is inherited within the JAR") {
    struct Row {
      const char* name;
      const char* super_class;
      bool base_has_main;
      Titles titles;
      std::size_t unknowns;
    };
    const Row row = GENERATE(values<Row>({
        {"from a class of the JAR", "com.example.Base", true, {}, 0},
        {"not from a class of the JAR without one",
         "com.example.Base",
         false,
         {"blocker The entry class com.example.Main has no main method"},
         0},
        {"perhaps from a class outside the JAR", "net.acme.Base", false, {}, 1},
    }));
    INFO(row.name);
    UpgradeBuilder builder("1.20");
    builder.application().add_class("com.example.Base", 55);
    ApplicationJar& application = *builder.upgrade().application;
    for (ApplicationClass& one : application.classes) {
      const bool is_entry_class = one.name == "com.example.Main";
      one.has_main = !is_entry_class && row.base_has_main;
      if (is_entry_class)
        one.super_class = row.super_class;
    }
    const Assessment assessment = builder.assess();
    CHECK(findings_of(assessment, "entry-class-missing") == row.titles);
    CHECK(assessment.unknowns.size() == row.unknowns);
  }
  SECTION("a PyFlink archive needs none: the deployment names its script, which nobody read") {
    UpgradeBuilder builder("1.20");
    ApplicationJar& application = *builder.application().on(Platform::msf).upgrade().application;
    application.manifest.main_attributes.clear();
    application.python.emplace();
    application.python->entry_scripts = {"main.py"};
    const Assessment assessment = builder.assess();
    CHECK(findings_of(assessment, "entry-class-missing").empty());
    REQUIRE(assessment.unknowns.size() == 1);
    CHECK(assessment.unknowns.front().what == "the job in main.py");
  }
  SECTION("no entry class at all stops the managed service, and needs a decision elsewhere") {
    UpgradeBuilder builder("1.20");
    builder.application().upgrade().application->manifest.main_attributes.clear();
    CHECK(findings_of(builder.assess(), "entry-class-missing") ==
          Titles{"medium The JAR's manifest names no entry class"});
    CHECK(findings_of(builder.on(Platform::msf).assess(), "entry-class-missing") ==
          Titles{"blocker The JAR's manifest names no entry class"});
  }
}

TEST_CASE("class-file-too-new") {
  struct Row {
    const char* name;
    Platform platform;
    const char* target;
    int major_version;
    int release;  ///< META-INF/versions/N
    bool fires;
  };
  const Row row = GENERATE(values<Row>({
      {"Java 11 on a Java 11 runtime", Platform::msf, "1.20", 55, 0, false},
      {"Java 17 on a Java 11 runtime", Platform::msf, "1.20", 61, 0, true},
      {"Java 17 on a Java 17 runtime", Platform::msf, "2.2", 61, 0, false},
      {"Java 21 on a Java 17 runtime", Platform::msf, "2.2", 65, 0, true},
      {"Java 21 for Java 21 only, in a multi-release JAR", Platform::msf, "2.2", 65, 21, false},
      {"Java 17 where the image may have it", Platform::kubernetes, "1.20", 61, 0, false},
      {"Java 25 beyond what the release supports", Platform::kubernetes, "1.20", 69, 0, true},
  }));
  INFO(row.name);
  const Assessment assessment = UpgradeBuilder(row.target)
                                    .on(row.platform)
                                    .application()
                                    .add_class("com.example.New", row.major_version, row.release)
                                    .assess();
  CHECK(findings_of(assessment, "class-file-too-new").size() == (row.fires ? 1 : 0));
}

TEST_CASE("class-file-too-new is unknown where the target's Java is") {
  const Assessment assessment = UpgradeBuilder("9.9").application().assess();
  REQUIRE(assessment.unknowns.size() == 2);  // The other is the linkage: no index of that release.
  CHECK(assessment.unknowns.front().reason == "the table has no row for Flink 9.9");
}

TEST_CASE("A module descriptor is never loaded from the class path, so that its version does not matter") {
  const Assessment assessment =
      UpgradeBuilder("1.20").on(Platform::msf).application().add_class("module-info", 69).assess();
  CHECK(findings_of(assessment, "class-file-too-new").empty());
}

TEST_CASE("preview-class-file") {
  struct Row {
    const char* name;
    Platform platform;
    const char* target;
    const char* class_name;
    int major_version;
    int release;  ///< META-INF/versions/N
    bool preview;
    Titles titles;
  };
  const Row row = GENERATE(values<Row>({
      {"no preview", Platform::msf, "2.2", "com.example.New", 61, 0, false, {}},
      {"of the platform's Java, which takes no options",
       Platform::msf,
       "2.2",
       "com.example.New",
       61,
       0,
       true,
       {"blocker com.example.New is compiled with preview features of Java 17"}},
      {"of an older Java than the platform's",
       Platform::msf,
       "2.2",
       "com.example.New",
       60,
       0,
       true,
       {"blocker com.example.New is compiled with preview features of Java 16"}},
      {"of a Java that the image may have",
       Platform::kubernetes,
       "2.2",
       "com.example.New",
       61,
       0,
       true,
       {"high com.example.New is compiled with preview features of Java 17"}},
      {"of a Java beyond what the release supports",
       Platform::standalone,
       "2.2",
       "com.example.New",
       69,
       0,
       true,
       {"blocker com.example.New is compiled with preview features of Java 25"}},
      {"where the target's Java is not known",
       Platform::standalone,
       "9.9",
       "com.example.New",
       69,
       0,
       true,
       {"high com.example.New is compiled with preview features of Java 25"}},
      {"for a newer Java only, in a multi-release JAR", Platform::msf, "2.2", "com.example.New", 65, 21, true, {}},
      {"a module descriptor, which no class path loads", Platform::msf, "2.2", "module-info", 61, 0, true, {}},
  }));
  INFO(row.name);
  UpgradeBuilder builder(row.target);
  builder.on(row.platform).application().add_class(row.class_name, row.major_version, row.release);
  for (ApplicationClass& one : builder.upgrade().application->classes)
    one.preview = row.preview && one.name == row.class_name;
  const Assessment assessment = builder.assess();
  CHECK(findings_of(assessment, "preview-class-file") == row.titles);
  if (row.preview)
    CHECK(findings_of(assessment, "class-file-too-new").empty());  // One class file, one finding.
}

TEST_CASE("removed-class-referenced") {
  const char* const source_function = "org.apache.flink.streaming.api.functions.source.SourceFunction";
  SECTION("fires from the release that dropped the class") {
    CHECK(findings_of(UpgradeBuilder("2.2").refers_to(source_function).assess(), "removed-class-referenced") ==
          Titles{std::string("blocker ") + source_function + " is gone since Flink 2.0"});
    CHECK(findings_of(UpgradeBuilder("1.20").refers_to(source_function).assess(), "removed-class-referenced").empty());
  }
  SECTION("a class and its nested classes are one finding") {
    const Assessment assessment = UpgradeBuilder("2.2")
                                      .refers_to(source_function)
                                      .refers_to(std::string(source_function) + "$SourceContext")
                                      .assess();
    REQUIRE(findings_of(assessment, "removed-class-referenced").size() == 1);
    const Finding& finding = assessment.findings.front();
    CHECK_THAT(finding.message, Catch::Contains("SourceFunction$SourceContext"));
    CHECK(finding.evidence == Titles{"com.example.Main.main"});
    CHECK(finding.location.entry == "com.example.Main.class");
  }
  SECTION("a class that the target has is no finding") {
    CHECK(findings_of(UpgradeBuilder("2.2").refers_to("org.apache.flink.streaming.api.datastream.DataStream").assess(),
                      "removed-class-referenced")
              .empty());
  }
}
