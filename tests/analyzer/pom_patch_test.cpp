// check --patch: the diff applies, what it cures is gone, nothing else has come or changed.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "command_run.h"
#include "fixture_paths.h"
#include "temporary_folder.h"

using preflight::test::run;
using preflight::test::sources;
using preflight::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

/// A folder of its own as the current one.
class InFolder {
 public:
  explicit InFolder(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }
  ~InFolder() { fs::current_path(before_); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

 private:
  fs::path before_;
};

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Files poms_below(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".xml")
      files[entry.path().lexically_relative(folder).string()] = content(entry.path());
  return files;
}

struct Checked {
  std::set<std::string> findings;
  std::set<std::string> cured;  ///< Those with edits.
};

/// Checks pom.xml of the current folder.
Checked check(const std::string& target) {
  const auto result = run({"check", "--target", target, "--pom", "pom.xml", "--maven-repository", "none", "--format",
                           "json", "--output", "report.json", "--patch", "cure.diff", "--fail-on", "never"});
  INFO(result.err);
  REQUIRE(result.code == 0);
  rapidjson::Document report;
  report.Parse(content("report.json").c_str());
  REQUIRE_FALSE(report.HasParseError());
  Checked checked;
  for (const auto& finding : report["findings"].GetArray()) {
    // Another version has other defects that are known, whether or not it is the newest.
    if (std::string(finding["rule"].GetString()) == "known-bug-met")
      continue;
    const std::string name = std::string(finding["rule"].GetString()) + " " + finding["subject"]["name"].GetString();
    checked.findings.insert(name);
    if (!finding["edits"].Empty())
      checked.cured.insert(name);
  }
  return checked;
}

/// Bytes of the lines that the diff does not name.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n')
      lines.emplace_back();
  }
  return lines;
}

std::size_t changed_lines(const std::string& before, const std::string& after) {
  const auto old_lines = lines_of(before);
  const auto new_lines = lines_of(after);
  REQUIRE(old_lines.size() == new_lines.size());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < old_lines.size(); ++i) {
    changed += old_lines[i] != new_lines[i] ? 1U : 0U;
    CHECK(old_lines[i].ends_with("\r\n") == new_lines[i].ends_with("\r\n"));
    CHECK(old_lines[i].ends_with("\n") == new_lines[i].ends_with("\n"));
  }
  return changed;
}

/// Checks, applies the diff, checks again. Returns how many lines of the poms have changed.
std::size_t cure(const std::string& target, const char* tool) {
  const Checked before = check(target);
  const Files poms = poms_below(".");
  const std::string diff = content("cure.diff");
  INFO(diff);
  CHECK(diff.empty() == before.cured.empty());
  if (!diff.empty())
    REQUIRE(std::system(tool) == 0);
  std::size_t changed = 0;
  for (const auto& [name, text] : poms_below("."))
    changed += changed_lines(poms.at(name), text);
  std::set<std::string> left = before.findings;
  for (const std::string& cured : before.cured)
    left.erase(cured);
  CHECK(check(target).findings == left);
  return changed;
}

constexpr const char* kGit = "git apply --whitespace=nowarn cure.diff";
constexpr const char* kPatch = "patch --binary -s -p1 < cure.diff";

std::string dependency(const std::string& artifact, const std::string& version) {
  return "    <dependency>\n      <groupId>org.apache.flink</groupId>\n      <artifactId>" + artifact +
         "</artifactId>\n" + (version.empty() ? "" : "      <version>" + version + "</version>\n") +
         "    </dependency>\n";
}

std::string project(const std::string& body, const std::string& head = "") {
  return head + "<project>\n  <groupId>com.acme</groupId>\n  <artifactId>job</artifactId>\n  <version>1</version>\n" +
         body + "</project>\n";
}

std::string properties(const std::string& body) {
  return "  <properties>\n" + body + "  </properties>\n";
}

std::string dependencies(const std::string& body) {
  return "  <dependencies>\n" + body + "  </dependencies>\n";
}

std::string with_crlf(const std::string& text) {
  std::string result;
  for (const char c : text)
    result += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return result;
}

