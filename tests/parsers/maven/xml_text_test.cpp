#include "maven/xml_text.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "maven/pom.h"
#include "parsers/maven/pom_cases.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

std::string text_of(const std::string& bytes) {
  return xml_text(std::as_bytes(std::span(bytes)), {.path = "x.xml"}, "a pom.xml");
}

}  // namespace

TEST_CASE("XML text becomes UTF-8") {
  struct Row {
    std::string name;
    std::string bytes;
    std::string text;
  };
  const std::string latin1 = "<?xml version=\"1.0\" encoding='iso-8859-1'?>";
  const std::vector<Row> rows = {
      {"ASCII", "<a/>", "<a/>"},
      {"a byte order mark", "\xEF\xBB\xBF<a/>", "<a/>"},
      {"UTF-8 of two, three and four bytes", "<a>\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\x9F</a>",
       "<a>\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\x9F</a>"},
      {"ISO-8859-1", latin1 + "<a>\xE9</a>", latin1 + "<a>\xC3\xA9</a>"},
      {"ISO-8859-1 bytes in UTF-8", "<a>\xE9</a>", "<a>\xEF\xBF\xBD</a>"},
      {"a sequence that is cut off", "<a/>\xE2\x82", "<a/>\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"an overlong slash", "<a>\xC0\xAF</a>", "<a>\xEF\xBF\xBD\xEF\xBF\xBD</a>"},
      {"an overlong slash of three bytes", "<a>\xE0\x80\xAF</a>", "<a>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</a>"},
      {"a surrogate", "<a>\xED\xA0\x80</a>", "<a>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</a>"},
      {"beyond Unicode", "<a>\xF4\x90\x80\x80</a>", "<a>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</a>"},
      {"a declaration that names no encoding", "<?xml version='1.0'?><a/>", "<?xml version='1.0'?><a/>"},
      {"an encoding without an end", "<?xml encoding='x?><a/>", "<?xml encoding='x?><a/>"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(text_of(row.bytes) == row.text);
  }
}

TEST_CASE("five megabytes of comments are a pom like any other") {
  const TemporaryFolder folder;
  std::string comments;
  while (comments.size() < 5'000'000)
    comments += "<!-- licence, licence, licence -->\n";
  const auto pom = folder.write("pom.xml", comments + app(dependencies(dependency("x", version("1")))));
  const PomModel model = read_pom(pom);
  REQUIRE(model.dependencies.size() == 1);
  CHECK(model.dependencies[0].declared.line > 140'000);
}
