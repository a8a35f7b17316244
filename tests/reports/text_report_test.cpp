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
    Report (*report)();
    TextStyle style;
  };
  const auto row = GENERATE(values<Row>({
      {"blocked.wide.txt", blocked_report, {.columns = 132}},
      {"blocked.colour.txt", blocked_report, {.colour = true}},
      {"blocked.quiet.txt", blocked_report, {.quiet = true}},
      {"decided.colour.txt", decided_report, {.colour = true}},
      {"decided.quiet.txt", decided_report, {.quiet = true}},
      {"decided.verbose.txt", decided_report, {.verbose = true, .show_waivers = true}},
      {"hostile.verbose.txt", hostile_report, {.verbose = true, .show_waivers = true}},
  }));
  DYNAMIC_SECTION(row.golden) {
    check_golden(row.golden, text_of(row.report(), row.style));
  }
}

TEST_CASE("a line of the text report is wider than the terminal only where one name is") {
  const int columns = GENERATE(60, 80, 100, 120, 132);
  const bool verbose = GENERATE(false, true);
  const Report report = GENERATE(blocked_report(), decided_report());
  for (const std::string& line : lines_of(text_of(report, {.columns = columns, .verbose = verbose}))) {
    INFO(line);
    const std::size_t label = std::max(line.rfind("  ") + 1, std::max(line.rfind(": ") + 1, line.rfind("· ") + 2));
    const bool one_name = line.find(' ', label + 1) == std::string::npos;
    CHECK((display_width(line) <= columns || one_name));
  }
}

TEST_CASE("the text report never holds a control character besides line feeds") {
  for (const SampleReport& sample : sample_reports())
    for (const TextStyle& style : {TextStyle{}, TextStyle{.verbose = true, .show_waivers = true}})
      for (const std::string& line : lines_of(text_of(sample.report, style)))
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
