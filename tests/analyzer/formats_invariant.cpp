#include "formats_invariant.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <tinyxml2.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>

#include "command_line.h"
#include "report_format.h"
#include "temporary_folder.h"

namespace preflight::test {
namespace {

using Texts = std::vector<std::string>;

/// Each rule and severity, in the order of the report.
struct Sequence {
  Texts rules;
  Texts severities;
};

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document json;
  json.Parse(text.c_str(), text.size());
  REQUIRE_FALSE(json.HasParseError());
  return json;
}

/// The first group of each match, in order.
Texts all_matches(const std::string& text, const char* pattern) {
  const std::regex expression(pattern, std::regex::ECMAScript | std::regex::multiline);
  Texts found;
  for (std::sregex_iterator match(text.begin(), text.end(), expression); match != std::sregex_iterator(); ++match)
    found.push_back((*match)[1]);
  return found;
}

Sequence in_json(const rapidjson::Document& json) {
  Sequence sequence;
  for (const auto& finding : json["findings"].GetArray()) {
    sequence.rules.emplace_back(finding["rule"].GetString());
    sequence.severities.emplace_back(finding["severity"].GetString());
  }
  return sequence;
}

Sequence in_text(const std::string& text) {
  return {all_matches(text, "^    rule: (\\S+)$"), all_matches(text, "^(blocker|high|medium|low|info) +\\S")};
}

Sequence in_html(const std::string& html) {
  return {all_matches(html, "<dt>Rule</dt>\\s*<dd><bdi class=\"name\">([a-z-]+)<"),
          all_matches(html, "<article [^>]*class=\"finding (\\w+)[ \"]")};
}

Sequence in_markdown(const std::string& text) {
  return {all_matches(text, "<sub>([a-z-]+)</sub></summary>$"),
          all_matches(text, "^\\| \\S+ (blocker|high|medium|low|info) \\| ")};
}

Sequence in_sarif(const std::string& text, Texts& subjects) {
  Sequence sequence;
  const rapidjson::Document json = parsed(text);
  for (const auto& result : json["runs"][0]["results"].GetArray()) {
    sequence.rules.emplace_back(result["ruleId"].GetString());
    sequence.severities.emplace_back(result["properties"]["severity"].GetString());
    subjects.emplace_back(result["properties"]["subject"].GetString());
  }
  return sequence;
}

Texts rules_in_gitlab(const std::string& text) {
  Texts rules;
  const rapidjson::Document json = parsed(text);
  for (const auto& entry : json.GetArray())
    rules.emplace_back(entry["check_name"].GetString());
  return rules;
}

/// Of the first `count` tests, which stand for the findings.
Texts rules_in_junit(const std::string& text, std::size_t count, std::size_t& failures) {
  tinyxml2::XMLDocument xml;
  REQUIRE(xml.Parse(text.c_str(), text.size()) == tinyxml2::XML_SUCCESS);
  Texts rules;
  const auto* suite = xml.FirstChildElement("testsuites")->FirstChildElement("testsuite");
  for (const auto* test = suite->FirstChildElement("testcase"); test != nullptr && rules.size() < count;
       test = test->NextSiblingElement()) {
    rules.emplace_back(test->Attribute("classname"));
    failures += test->FirstChildElement("failure") != nullptr ? 1U : 0U;
  }
  return rules;
}

/// "title=... (RULE)::": the last lines, verdict and gate, have none.
Texts rules_in_github(const std::string& text) {
  Texts rules;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (const auto close = line.find(")::"); close != std::string::npos) {
      const auto open = line.rfind('(', close);
      rules.push_back(line.substr(open + 1, close - open - 1));
    }
  return rules;
}

/// What the command line says without its reports and its style, which are asked for anew.
Texts without_reports(const Texts& arguments) {
  Texts kept;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--format" || arguments[i] == "--output" || arguments[i] == "--patch" ||
        arguments[i] == "--jobs" || arguments[i] == "--color")
      ++i;
    else if (arguments[i] != "--quiet" && arguments[i] != "--verbose" && arguments[i] != "--show-waivers")
      kept.push_back(arguments[i]);
  }
  return kept;
}

std::map<std::string, std::string> all_reports(const Texts& arguments, int code) {
  static int runs = 0;
  const TemporaryFolder folder;
  Texts again = without_reports(arguments);
  again.insert(again.end(), {"--jobs", std::array{"1", "2", "8"}.at(static_cast<std::size_t>(runs++ % 3))});
  for (const ReportFormat& format : report_formats())
    again.insert(again.end(), {"--format", format.name, "--output", (folder.path() / format.name).string()});
  std::ostringstream out;
  std::ostringstream err;
  CHECK(static_cast<int>(run_command_line(again, out, err)) == code);
  std::map<std::string, std::string> reports;
  for (const ReportFormat& format : report_formats()) {
    std::ifstream file(folder.path() / format.name, std::ios::binary);
    reports[format.name] = {std::istreambuf_iterator<char>(file), {}};
  }
  return reports;
}

bool says(const Texts& arguments, const char* word) {
  return std::ranges::find(arguments, word) != arguments.end();
}

}  // namespace

void check_formats_agree(const Texts& arguments, int code, const std::string& out) {
  if (says(arguments, "--help") || says(arguments, "-"))
    return;
  std::map<std::string, std::string> reports = all_reports(arguments, code);
  const rapidjson::Document json = parsed(reports["json"]);
  const Sequence expected = in_json(json);
  CHECK(json["gate"]["failed"].GetBool() == (code == 1));
  if (without_reports(arguments) == arguments && ::isatty(STDOUT_FILENO) == 0)
    CHECK(reports["text"] == out);

  Texts subjects;
  std::size_t counted = 0;
  for (const auto& finding : json["findings"].GetArray()) {
    subjects.emplace_back(finding["subject"]["name"].GetString());
    const bool unchanged =
        finding["baseline"].IsString() && std::string(finding["baseline"].GetString()) == "unchanged";
    counted += finding["waiver"].IsNull() && !unchanged ? 1U : 0U;
  }
  Texts sarif_subjects;
  const std::map<std::string, Sequence> sequences = {{"text", in_text(reports["text"])},
                                                     {"html", in_html(reports["html"])},
                                                     {"markdown", in_markdown(reports["markdown"])},
                                                     {"sarif", in_sarif(reports["sarif"], sarif_subjects)}};
  const bool shortened = reports["markdown"].find("left out: a comment cannot be longer") != std::string::npos;
  for (const auto& [format, sequence] : sequences) {
    INFO(format);
    if (format == "markdown" && shortened)
      continue;
    CHECK(sequence.rules == expected.rules);
    CHECK(sequence.severities == expected.severities);
  }
  CHECK(sarif_subjects == subjects);
  CHECK(rules_in_gitlab(reports["gitlab"]) == expected.rules);
  std::size_t failures = 0;
  CHECK(rules_in_junit(reports["junit"], expected.rules.size(), failures) == expected.rules);
  CHECK(failures == counted);
  CHECK(rules_in_github(reports["github"]) == expected.rules);
}

}  // namespace preflight::test
