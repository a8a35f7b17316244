#include "junit_report.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <ostream>

#include "finding_place.h"
#include "report_wording.h"
#include "rule.h"
#include "unicode_text.h"

namespace preflight {
namespace {

/// What visible_text leaves and XML 1.0 still forbids: U+FFFE and U+FFFF.
std::string xml_text(const std::string& text) {
  std::string result = visible_text(text);
  for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = result.find(forbidden); at != std::string::npos; at = result.find(forbidden, at))
      result.replace(at, forbidden.size(), "\xEF\xBF\xBD");
  return result;
}

class Suite {
 public:
  explicit Suite(const Report& report) : report_(report) {}

  void write(std::ostream& out) {
    const Assessment& assessment = report_.assessment;
    std::vector<const OperatorPrediction*> undecided;
    for (const OperatorPrediction& prediction : assessment.restore.operators)
      if (prediction.outcome == OperatorOutcome::unknown)
        undecided.push_back(&prediction);
    const std::vector<const Rule*> clean = rules_without_findings();
    const auto passed_over = static_cast<std::size_t>(std::ranges::count_if(
        assessment.findings, [](const Finding& finding) { return !passed_over_text(finding).empty(); }));
    const std::size_t unjudged = assessment.skipped.size() + undecided.size() + passed_over;
    begin({.tests = assessment.findings.size() - passed_over + clean.size() + unjudged,
           .failures = assessment.findings.size() - passed_over,
           .skipped = unjudged});
    for (const Finding& finding : assessment.findings) {
      if (const std::string why = passed_over_text(finding); !why.empty())
        write_skipped(finding.rule, finding.title, why);
      else
        write_failure(finding);
    }
    for (const OperatorPrediction* prediction : undecided)
      write_skipped("restore", operator_text(*prediction), prediction->reason);
    for (const Rule* rule : clean) {
      begin_case(rule->id, rule->title);
      xml_.CloseElement();
    }
    for (const SkippedRule& skipped : assessment.skipped) {
      const Rule* rule = find_rule(skipped.rule);
      write_skipped(skipped.rule, rule != nullptr ? rule->title : skipped.rule, skipped.reason);
    }
    xml_.CloseElement();
    xml_.CloseElement();
    out << xml_.CStr();
  }

 private:
  struct Counts {
    std::size_t tests;
    std::size_t failures;
    std::size_t skipped;
  };

  void begin(const Counts& counts) {
    xml_.PushHeader(false, true);
    xml_.OpenElement("testsuites");
    xml_.OpenElement("testsuite");
    attribute("name", "flink-preflight: " + upgrade_text(report_));
    attribute("tests", fmt::format("{}", counts.tests));
    attribute("failures", fmt::format("{}", counts.failures));
    attribute("errors", "0");
    attribute("skipped", fmt::format("{}", counts.skipped));
    write_properties();
  }

  void write_properties() {
    const RollbackReadiness& rollback = report_.assessment.rollback;
    if (rollback.sentence.empty())
      return;
    xml_.OpenElement("properties");
    write_property("rollback", to_string(rollback.verdict));
    write_property("rollback_sentence", rollback.sentence);
    xml_.CloseElement();
  }

  void write_property(const char* name, const std::string& value) {
    xml_.OpenElement("property");
    attribute("name", name);
    attribute("value", value);
    xml_.CloseElement();
  }

  /// Those that ran, in their order.
  std::vector<const Rule*> rules_without_findings() const {
    std::vector<const Rule*> rules;
    for (const Rule& rule : all_rules()) {
      const auto is_this = [&](const std::string& id) { return id == rule.id; };
      if (rule.check != nullptr && std::ranges::none_of(report_.assessment.findings, is_this, &Finding::rule) &&
          std::ranges::none_of(report_.assessment.skipped, is_this, &SkippedRule::rule))
        rules.push_back(&rule);
    }
    return rules;
  }

  void attribute(const char* name, const std::string& value) { xml_.PushAttribute(name, xml_text(value).c_str()); }

  void begin_case(const std::string& rule, const std::string& name) {
    xml_.OpenElement("testcase");
    attribute("classname", rule);
    attribute("name", name);
  }

  void write_failure(const Finding& finding) {
    begin_case(finding.rule, finding.title);
    const Location place = shown_place(report_, finding);
    if (!place.path.empty())
      attribute("file", place.path);
    if (place.line)
      attribute("line", fmt::format("{}", *place.line));
    xml_.OpenElement("failure");
    attribute("type", to_string(finding.severity));
    attribute("message", finding.title);
    // Its parts are visible already; only the line feeds between them are not.
    std::string body = explanation_of(finding);
    if (const std::string where = location_text(finding.location); !where.empty())
      body += "\n\nAt: " + visible_text(where);
    write_lines(body);
    xml_.CloseElement();
    xml_.CloseElement();
  }

  void write_lines(const std::string& text) {
    std::string safe;
    for (std::size_t start = 0; start <= text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      safe += xml_text(text.substr(start, end - start));
      if (end < text.size())
        safe += '\n';
      start = end + 1;
    }
    xml_.PushText(safe.c_str());
  }

  void write_skipped(const std::string& rule, const std::string& name, const std::string& reason) {
    begin_case(rule, name);
    xml_.OpenElement("skipped");
    attribute("message", reason);
    xml_.CloseElement();
    xml_.CloseElement();
  }

  const Report& report_;
  tinyxml2::XMLPrinter xml_;
};

}  // namespace

void write_junit(const Report& report, std::ostream& out) {
  Suite(report).write(out);
}

}  // namespace preflight
