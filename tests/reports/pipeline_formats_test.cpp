#include <fmt/format.h>
#include <rapidjson/document.h>
#include <tinyxml2.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "finding_place.h"
#include "golden.h"
#include "markdown_report.h"
#include "markdown_text.h"
#include "report_format.h"
#include "rule.h"
#include "sample_reports.h"
#include "unicode_text.h"

// The formats that pipelines and merge requests read.

namespace preflight {
namespace {

std::string written(const Report& report, const std::string& format) {
  std::ostringstream out;
  find_report_format(format)->write(report, {}, out);
  return out.str();
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::vector<std::string> rules_of(const Report& report) {
  std::vector<std::string> rules;
  for (const Finding& finding : report.assessment.findings)
    rules.push_back(finding.rule);
  return rules;
}

/// Of those that no waiver and no baseline takes out of the gate.
std::vector<std::string> counted_rules_of(const Report& report) {
  std::vector<std::string> rules;
  for (const Finding& finding : report.assessment.findings)
    if (!finding.waiver && finding.baseline != BaselineState::unchanged)
      rules.push_back(finding.rule);
  return rules;
}

/// The same report with a finding that has neither a place nor a line, and names that end what is around them.
Report with_breaking_names() {
  Report report = hostile_report();
  report.inputs = {{.kind = "pom", .path = "dir with space/100%,a:b|`@team`#1.xml", .summary = "x"}};
  report.assessment.findings.push_back({.rule = "uid-used-twice",
                                        .severity = Severity::low,
                                        .title = "a|b `c` *d* @team #12 www.example.com http://example.com ]]> -->",
                                        .message = "100%\n::error::x \xEF\xBF\xBF",
                                        .remedy = "</details> <!-- [x](y)"});
  return report;
}

std::vector<Report> reports() {
  std::vector<Report> all;
  for (const SampleReport& sample : sample_reports())
    all.push_back(sample.report);
  all.push_back(with_breaking_names());
  return all;
}

std::size_t occurrences(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1))
    ++count;
  return count;
}

bool has_control_characters(const std::string& text) {
  return std::ranges::any_of(text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; });
}

}  // namespace

TEST_CASE("reports for pipelines, as they were") {
  const SampleReport& sample = GENERATE(from_range(sample_reports()));
  const auto* extension = GENERATE("markdown", "sarif", "junit", "github", "gitlab");
  DYNAMIC_SECTION(sample.name << " as " << extension) {
    check_golden(fmt::format("{}.{}", sample.name, extension), written(sample.report, extension));
  }
}

TEST_CASE("every format is found by its name, and no other") {
  for (const ReportFormat& format : report_formats())
    CHECK(find_report_format(format.name) == &format);
  CHECK(find_report_format("pdf") == nullptr);
  CHECK(find_report_format("") == nullptr);
}

TEST_CASE("no format lets a control character through") {
  const Report report = with_breaking_names();
  for (const ReportFormat& format : report_formats()) {
    INFO(format.name);
    const std::string text = written(report, format.name);
    CHECK_FALSE(has_control_characters(text));
    CHECK(text == valid_utf8(text));
  }
}

TEST_CASE("SARIF has a result for each finding, in order, of the rule that its index names") {
  for (const Report& report : reports()) {
    const rapidjson::Document sarif = parsed(written(report, "sarif"));
    CHECK(std::string(sarif["version"].GetString()) == "2.1.0");
    const auto& run = sarif["runs"][0];
    const auto& rules = run["tool"]["driver"]["rules"];
    std::vector<std::string> found;
    for (const auto& result : run["results"].GetArray()) {
      const auto index = result["ruleIndex"].GetUint();
      REQUIRE(index < rules.Size());
      CHECK(std::string(rules[index]["id"].GetString()) == result["ruleId"].GetString());
      CHECK(std::string(result["partialFingerprints"]["flinkPreflight/v1"].GetString()).size() == 32);
      CHECK(result["locations"].Size() == (report.inputs.empty() ? 0U : 1U));
      found.emplace_back(result["ruleId"].GetString());
    }
    CHECK(found == rules_of(report));
    CHECK(run["invocations"][0]["toolExecutionNotifications"].Size() ==
          report.assessment.unknowns.size() + report.assessment.skipped.size());
  }
}

TEST_CASE("GitLab's entries are the findings, in order, each with a file and a line") {
  for (const Report& report : reports()) {
    const rapidjson::Document entries = parsed(written(report, "gitlab"));
    std::vector<std::string> found;
    for (const auto& entry : entries.GetArray()) {
      CHECK(entry["location"]["path"].GetStringLength() > 0);
      CHECK(entry["location"]["lines"]["begin"].GetInt() >= 1);
      found.emplace_back(entry["check_name"].GetString());
    }
    CHECK(found == rules_of(report));
  }
}

TEST_CASE("JUnit has a failure for each finding that counts, in order, and counts what it has") {
  for (const Report& report : reports()) {
    tinyxml2::XMLDocument xml;
    const std::string text = written(report, "junit");
    REQUIRE(xml.Parse(text.c_str(), text.size()) == tinyxml2::XML_SUCCESS);
    const auto* suite = xml.FirstChildElement("testsuites")->FirstChildElement("testsuite");
    int cases = 0;
    int skipped = 0;
    std::vector<std::string> failed;
    for (const auto* test = suite->FirstChildElement("testcase"); test != nullptr; test = test->NextSiblingElement()) {
      ++cases;
      skipped += test->FirstChildElement("skipped") != nullptr ? 1 : 0;
      if (test->FirstChildElement("failure") != nullptr)
        failed.emplace_back(test->Attribute("classname"));
    }
    CHECK(failed == counted_rules_of(report));
    CHECK(suite->IntAttribute("tests") == cases);
    CHECK(suite->IntAttribute("failures") == static_cast<int>(failed.size()));
    CHECK(suite->IntAttribute("skipped") == skipped);
    CHECK(skipped >= static_cast<int>(report.assessment.skipped.size()));
  }
}

