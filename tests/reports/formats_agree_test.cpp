#include <fmt/format.h>
#include <rapidjson/document.h>

#include <catch2/catch.hpp>

#include "html_writer.h"
#include "rendered.h"
#include "report_wording.h"
#include "sample_reports.h"
#include "unicode_text.h"

// What holds for every format of the same report: the same findings, in the same order, as often.

namespace preflight {
namespace {

/// Checks that each of `pieces` is found in `text`, one after the other.
void check_in_order(const std::string& text, const std::vector<std::string>& pieces) {
  std::size_t place = 0;
  for (const std::string& piece : pieces) {
    INFO("looking for " << piece);
    const std::size_t found = text.find(piece, place);
    REQUIRE(found != std::string::npos);
    place = found + piece.size();
  }
}

std::size_t occurrences(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (std::size_t place = text.find(piece); place != std::string::npos; place = text.find(piece, place + 1))
    ++count;
  return count;
}

}  // namespace

TEST_CASE("every format shows the same findings in the same order") {
  const SampleReport& sample = GENERATE(from_range(sample_reports()));
  DYNAMIC_SECTION(sample.name) {
    const std::vector<Finding>& findings = sample.report.assessment.findings;
    std::vector<std::string> visible_titles;
    std::vector<std::string> html_titles;
    for (const Finding& finding : findings) {
      visible_titles.push_back(visible_text(finding.title));
      html_titles.push_back(fmt::format("</span> {}\n", html_escaped(finding.title)));
    }

    // Wide enough that no title is wrapped.
    const std::string text = text_of(sample.report, {.columns = 10000});
    check_in_order(text, visible_titles);
    CHECK(occurrences(text, "    rule: ") == findings.size());

    const std::string html = html_of(sample.report);
    check_in_order(html, html_titles);
    CHECK(occurrences(html, "<article ") == findings.size());

    rapidjson::Document json;
    const std::string json_text = json_of(sample.report);
    REQUIRE_FALSE(json.Parse(json_text.c_str(), json_text.size()).HasParseError());
    REQUIRE(json["findings"].Size() == findings.size());
    for (rapidjson::SizeType i = 0; i < findings.size(); ++i)
      CHECK(json["findings"][i]["title"].GetString() == valid_utf8(findings[i].title));

    const std::string counts = counts_text(sample.report);
    CHECK_THAT(text, Catch::Contains(counts));
    CHECK_THAT(html, Catch::Contains(counts));
  }
}

TEST_CASE("every format shows every operator, state, unknown, skipped rule and input") {
  const SampleReport& sample = GENERATE(from_range(sample_reports()));
  DYNAMIC_SECTION(sample.name) {
    const std::string text = text_of(sample.report, {.columns = 10000});
    const std::string html = html_of(sample.report);
    std::vector<std::string> names;
    for (const OperatorPrediction& prediction : sample.report.assessment.restore.operators) {
      names.push_back(operator_text(prediction));
      for (const StatePrediction& state : prediction.states)
        names.push_back(state.name);
    }
    for (const Unknown& unknown : sample.report.assessment.unknowns)
      names.insert(names.end(), {unknown.what, unknown.reason});
    for (const SkippedRule& rule : sample.report.assessment.skipped)
      names.insert(names.end(), {rule.rule, rule.reason});
    for (const ReportInput& input : sample.report.inputs)
      names.push_back(input.summary);
    for (const std::string& name : names) {
      CHECK_THAT(text, Catch::Contains(visible_text(name)));
      CHECK_THAT(html, Catch::Contains(html_escaped(name)));
    }
    CHECK_THAT(text, Catch::Contains(sample.report.gate));
    CHECK_THAT(html, Catch::Contains(html_escaped(sample.report.gate)));
  }
}

}  // namespace preflight
