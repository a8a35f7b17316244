#include "text_page.h"

#include <catch2/catch.hpp>
#include <sstream>

namespace preflight {
namespace {

std::string page_of(int columns, const std::vector<Span>& lead, const std::vector<Span>& spans) {
  std::ostringstream out;
  TextPage page({.columns = columns}, out);
  page.paragraph(lead, spans);
  return out.str();
}

}  // namespace

TEST_CASE("a paragraph is wrapped at spaces by display width") {
  const std::string wide = "\xE7\x8A\xB6\xE6\x85\x8B";  // two characters, four columns
  struct Row {
    const char* name;
    std::vector<Span> lead;
    std::vector<Span> spans;
    std::string page;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"fits", {}, {{"one two"}}, "one two\n"},
      {"nothing to say", {{"lead "}}, {}, "lead\n"},
      {"exactly forty columns",
       {},
       {{"0123456789 0123456789 0123456789 0123456 x"}},
       "0123456789 0123456789 0123456789 0123456\nx\n"},
      {"further lines hang under the first",
       {{"fix: "}},
       {{"0123456789 0123456789 0123456789 0123456"}},
       "fix: 0123456789 0123456789 0123456789\n     0123456\n"},
      {"a name wider than the page stands alone and whole",
       {{"  "}},
       {{"at com.example.a.very.long.package.name.that.goes.on.Class now"}},
       "  at\n  com.example.a.very.long.package.name.that.goes.on.Class\n  now\n"},
      {"a kept span is not broken at its spaces",
       {},
       {{"The operator has the uid "}, {"my own uid", Ink::strong, true}, {" and the name"}},
       "The operator has the uid my own uid and\nthe name\n"},
      {"a quoted name is not broken at its spaces",
       {},
       {{"No operator of the new JAR has \"my own uid\", sorry"}},
       "No operator of the new JAR has\n\"my own uid\", sorry\n"},
      {"a quoted sentence is",
       {},
       {{"\"Cannot map checkpoint state for operator to the new program\""}},
       "\"Cannot map checkpoint state for\noperator to the new program\"\n"},
      {"a quotation mark without its partner",
       {},
       {{"the name \" is longer than a line of this page"}},
       "the name \" is longer than a line of this\npage\n"},
      {"spans that touch stay together",
       {},
       {{"the longest word of this line is a"}, {"bcdef", Ink::strong}, {"g."}},
       "the longest word of this line is\nabcdefg.\n"},
      {"wide characters count twice",
       {},
       {{"0123456789 0123456789 0123456789 01 " + wide + " " + wide}},
       "0123456789 0123456789 0123456789 01 " + wide + "\n" + wide + "\n"},
      {"runs of spaces become one", {}, {{"a  b   "}, {"  c"}}, "a b c\n"},
      {"what could move the cursor is shown", {{"\x1b[1m "}}, {{"a\nb\xE2\x80\xAE"}}, "\\x1B[1m a\\x0Ab\\u202E\n"},
  }));
  DYNAMIC_SECTION(row.name) {
    CHECK(page_of(40, row.lead, row.spans) == row.page);
  }
}

TEST_CASE("a page is never narrower than forty columns") {
  CHECK(page_of(1, {}, {{"0123456789 0123456789"}}) == "0123456789 0123456789\n");
  CHECK(page_of(-5, {}, {{"0123456789 0123456789"}}) == "0123456789 0123456789\n");
}

}  // namespace preflight
