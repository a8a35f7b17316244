#include <catch2/catch.hpp>
#include <sstream>

#include "golden.h"
#include "rendered.h"
#include "sample_reports.h"
#include "unicode_text.h"

namespace preflight {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("the text report at 80 columns") {
  const SampleReport& sample = GENERATE(from_range(sample_reports()));
  DYNAMIC_SECTION(sample.name) {
    check_golden(sample.name + ".txt", text_of(sample.report, {}));
  }
}

TEST_CASE("the text report in other styles") {
  struct Row {
    const char* golden;
    TextStyle style;
  };
  const auto row = GENERATE(values<Row>({
      {"blocked.wide.txt", {.columns = 132}},
      {"blocked.colour.txt", {.colour = true}},
      {"blocked.quiet.txt", {.quiet = true}},
  }));
  DYNAMIC_SECTION(row.golden) {
    check_golden(row.golden, text_of(blocked_report(), row.style));
  }
}

TEST_CASE("a line of the text report is wider than the terminal only where one name is") {
  const int columns = GENERATE(60, 80, 100, 132);
  for (const std::string& line : lines_of(text_of(blocked_report(), {.columns = columns}))) {
    INFO(line);
    const std::size_t label = line.rfind("  ");
    const bool one_name = label != std::string::npos && line.find(' ', label + 2) == std::string::npos;
    CHECK((display_width(line) <= columns || one_name));
  }
}

TEST_CASE("the text report never holds a control character besides line feeds") {
  for (const SampleReport& sample : sample_reports())
    for (const std::string& line : lines_of(text_of(sample.report, {})))
      CHECK(visible_text(line) == line);
}

TEST_CASE("colour changes nothing but the colours") {
  for (const SampleReport& sample : sample_reports()) {
    std::string text = text_of(sample.report, {.colour = true});
    for (std::size_t start = text.find("\x1b["); start != std::string::npos; start = text.find("\x1b[", start))
      text.erase(start, text.find('m', start) - start + 1);
    CHECK(text == text_of(sample.report, {}));
  }
}

}  // namespace preflight