TEST_CASE("GitHub's commands are one line for each finding, then the verdict, the way back and the gate") {
  for (const Report& report : reports()) {
    std::istringstream lines(written(report, "github"));
    std::vector<std::string> found;
    for (std::string line; std::getline(lines, line);)
      found.push_back(line);
    const std::size_t notices = report.assessment.rollback.sentence.empty() ? 2 : 3;
    REQUIRE(found.size() == report.assessment.findings.size() + notices);
    for (std::size_t i = 0; i < report.assessment.findings.size(); ++i) {
      CHECK(occurrences(found[i], fmt::format("({})::", report.assessment.findings[i].rule)) == 1);
      CHECK_THAT(found[i], Catch::StartsWith("::"));
    }
    CHECK_THAT(found.back(), Catch::StartsWith(report.gate_failed ? "::error " : "::notice "));
  }
}

TEST_CASE("GitHub's properties cannot be left") {
  const std::string text = written(with_breaking_names(), "github");
  CHECK_THAT(text, Catch::Contains("file=dir with space/100%25%2Ca%3Ab|`@team`#1.xml,title="));
  CHECK(occurrences(text, "\n::error::x") == 0);
}

TEST_CASE("Markdown names cannot format, link or mention") {
  struct Row {
    const char* name;
    const char* text;
    const char* escaped;
  };
  const auto row = GENERATE(values<Row>({
      {"plain", "com.example.Order$Item", "com.example.Order\\$Item"},
      {"a cell's end", "a|b", "a\\|b"},
      {"code", "`a`", "\\`a\\`"},
      {"emphasis", "*a* _b_", "\\*a\\* \\_b\\_"},
      {"a link", "[a](b)", "\\[a\\](b)"},
      {"a tag", "</details>", "&lt;/details&gt;"},
      {"a mention", "@team", "@<!-- -->team"},
      {"an issue", "#12", "#<!-- -->12"},
      {"an address", "http://a", "http:/<!-- -->/a"},
      {"a host", "www.a.com", "www<!-- -->.a.com"},
      {"a line feed", "a\nb", "a\\\\x0Ab"},
  }));
  DYNAMIC_SECTION(row.name) {
    CHECK(markdown_escaped(row.text) == row.escaped);
  }
}

TEST_CASE("Markdown has a row and an explanation for each finding") {
  for (const Report& report : reports()) {
    const std::string text = written(report, "markdown");
    CHECK(occurrences(text, "<details>") == occurrences(text, "</details>"));
    for (const Finding& finding : report.assessment.findings)
      CHECK(occurrences(text, markdown_escaped(finding.title)) >= 2);
  }
}

TEST_CASE("Markdown stays below the length of a comment and says what it left out") {
  Report report = blocked_report();
  const Finding finding = report.assessment.findings.front();
  for (int i = 0; i < 2'000; ++i)
    report.assessment.findings.push_back(finding);
  const std::string text = written(report, "markdown");
  CHECK(text.size() <= kLongestComment);
  CHECK(text.size() > kLongestComment / 2);
  CHECK_THAT(text, Catch::Contains("left out: a comment cannot be longer"));
  CHECK(occurrences(text, "<details>") == occurrences(text, "</details>"));
}

TEST_CASE("a waived finding stays in every format and fails nothing there") {
  Report report = blocked_report();
  Finding& waived = report.assessment.findings.front();
  waived.waiver = Waiver{.reason = "moved by hand", .approved_by = "M. Maier", .expires = "2027-01-31"};
  waived.baseline = BaselineState::unchanged;
  for (const char* format : {"markdown", "sarif", "junit", "github", "gitlab"})
    CHECK_THAT(written(report, format), Catch::Contains("waived until 2027-01-31 by M. Maier: moved by hand"));
  const rapidjson::Document sarif = parsed(written(report, "sarif"));
  const auto& results = sarif["runs"][0]["results"];
  CHECK(results[0]["suppressions"].Size() == 1);
  CHECK(std::string(results[0]["baselineState"].GetString()) == "unchanged");
  CHECK_FALSE(results[1].HasMember("suppressions"));
  CHECK(std::string(parsed(written(report, "gitlab"))[0]["severity"].GetString()) == "info");
  CHECK_THAT(written(report, "github"), Catch::StartsWith("::notice "));
  CHECK_THAT(written(report, "junit"),
             Catch::Contains(fmt::format("failures=\"{}\"", report.assessment.findings.size() - 1)));
}

TEST_CASE("paths as URIs") {
  CHECK(uri_of("pom.xml") == "pom.xml");
  CHECK(uri_of("a b/c%.xml") == "a%20b/c%25.xml");
  CHECK(uri_of("/srv/app.jar") == "file:///srv/app.jar");
  CHECK(uri_of("caf\xC3\xA9") == "caf%C3%A9");
}

}  // namespace preflight