const std::string kFlink = "    <flink.version>1.20.5</flink.version>\n";
const std::string kKafka = "    <kafka.version>3.4.0-1.20</kafka.version>\n";
const std::string kCore = dependency("flink-streaming-java", "${flink.version}");

}  // namespace

TEST_CASE("check --patch cures the poms of the fixtures") {
  const std::string target = GENERATE("1.20", "2.0", "2.2");
  for (const char* folder : {"applications", "poms"})
    for (const auto& entry : fs::directory_iterator(sources() / "fixtures" / folder)) {
      if (!fs::exists(entry.path() / "pom.xml"))
        continue;
      const TemporaryFolder temporary;
      for (const auto& [name, text] : poms_below(entry.path()))
        temporary.write(name, text);
      const InFolder here(temporary.path());
      INFO(entry.path().string() << " to " << target);
      cure(target, kGit);
    }
}

TEST_CASE("check --patch changes these lines, and no other byte") {
  struct Row {
    const char* name;
    Files files;
    std::size_t changed;
    const char* contains;
  };
  const std::string plain = project(properties(kFlink) + dependencies(kCore));
  const auto row = GENERATE_COPY(values<Row>({
      {"a property", {{"pom.xml", plain}}, 1, "<flink.version>2.2.0</flink.version>"},
      {"a literal",
       {{"pom.xml", project(dependencies(dependency("flink-connector-kafka", "3.4.0-1.20")))}},
       1,
       "<version>5.0.0-2.2</version>"},
      {"line ends of Windows", {{"pom.xml", with_crlf(plain)}}, 1, "<flink.version>2.2.0</flink.version>\r\n"},
      {"a byte order mark and no line end at the end of the file",
       {{"pom.xml", "\xEF\xBB\xBF" + plain.substr(0, plain.size() - 1)}},
       1,
       "<flink.version>2.2.0<"},
      {"all on one line, which has no end",
       {{"pom.xml",
         "<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><properties><flink.version>1.20.5"
         "</flink.version><kafka.version>3.4.0-1.20</kafka.version></properties><dependencies><dependency><groupId>"
         "org.apache.flink</groupId><artifactId>flink-core</artifactId><version>${flink.version}</version>"
         "</dependency><dependency><groupId>org.apache.flink</groupId><artifactId>flink-connector-kafka</artifactId>"
         "<version>${kafka.version}</version></dependency></dependencies></project>"}},
       1,
       "<flink.version>2.2.0</flink.version><kafka.version>5.0.0-2.2<"},
      {"ISO-8859-1",
       {{"pom.xml", project("  <name>Pr\xFC"
                            "fung</name>\n" +
                                properties(kFlink) + dependencies(kCore),
                            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n")}},
       1,
       "Pr\xFC"
       "fung"},
      {"comments in and around the element",
       {{"pom.xml", project(properties("    <!-- <flink.version>1.20.5</flink.version> -->\n"
                                       "    <flink.version>1.20.5</flink.version><!-- keep -->\n") +
                            dependencies(kCore))}},
       1,
       "    <flink.version>2.2.0</flink.version><!-- keep -->\n"},
      {"a comment with the same element on the line: no edit",
       {{"pom.xml", project(properties("    <!-- <flink.version>1.20.5</flink.version> --><flink.version>1.20.5"
                                       "</flink.version>\n") +
                            dependencies(kCore))}},
       0,
       "1.20.5"},
      {"an element on several lines: no edit",
       {{"pom.xml",
         project(properties("    <flink.version>\n      1.20.5\n    </flink.version>\n") + dependencies(kCore))}},
       0,
       "1.20.5"},
      {"one property of connectors that want the same",
       {{"pom.xml",
         project(properties(kKafka) + dependencies(dependency("flink-connector-kafka", "${kafka.version}") +
                                                   dependency("flink-sql-connector-kafka", "${kafka.version}")))}},
       1,
       "<kafka.version>5.0.0-2.2</kafka.version>"},
      {"Flink's property that a connector has too: a version of its own",
       {{"pom.xml", project(properties(kFlink) +
                            dependencies(kCore + dependency("flink-connector-kafka_2.12", "${flink.version}")))}},
       3,
       "<version>5.0.0-2.2</version>"},
      {"Flink's property that a connector without a release has too: no edit",
       {{"pom.xml", project(properties(kFlink) +
                            dependencies(kCore + dependency("flink-connector-rabbitmq", "${flink.version}")))}},
       0,
       "1.20.5"},
      {"the version of the project: no edit",
       {{"pom.xml", "<project>\n<groupId>a</groupId>\n<artifactId>b</artifactId>\n<version>1.20.5</version>\n" +
                        dependencies(dependency("flink-core", "${project.version}")) + "</project>\n"}},
       0,
       "1.20.5"},
      {"put together of two properties: no edit",
       {{"pom.xml", project(properties("    <a>3.4.0</a>\n    <b>1.20</b>\n") +
                            dependencies(dependency("flink-connector-kafka", "${a}-${b}")))}},
       0,
       "${a}-${b}"},
      {"a range: no edit",
       {{"pom.xml", project(dependencies(dependency("flink-connector-kafka", "[3.4.0-1.20]")))}},
       0,
       "[3.4.0-1.20]"},
      {"dependencyManagement, with a new name",
       {{"pom.xml",
         project(properties(kFlink) + "  <dependencyManagement>\n" +
                 dependencies(dependency("flink-streaming-java_2.12", "${flink.version}")) +
                 "  </dependencyManagement>\n" + dependencies(dependency("flink-streaming-java_2.12", "")))}},
       3,
       "<artifactId>flink-streaming-java</artifactId>"},
      {"a profile that is active by default",
       {{"pom.xml",
         project("  <profiles><profile>\n    <activation><activeByDefault>true</activeByDefault></activation>\n" +
                 properties(kFlink) + "  </profile></profiles>\n" + dependencies(kCore))}},
       1,
       "<flink.version>2.2.0</flink.version>"},
      {"a parent in a module's own folder",
       {{"pom.xml",
         "<project>\n<parent><groupId>com.acme</groupId><artifactId>job</artifactId><version>1</version>"
         "<relativePath>a parent/pom.xml</relativePath></parent>\n<artifactId>child</artifactId>\n" +
             dependencies(kCore) + "</project>\n"},
        {"a parent/pom.xml", project("  <packaging>pom</packaging>\n" + properties(kFlink))}},
       1,
       "com.acme"},
      {"nothing to cure", {{"pom.xml", project(dependencies(dependency("flink-core", "2.2.0")))}}, 0, "2.2.0"},
  }));
  for (const char* tool : {kGit, kPatch}) {
    const TemporaryFolder temporary;
    for (const auto& [name, text] : row.files)
      temporary.write(name, text);
    const InFolder here(temporary.path());
    INFO(row.name << ", " << tool);
    CHECK(cure("2.2", tool) == row.changed);
    CHECK(content("pom.xml").find(row.contains) != std::string::npos);
  }
}

TEST_CASE("check --patch says what it leaves") {
  const TemporaryFolder temporary;
  temporary.write("pom.xml", project(dependencies(dependency("flink-connector-rabbitmq", "3.0.1-1.17"))));
  temporary.write("below/empty.txt", "");
  const std::vector<std::string> check = {"check", "--target", "2.2", "--fail-on", "never", "--output", "report"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = check;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  };
  {
    const InFolder here(temporary.path());
    const auto result = with({"--pom", "pom.xml", "--patch", "-"});
    CHECK(result.code == 0);
    CHECK(result.out.empty());
    CHECK(result.err.find("it is empty") != std::string::npos);
    CHECK(result.err.find("not cured: The RabbitMQ connector has no release") != std::string::npos);
    CHECK(with({"--patch", "cure.diff"}).code == 2);
    CHECK(with({"--pom", "pom.xml", "--patch", "report"}).code == 2);
    CHECK(run({"check", "--target", "2.2", "--pom", "pom.xml", "--patch", "-"}).code == 2);
    CHECK(with({"--pom", "pom.xml", "--patch", "missing/cure.diff"}).code == 3);
  }
  temporary.write("pom.xml", project(properties(kFlink) + dependencies(kCore)));
  const InFolder here(temporary.path() / "below");
  const auto result = with({"--pom", "../pom.xml", "--patch", "-"});
  CHECK(result.out.empty());
  CHECK(result.err.find("not below the current folder") != std::string::npos);
}
