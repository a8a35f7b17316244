// Poms that are broken, hostile or merely odd: each has a clear answer of `check`.
#include <algorithm>
#include <catch2/catch.hpp>

#include "command_run.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::on_one_line;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

CommandRun check(const std::filesystem::path& pom) {
  return run({"check", "--target", "2.2", "--maven-repository", "none", "--pom", pom.string()});
}

/// Flink's streaming API with this version, behind `head`.
std::string pom_with(const std::string& version, const std::string& properties = "", const std::string& parent = "",
                     const std::string& head = "") {
  return head + "<project>" + parent + "<groupId>com.acme</groupId><artifactId>job</artifactId><version>1</version>" +
         "<properties>" + properties + "</properties><dependencies><dependency><groupId>org.apache.flink</groupId>" +
         "<artifactId>flink-streaming-java</artifactId><version>" + version +
         "</version><scope>provided</scope></dependency></dependencies></project>";
}

}  // namespace

TEST_CASE("A hostile pom is refused: exit code 3, and one line that says what and where") {
  const TemporaryFolder folder;
  std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE project [<!ENTITY a0 \"ha\">";
  for (int i = 1; i <= 30; ++i)
    bomb += "<!ENTITY a" + std::to_string(i) + " \"&a" + std::to_string(i - 1) + ";&a" + std::to_string(i - 1) + ";\">";
  bomb += "]>\n<project><name>&a30;</name></project>";
  const std::string cycle_of =
      "<parent><groupId>com.acme</groupId><artifactId>job</artifactId><version>1</version>"
      "<relativePath>pom.xml</relativePath></parent>";
  struct Row {
    const char* name;
    std::string pom;
    const char* expected;
  };
  const std::vector<Row> rows = {
      {"an XML bomb", bomb, "pom.xml:2: expected a pom.xml without a DOCTYPE"},
      {"an external entity",
       "<!DOCTYPE project [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<project><name>&x;</name></project>",
       "pom.xml:1: expected a pom.xml without a DOCTYPE"},
      {"a parent cycle", pom_with("2.2.1", "", cycle_of), "expected parents that end, found a cycle"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CommandRun result = check(folder.write("pom.xml", row.pom));
    CHECK(result.code == 3);
    CHECK(result.out.empty());
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK_THAT(result.err, Catch::Contains(row.expected));
  }
}

TEST_CASE("What a pom does not say is unknown, and the upgrade is not called fine") {
  const TemporaryFolder folder;
  const std::string missing_parent =
      "<parent><groupId>com.acme</groupId><artifactId>platform</artifactId><version>7</version></parent>";
  struct Row {
    const char* name;
    std::string pom;
    const char* expected;
  };
  const std::vector<Row> rows = {
      {"a property that refers to itself", pom_with("${v}", "<v>${v}</v>"), "property 'v' refers to itself"},
      {"properties that refer to each other", pom_with("${a}", "<a>${b}</a><b>${a}</b>"),
       "property 'a' refers to itself: a -> b -> a"},
      {"a missing parent", pom_with("${flink.version}", "", missing_parent), "com.acme:platform:7"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CommandRun result = check(folder.write("pom.xml", row.pom));
    INFO(result.out << result.err);
    CHECK(result.code == 0);  // The default gate lets what is unknown through, and the verdict says so.
    CHECK_THAT(on_one_line(result.out), Catch::StartsWith("UNKNOWN"));
    CHECK_THAT(on_one_line(result.out), Catch::Contains(row.expected));
  }
}

TEST_CASE("An odd pom is read like any other") {
  const TemporaryFolder folder;
  std::string comments;
  while (comments.size() < 5'000'000)
    comments += "<!-- licence, licence, licence -->\n";
  struct Row {
    const char* name;
    std::string pom;
  };
  const std::vector<Row> rows = {
      {"a byte-order mark", pom_with("1.20.5", "", "", "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")},
      {"ISO-8859-1",
       pom_with("1.20.5", "<author>Ren\xE9</author>", "", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n")},
      {"5 MB of comments", pom_with("1.20.5", "", "", comments)},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CommandRun result = check(folder.write("pom.xml", row.pom));
    CHECK(result.code == 1);
    CHECK_THAT(on_one_line(result.out), Catch::Contains("flink-streaming-java is 1.20.5, the target is Flink 2.2"));
  }
}

TEST_CASE("A release, a connector or a version that nobody knows yet is unknown, and never fine") {
  const TemporaryFolder folder;
  const auto pom = [&](const std::string& artifact, const std::string& version, const std::string& flink) {
    std::string text = pom_with(flink);
    const std::string more = "<dependency><groupId>org.apache.flink</groupId><artifactId>" + artifact +
                             "</artifactId><version>" + version + "</version></dependency></dependencies>";
    text.replace(text.find("</dependencies>"), std::string("</dependencies>").size(), more);
    return folder.write("pom.xml", text).string();
  };
  struct Row {
    const char* name;
    const char* target;
    std::string artifact, version, flink;
    const char* expected;
  };
  const std::vector<Row> rows = {
      {"a release of Flink to come", "2.9", "flink-connector-kafka", "6.0.0-2.8", "2.9.0", "2.9"},
      {"a connector's version that says nothing", "2.2", "flink-connector-kafka", "99.0.0", "2.2.1",
       "org.apache.flink:flink-connector-kafka:99.0.0"},
      {"a connector that the table does not know", "2.2", "flink-connector-abacus", "1.0.0", "2.2.1",
       "org.apache.flink:flink-connector-abacus"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CommandRun result = run({"check", "--target", row.target, "--maven-repository", "none", "--pom",
                                   pom(row.artifact, row.version, row.flink)});
    INFO(result.out << result.err);
    CHECK_THAT(on_one_line(result.out), !Catch::StartsWith("PASS"));
    CHECK_THAT(on_one_line(result.out), Catch::Contains(row.expected));
  }
}
