#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "input/input_error.h"
#include "maven/pom.h"
#include "parsers/maven/pom_cases.h"
#include "parsers/maven/pom_text.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;
using namespace std::string_literals;

namespace {

struct Failure {
  InputErrorKind kind;
  std::string message;  ///< Without the folder.
};

Failure failure_of(const std::vector<std::pair<std::string, std::string>>& files) {
  const TemporaryFolder folder;
  for (const auto& [name, content] : files)
    folder.write(name, content);
  try {
    read_pom(folder.path() / files.front().first);
  } catch (const InputError& error) {
    return {error.kind(), without_root(error.what(), folder.path())};
  }
  return {InputErrorKind::unreadable, "read without an error"};
}

std::string repeated(std::size_t times, const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i)
    result += text;
  return result;
}

std::string utf16(const std::string& text) {
  std::string result = "\xFF\xFE"s;
  for (const char c : text)
    result += {c, '\0'};
  return result;
}

}  // namespace

TEST_CASE("a file that is no pom.xml is refused with what was expected") {
  struct Row {
    std::string name;
    std::string content;
    InputErrorKind kind;
    std::string message;
  };
  using enum InputErrorKind;
  const std::vector<Row> rows = {
      {"empty", "", not_this_format, "pom.xml: expected a pom.xml, found an empty file"},
      {"blank", " \n\t\n", not_this_format, "pom.xml: expected a pom.xml, found an empty file"},
      {"a JAR", "PK\x03\x04", not_this_format,
       "pom.xml:1: expected a pom.xml, found no XML: it begins with \"PK\\x03\\x04\""},
      {"another root", "<?xml version='1.0'?>\n<foo/>", not_this_format,
       "pom.xml:2: expected <project> as the root of a pom.xml, found <foo>"},
      {"a prefix", "<m:project xmlns:m='http://maven.apache.org/POM/4.0.0'/>", not_this_format,
       "pom.xml:1: expected <project> as the root of a pom.xml, found <m:project>"},
      {"no root", "<!-- nothing -->", not_this_format,
       "pom.xml: expected <project> as the root of a pom.xml, found no element"},
      {"a second root", "<project/>\n<project/>", corrupt,
       "pom.xml:2: expected the end of the file after </project>, found <project>"},
      {"not closed", "<project>\n<version>1\n</project>", corrupt,
       "pom.xml:2: expected </version> to close the <version> of this line, found none"},
      {"cut in a tag", "<project>\n<vers", corrupt, "pom.xml:2: expected > to end the tag <vers, found none"},
      {"an attribute without quotes", "<project a=b/>", corrupt,
       "pom.xml:1: expected name=\"value\" in the tag <project>, found something else"},
      {"cut in a comment", "<project>\n<!-- ", corrupt, "pom.xml:2: expected --> to end the comment, found none"},
      {"cut in CDATA", "<project>\n<![CDATA[ ", corrupt,
       "pom.xml:2: expected ]]> to end the CDATA section, found none"},
      {"a declaration that is not first", "<project/><?xml version='1.0'?>", corrupt,
       "pom.xml:1: expected the XML declaration first and ended by ?>, found it elsewhere or open"},
      {"text behind the root", "<project/>\ntext", corrupt,
       "pom.xml:2: expected an element, found text outside of any"},
      {"markup in the body", "<project>\n<!ENTITY a 'b'></project>", corrupt,
       "pom.xml:2: expected elements and text, found <!ENTITY a 'b'>"},
      {"a NUL byte", "<project>\n\0</project>"s, corrupt, "pom.xml:2: expected a pom.xml, found a NUL byte"},
      {"a DOCTYPE", "<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE p [<!ENTITY a 'b'>]>\n<project/>", unsupported,
       "pom.xml:3: expected a pom.xml without a DOCTYPE, found one (a pom.xml has none)"},
      {"UTF-16", utf16("<project/>"), unsupported, "pom.xml: expected a pom.xml in UTF-8 or ISO-8859-1, found UTF-16"},
      {"another encoding", "<?xml version='1.0' encoding='Shift_JIS'?><project/>", unsupported,
       "pom.xml:1: expected a pom.xml in UTF-8 or ISO-8859-1, found the declared encoding SHIFT_JIS"},
      {"too deep", repeated(200, "<project>"), over_limit,
       "pom.xml:1: expected elements nested at most 100 deep, found deeper"},
      {"a huge attribute", "<project a=\"" + std::string(5'000'000, 'x') + "\"><b></project>", corrupt,
       "pom.xml:1: expected </b> to close the <b> of this line, found none"},
      {"an XML bomb",
       "<!DOCTYPE project [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>\n"
       "<project><name>&c;</name></project>",
       unsupported, "pom.xml:1: expected a pom.xml without a DOCTYPE, found one (a pom.xml has none)"},
      {"an external entity",
       "<!DOCTYPE project [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<project><name>&x;</name></project>",
       unsupported, "pom.xml:1: expected a pom.xml without a DOCTYPE, found one (a pom.xml has none)"},
      {"too large", std::string((16U << 20U) + 1, ' '), over_limit,
       "pom.xml: expected a pom.xml of at most 16777216 bytes, found more"},
      {"an element twice", app("<dependencies/>\n<dependencies/>"), corrupt,
       "pom.xml:3: expected one <dependencies> in <project>, found a second"},
      {"a dependency without a group",
       app("<dependencies><dependency><artifactId>x</artifactId></dependency></dependencies>"), corrupt,
       "pom.xml:2: expected <groupId> and <artifactId> in <dependency>, found :x"},
      {"a parent without a version",
       "<project>\n<parent><groupId>g</groupId><artifactId>p</artifactId></parent></project>", corrupt,
       "pom.xml:2: expected <groupId>, <artifactId> and <version> in <parent>, found g:p"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const Failure failure = failure_of({{"pom.xml", row.content}});
    CHECK(failure.message == row.message);
    CHECK(failure.kind == row.kind);
  }
}

TEST_CASE("a tree of poms that does not end is refused") {
  const auto child_of = [](const std::string& artifact, const std::string& parent, const std::string& body = "") {
    return "<project>\n<parent><groupId>g</groupId><artifactId>" + parent +
           "</artifactId><version>1</version></parent><artifactId>" + artifact + "</artifactId>" + body + "</project>";
  };

  SECTION("parents in a circle") {
    const auto at = [](const std::string& path) { return "<relativePath>" + path + "</relativePath>"; };
    auto first = child_of("a", "b");
    auto second = child_of("b", "a");
    first.insert(first.find("</parent>"), at("../b"));
    second.insert(second.find("</parent>"), at("../a"));
    const Failure failure = failure_of({{"a/pom.xml", first}, {"b/pom.xml", second}});
    CHECK(failure.kind == InputErrorKind::corrupt);
    CHECK(failure.message == "b/pom.xml:2: expected parents that end, found a cycle: g:a:1 -> g:b:1 -> g:a:1");
  }
  SECTION("a pom that is its own parent") {
    auto pom = child_of("a", "a");
    pom.insert(pom.find("</parent>"), "<relativePath>pom.xml</relativePath>");
    CHECK(failure_of({{"pom.xml", pom}}).message ==
          "pom.xml:2: expected parents that end, found a cycle: g:a:1 -> g:a:1");
  }
  SECTION("33 levels of parents") {
    std::vector<std::pair<std::string, std::string>> files;
    for (std::size_t level = 33; level > 0; --level)
      files.emplace_back(repeated(level, "d/") + "pom.xml",
                         child_of("a" + std::to_string(level), "a" + std::to_string(level - 1)));
    const Failure failure = failure_of(files);
    CHECK(failure.kind == InputErrorKind::over_limit);
    CHECK(failure.message == repeated(2, "d/") + "pom.xml:2: expected at most 32 levels of parents, found more");
  }
  SECTION("BOMs in a circle") {
    const std::string modules = "<modules><module>a</module><module>b</module></modules>";
    const Failure failure = failure_of({{"pom.xml", aggregator("root", "1", modules + managed(import_bom("a", "1")))},
                                        {"a/pom.xml", aggregator("a", "1", managed(import_bom("b", "1")))},
                                        {"b/pom.xml", aggregator("b", "1", managed(import_bom("a", "1")))}});
    CHECK(failure.kind == InputErrorKind::corrupt);
    CHECK(failure.message == "b/pom.xml:2: expected BOMs that end, found a cycle: g:root:1 -> g:a:1 -> g:b:1 -> g:a:1");
  }
  SECTION("33 BOMs that import each other") {
    std::string modules;
    std::vector<std::pair<std::string, std::string>> files = {{"pom.xml", ""}};
    for (std::size_t level = 0; level < 33; ++level) {
      const std::string name = "b" + std::to_string(level);
      modules += "<module>" + name + "</module>";
      files.emplace_back(name + "/pom.xml",
                         aggregator(name, "1", managed(import_bom("b" + std::to_string(level + 1), "1"))));
    }
    files.front().second =
        aggregator("root", "1", "<modules>" + modules + "</modules>" + managed(import_bom("b0", "1")));
    const Failure failure = failure_of(files);
    CHECK(failure.kind == InputErrorKind::over_limit);
    CHECK(failure.message == "b30/pom.xml:2: expected BOMs that import each other at most 32 deep, found deeper");
  }
  SECTION("a large BOM that many BOMs import") {
    std::string large;
    for (int i = 0; i < 20'000; ++i)
      large += dependency("x" + std::to_string(i), version("1"));
    std::vector<std::pair<std::string, std::string>> files = {
        {"pom.xml", ""}, {"large/pom.xml", aggregator("large", "1", managed(large))}};
    std::string modules = "<module>large</module>";
    std::string imports;
    for (int i = 0; i < 5; ++i) {
      const std::string name = "b" + std::to_string(i);
      modules += "<module>" + name + "</module>";
      imports += import_bom(name, "1");
      files.emplace_back(name + "/pom.xml", aggregator(name, "1", managed(import_bom("large", "1"))));
    }
    files.front().second = aggregator("root", "1", "<modules>" + modules + "</modules>" + managed(imports));
    CHECK(failure_of(files).message == "read without an error");
  }
  SECTION("a large parent that many modules have") {
    std::string large;
    for (int i = 0; i < 20'000; ++i)
      large += dependency("x" + std::to_string(i), version("1"));
    std::vector<std::pair<std::string, std::string>> files = {{"pom.xml", ""}};
    std::string modules;
    for (int i = 0; i < 101; ++i) {
      const std::string name = "m" + std::to_string(i);
      modules += "<module>" + name + "</module>";
      files.emplace_back(name + "/pom.xml", child_of(name, "root"));
    }
    files.front().second =
        aggregator("root", "1", "<modules>" + modules + "</modules>" + managed(import_bom("none", "1") + large));
    const Failure failure = failure_of(files);
    CHECK(failure.kind == InputErrorKind::over_limit);
    CHECK_THAT(failure.message, Catch::EndsWith("expected at most 2000000 dependencies to merge, found more"));
  }
  SECTION("parents that are large together") {
    std::vector<std::pair<std::string, std::string>> files;
    const std::string comment = "<!--" + std::string(14U << 20U, ' ') + "-->";
    for (std::size_t level = 5; level > 0; --level)
      files.emplace_back(repeated(level, "d/") + "pom.xml",
                         child_of("a" + std::to_string(level), "a" + std::to_string(level - 1), comment));
    const Failure failure = failure_of(files);
    CHECK(failure.kind == InputErrorKind::over_limit);
    CHECK(failure.message == "d/pom.xml: expected poms of at most 67108864 bytes in all, found more");
  }
  SECTION("properties that double and double") {
    std::string list = "<p0>0123456789abcdef</p0>";
    for (int i = 1; i <= 40; ++i)
      list += "<p" + std::to_string(i) + ">${p" + std::to_string(i - 1) + "}${p" + std::to_string(i - 1) + "}</p" +
              std::to_string(i) + ">";
    const Failure failure = failure_of({{"pom.xml", app(properties(list))}});
    CHECK(failure.kind == InputErrorKind::over_limit);
    CHECK(failure.message == "pom.xml:2: expected properties that expand to at most 67108864 bytes, found more");
  }
  SECTION("properties that refer to each other without end") {
    std::string list;
    for (int i = 0; i <= 300; ++i)
      list += "<p" + std::to_string(i) + ">${p" + std::to_string(i + 1) + "}</p" + std::to_string(i) + ">";
    const Failure failure = failure_of({{"pom.xml", app(properties(list))}});
    CHECK(failure.kind == InputErrorKind::over_limit);
    CHECK(failure.message == "pom.xml:2: expected properties that refer to each other at most 200 deep, found deeper");
  }
}

TEST_CASE("a parent that is broken is the parent's error") {
  const Failure failure = failure_of({{"app/pom.xml", child("")}, {"pom.xml", "<project>"}});
  CHECK(failure.message == "pom.xml:1: expected </project> to close the <project> of this line, found none");
}

TEST_CASE("only regular files are read") {
  const TemporaryFolder folder;
  const auto pom = folder.write("app/pom.xml", child(""));
  REQUIRE(::mkfifo((folder.path() / "pom.xml").c_str(), 0600) == 0);
  CHECK(read_pom(pom).unknowns.size() == 1);
  CHECK_THROWS_WITH(read_pom(folder.path() / "pom.xml"),
                    (folder.path() / "pom.xml").string() + ": expected a pom.xml, found a FIFO");
  CHECK_THROWS_WITH(read_pom(folder.path() / "none.xml"),
                    (folder.path() / "none.xml").string() + ": expected a pom.xml, found no such file");
}
