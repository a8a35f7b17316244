#include "bundled_libraries.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "classfile/names.h"
#include "library_finder.h"
#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

/// "org.x:y 1.0 under com.acme. (note)" of each library.
std::vector<std::string> lines_of(const ApplicationJar& application) {
  std::vector<std::string> lines;
  for (const PackedLibrary& library : packing_of(application, embedded_table()).libraries) {
    std::string line = library.key() + " " + (library.version.empty() ? "?" : library.version);
    if (!library.relocated_under.empty())
      line += " under " + library.relocated_under;
    if (!library.note.empty())
      line += " (" + library.note + ")";
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Metadata and classes of one library are one library") {
  UpgradeBuilder builder("2.2");
  builder.bundles("com.fasterxml.jackson.core", "jackson-databind", "2.15.3")
      .add_class("com.fasterxml.jackson.databind.ObjectMapper", 52)
      .add_class("com.fasterxml.jackson.databind.JsonNode", 52);
  const Packing packing = packing_of(*builder.upgrade().application, embedded_table());
  REQUIRE(packing.libraries.size() == 1);
  CHECK(packing.libraries[0].key() == "com.fasterxml.jackson.core:jackson-databind");
  CHECK(packing.libraries[0].version == "2.15.3");
  CHECK(packing.libraries[0].classes == 2);
  CHECK(packing.libraries[0].marked);
  CHECK(packing.libraries[0].entries.size() == 1);
}

TEST_CASE("Classes alone tell a library without its version") {
  UpgradeBuilder builder("2.2");
  builder.application().add_class("org.apache.flink.connector.kafka.source.KafkaSource", 52);
  CHECK(lines_of(*builder.upgrade().application) == Lines{"org.apache.flink:flink-connector-kafka ?"});
}

TEST_CASE("A relocated library takes the version that metadata names") {
  UpgradeBuilder builder("2.2");
  builder.bundles("com.google.guava", "guava", "31.1-jre")
      .add_class("com.acme.shaded.com.google.common.collect.ImmutableList", 52);
  CHECK(lines_of(*builder.upgrade().application) == Lines{"com.google.guava:guava 31.1-jre under com.acme.shaded."});
}

TEST_CASE("Of two relocated copies nobody knows which one metadata means") {
  UpgradeBuilder builder("2.2");
  builder.bundles("com.google.guava", "guava", "31.1-jre")
      .add_class("com.acme.shaded.com.google.common.collect.ImmutableList", 52)
      .add_class("org.other.shaded.com.google.common.collect.ImmutableList", 52);
  CHECK(lines_of(*builder.upgrade().application) == Lines{"com.google.guava:guava ? under com.acme.shaded.",
                                                          "com.google.guava:guava ? under org.other.shaded.",
                                                          "com.google.guava:guava 31.1-jre"});
}

TEST_CASE("Where metadata and classes disagree the note says so") {
  UpgradeBuilder named("2.2");
  named.bundles("com.google.code.gson", "gson", "2.10.1");
  CHECK(lines_of(*named.upgrade().application) ==
        Lines{"com.google.code.gson:gson 2.10.1 (it is named, but none of its classes is there)"});
  UpgradeBuilder partial("2.2");
  partial.application().add_class("com.google.gson.JsonElement", 52);
  CHECK(lines_of(*partial.upgrade().application) ==
        Lines{"com.google.code.gson:gson ? (only a part of its packages is there)"});
}

TEST_CASE("The application's own pom.properties is no library") {
  UpgradeBuilder builder("2.2");
  builder.bundles("com.example", "jobs", "1.0").bundles("net.unheard", "of", "2.0");
  const Packing packing = packing_of(*builder.upgrade().application, embedded_table());
  REQUIRE(packing.own.size() == 1);
  CHECK(packing.own[0].text() == "com.example:jobs:1.0");
  CHECK(lines_of(*builder.upgrade().application) == Lines{"net.unheard:of 2.0"});
}

TEST_CASE("An SLF4J binding has no package of its own: its marker tells it") {
  UpgradeBuilder builder("2.2");
  builder.application().add_class("org.slf4j.impl.Log4jLoggerAdapter", 52);
  CHECK(lines_of(*builder.upgrade().application) ==
        Lines{"org.slf4j:slf4j-api ? (only a part of its packages is there)", "org.slf4j:slf4j-log4j12 ?"});
}

TEST_CASE("Rows of libraries.json do not contradict one another") {
  const auto& libraries = embedded_table().libraries;
  CHECK(libraries.size() >= 120);
  std::set<std::string> ids;
  std::set<std::string> packages;
  std::set<std::string> markers;
  for (const KnownLibrary& library : libraries) {
    CAPTURE(library.id);
    CHECK(ids.insert(library.id).second);
    CHECK_FALSE(library.group.empty());
    CHECK_FALSE(library.sources.empty());
    for (const std::string& package : library.packages) {
      CAPTURE(package);
      CHECK(packages.insert(package).second);
      CHECK_FALSE(package.ends_with("."));
    }
    for (const std::string& marker : library.markers) {
      CAPTURE(marker);
      CHECK(markers.insert(marker).second);
      // A marker in a package that the row does not list would mark a library without placing it.
      if (!library.packages.empty() && library.id != "jsr305")
        CHECK(std::ranges::any_of(library.packages, [&](const std::string& package) {
          return is_within(package_of(marker), package) || is_within(package_of(marker), "org.slf4j.impl");
        }));
    }
  }
}

TEST_CASE("No marker is mistaken for another library's, relocated") {
  for (const KnownLibrary& library : embedded_table().libraries)
    for (const std::string& marker : library.markers)
      for (const KnownLibrary& other : embedded_table().libraries)
        for (const std::string& other_marker : other.markers) {
          CAPTURE(marker, other_marker);
          CHECK_FALSE(other_marker.ends_with("." + marker));
        }
}
