// An earlier report: how it is read, what is wrong with one, and what is new against it.
#include "baseline.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "input/input_error.h"
#include "json_report.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::TemporaryFolder;

namespace {

const FlinkVersion kTarget = *FlinkVersion::parse("2.2");

Finding finding(const char* rule, Severity severity, const char* name) {
  return {.rule = rule,
          .severity = severity,
          .title = std::string("about ") + name,
          .message = "why",
          .remedy = "do",
          .subject = {.kind = Subject::Kind::class_, .name = name},
          .location = {.path = "app.jar", .line = 3}};
}

Report report_of(std::vector<Finding> findings) {
  Report report{.tool_version = "0.1.0", .table_version = "2026.11.20", .to = "2.2.1", .platform = "msf"};
  report.assessment.findings = std::move(findings);
  return report;
}

std::string json_of(const Report& report) {
  std::ostringstream out;
  write_json(report, out);
  return out.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string error_of(const std::filesystem::path& path) {
  try {
    read_baseline(path, kTarget, Platform::msf);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

std::vector<std::string> titles(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& one : findings)
    texts.push_back(one.title);
  return texts;
}

}  // namespace

TEST_CASE("A baseline is what check wrote as JSON") {
  const TemporaryFolder folder;
  Finding waived = finding("uid-used-twice", Severity::high, "orders");
  waived.waiver = Waiver{.reason = "x", .approved_by = "", .expires = ""};
  const Report report = report_of({finding("removed-class-referenced", Severity::blocker, "org.acme.A"), waived});
  const Baseline baseline = read_baseline(folder.write("r.json", json_of(report)), kTarget, Platform::msf);
  CHECK(baseline.summary == "2 findings, of flink-preflight 0.1.0 with table 2026.11.20");
  REQUIRE(baseline.findings.size() == 2);
  const BaselineFinding& first = baseline.findings.front();
  CHECK(first.fingerprint == fingerprint(report.assessment.findings.front()));
  CHECK(fingerprint(first.finding) == first.fingerprint);
  CHECK(first.finding.severity == Severity::blocker);
  CHECK(first.finding.subject.name == "org.acme.A");
  CHECK(first.finding.location.path == "app.jar");
  CHECK(first.finding.location.line == 3);
  CHECK_FALSE(first.waived);
  CHECK(baseline.findings.back().waived);
}

TEST_CASE("A file that is no baseline of this upgrade says so") {
  const std::string good = json_of(report_of({finding("uid-used-twice", Severity::high, "orders")}));
  struct Row {
    const char* name;
    std::string text;
    const char* says;
  };
  const Row row = GENERATE_COPY(values<Row>({
      {"empty", "", "expected a JSON report of flink-preflight check"},
      {"a list", "[]", "expected a JSON report of flink-preflight check"},
      {"text", "BLOCKED  Flink 1.20", "expected a JSON report of flink-preflight check"},
      {"half of it", good.substr(0, good.size() / 2), "r.json:"},
      {"another document", "{}", "found none of its \"schema_version\""},
      {"another schema", replaced(good, "\"schema_version\": \"1\"", "\"schema_version\": \"2\""),
       "expected a report of schema version 1, found 2"},
      {"another target", replaced(good, "\"to\": \"2.2.1\"", "\"to\": \"1.20\""),
       "expected a report of an upgrade to Flink 2.2, found one to 1.20"},
      {"another platform", replaced(good, "\"platform\": \"msf\"", "\"platform\": \"kubernetes\""),
       "expected a report of an upgrade on msf, found one on kubernetes"},
      {"a severity that there is not", replaced(good, "\"severity\": \"high\"", "\"severity\": \"grave\""),
       "severity: expected blocker, high, medium, low or info, found \"grave\""},
      {"a kind that there is not", replaced(good, "\"kind\": \"class\"", "\"kind\": \"moon\""),
       "subject.kind: expected a kind, found \"moon\""},
      {"no fingerprint", replaced(good, "\"fingerprint\"", "\"finger\""), "found none of its \"fingerprint\""},
      {"a fingerprint that is none", replaced(good, "\"fingerprint\": \"", "\"fingerprint\": \"z"),
       "fingerprint: expected 32 hex digits"},
      {"findings that are no list", replaced(good, "\"findings\": [", "\"findings\": 1, \"others\": ["),
       "findings: expected a list, found \"1\""},
  }));
  const TemporaryFolder folder;
  INFO(row.name);
  const std::string error = error_of(folder.write("r.json", row.text));
  CHECK_THAT(error, Catch::StartsWith((folder.path() / "r.json").string() + ":"));
  CHECK_THAT(error, Catch::Contains(row.says));
}

TEST_CASE("A baseline that is not there is unreadable") {
  const TemporaryFolder folder;
  CHECK_THAT(error_of(folder.path() / "none.json"), Catch::Contains("none.json"));
}

TEST_CASE("New is what the baseline does not have, what has become graver, and what is no longer waived") {
  struct Row {
    const char* name;
    Severity before;
    Severity now;
    bool waived_before;
    bool waived_now;
    BaselineState state;
  };
  const Row row = GENERATE(values<Row>({
      {"the same", Severity::high, Severity::high, false, false, BaselineState::unchanged},
      {"less grave", Severity::high, Severity::medium, false, false, BaselineState::unchanged},
      {"graver", Severity::medium, Severity::high, false, false, BaselineState::new_},
      {"waived and still", Severity::high, Severity::high, true, true, BaselineState::unchanged},
      {"no longer waived", Severity::high, Severity::high, true, false, BaselineState::new_},
      {"waived since", Severity::high, Severity::high, false, true, BaselineState::unchanged},
  }));
  INFO(row.name);
  Baseline baseline;
  const Finding before = finding("uid-used-twice", row.before, "orders");
  baseline.findings = {{before, fingerprint(before), row.waived_before}};
  std::vector<Finding> now = {finding("uid-used-twice", row.now, "orders")};
  if (row.waived_now)
    now.front().waiver = Waiver{.reason = "x", .approved_by = "", .expires = ""};
  CHECK(apply_baseline(baseline, now).empty());
  CHECK(now.front().baseline == row.state);
}

TEST_CASE("Fixed is what the baseline has and this run does not, in its order") {
  Baseline baseline;
  for (const char* name : {"c", "a", "b", "a"}) {
    const Finding before = finding("uid-used-twice", Severity::high, name);
    baseline.findings.push_back({before, fingerprint(before), false});
  }
  std::vector<Finding> now = {finding("uid-used-twice", Severity::high, "b"),
                              finding("uid-used-twice", Severity::high, "d")};
  CHECK(titles(apply_baseline(baseline, now)) == std::vector<std::string>{"about c", "about a"});
  CHECK(now.front().baseline == BaselineState::unchanged);
  CHECK(now.back().baseline == BaselineState::new_);
}

TEST_CASE("A fingerprint does not look at lines or paths or words") {
  Finding one = finding("uid-used-twice", Severity::high, "orders");
  const std::string before = fingerprint(one);
  one.location = {.path = "elsewhere.jar", .line = 99, .entry = "x"};
  one.title = one.message = one.remedy = "other words";
  one.evidence = {"line 7"};
  CHECK(fingerprint(one) == before);
  one.subject.name = "other";
  CHECK(fingerprint(one) != before);
}
