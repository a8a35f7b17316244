#include "waivers.h"

#include <catch2/catch.hpp>

#include "calendar_day.h"
#include "gate.h"
#include "temporary_folder.h"
#include "unicode_text.h"
#include "waiver_block.h"

using namespace preflight;
using preflight::test::TemporaryFolder;

namespace {

Finding finding(const char* rule, Severity severity, std::string name, const char* path = "app.jar") {
  return {.rule = rule,
          .severity = severity,
          .title = "about " + name,
          .message = "why",
          .remedy = "do",
          .subject = {.kind = Subject::Kind::class_, .name = std::move(name)},
          .location = {.path = path}};
}

Assessment sample() {
  Assessment assessment;
  assessment.verdict = Verdict::blocked;
  assessment.findings = {finding("removed-class-referenced", Severity::blocker, "org.acme.A"),
                         finding("removed-class-referenced", Severity::blocker, "org.acme.B"),
                         finding("uid-used-twice", Severity::high, "orders"),
                         finding("deprecated-api-used", Severity::info, "org.acme.A")};
  assessment.skipped = {{"state-incompatible", "no savepoint was given (--savepoint)"}};
  return assessment;
}

WaiverEntry entry(const char* rule, const char* subject, const char* last_day) {
  WaiverEntry entry{.rule = rule, .subject = subject, .kind = {}, .path = {}, .waiver = {}, .last_day = {}, .line = 7};
  entry.waiver = {.reason = "because", .approved_by = "M. Maier", .expires = last_day};
  entry.last_day = calendar_day(last_day);
  return entry;
}

std::vector<std::string> seen(const Assessment& assessment) {
  std::vector<std::string> texts;
  for (const Finding& finding : assessment.findings)
    texts.push_back(finding.rule + " " + finding.subject.name + (finding.waiver ? " waived" : ""));
  return texts;
}

using Texts = std::vector<std::string>;
const auto kToday = *calendar_day("2026-11-29");

}  // namespace

TEST_CASE("Waived findings move behind the others and do not count") {
  Assessment assessment = sample();
  apply_waivers({"w.yaml", {entry("removed-class-referenced", "*.A", "2027-01-31")}}, kToday, assessment);
  CHECK(seen(assessment) == Texts{"removed-class-referenced org.acme.B", "uid-used-twice orders",
                                  "deprecated-api-used org.acme.A", "removed-class-referenced org.acme.A waived"});
  CHECK(assessment.findings.back().waiver->reason == "because");
  CHECK(assessment.verdict == Verdict::blocked);
  CHECK(judge(assessment, Severity::blocker, false).sentence ==
        "The gate fails: 1 finding of severity blocker or above; 1 is waived.");
}

TEST_CASE("A waiver holds on its last day and not on the next") {
  for (const auto& [day, holds] :
       {std::pair("2026-11-30", true), std::pair("2026-11-29", true), std::pair("2026-11-28", false)}) {
    Assessment assessment = sample();
    apply_waivers({"w.yaml", {entry("uid-used-twice", "orders", day)}}, kToday, assessment);
    const bool waived = std::ranges::any_of(assessment.findings, [](const Finding& f) { return f.waiver.has_value(); });
    CHECK(waived == holds);
    const auto back = std::ranges::find(assessment.findings, "waiver-expired", &Finding::rule);
    CHECK((back == assessment.findings.end()) == holds);
    if (holds)
      continue;
    CHECK(back->title == "The waiver of uid-used-twice for \"orders\" ended on 2026-11-28");
    CHECK(back->message == "The finding that it covered counts again. M. Maier approved it, for this reason: because");
    CHECK(back->evidence == Texts{"about orders"});
    CHECK(back->severity == Severity::low);
    CHECK(back->location.path == "w.yaml");
    CHECK(back->location.line == 7);
    CHECK(!back->sources.empty());
    CHECK(judge(assessment, Severity::high, false).failed);
  }
}

TEST_CASE("A waiver that matches nothing is reported, unless its rule did not run") {
  struct Row {
    const char* name;
    WaiverEntry waiver;
    bool unused;
  };
  WaiverEntry of_kind = entry("uid-used-twice", "*", "2027-01-31");
  of_kind.kind = Subject::Kind::state;
  WaiverEntry in_path = entry("uid-used-twice", "*", "2027-01-31");
  in_path.path = "*.xml";
  WaiverEntry in_its_path = entry("uid-used-twice", "*", "2027-01-31");
  in_its_path.path = "*.jar";
  const Row row = GENERATE_COPY(values<Row>({
      {"another subject", entry("uid-used-twice", "order", "2027-01-31"), true},
      {"another rule", entry("entry-class-missing", "*", "2027-01-31"), true},
      {"another kind", of_kind, true},
      {"another path", in_path, true},
      {"its path", in_its_path, false},
      {"one that has ended", entry("uid-used-twice", "order", "2020-01-31"), true},
      {"a rule that did not run", entry("state-incompatible", "*", "2027-01-31"), false},
      {"one that matches", entry("uid-used-twice", "*", "2027-01-31"), false},
  }));
  INFO(row.name);
  Assessment assessment = sample();
  apply_waivers({"w.yaml", {row.waiver}}, kToday, assessment);
  const auto found = std::ranges::find(assessment.findings, "waiver-unused", &Finding::rule);
  CHECK((found != assessment.findings.end()) == row.unused);
  CHECK(std::ranges::is_sorted(assessment.findings, std::ranges::greater{},
                               [](const Finding& f) { return f.waiver ? -1 : static_cast<int>(f.severity); }));
}

TEST_CASE("Of several waivers the first that holds counts, and none of them is unused") {
  Assessment assessment = sample();
  apply_waivers({"w.yaml",
                 {entry("uid-used-twice", "ord*", "2020-01-01"), entry("uid-used-twice", "*", "2027-01-31"),
                  entry("uid-used-twice", "orders", "2028-01-31")}},
                kToday, assessment);
  CHECK(assessment.findings.size() == 4);
  CHECK(assessment.findings.back().waiver->expires == "2027-01-31");
}

TEST_CASE("The waiver that --show-waivers prints, once filled in, covers its finding and no other") {
  const std::string name = GENERATE(values<std::string>(
      {"org.acme.A", "a*b?c\\d", "fraud-detector/recent-cart", "say \"cheese\": # {x}", "tab\there \x1b[2J line\nfeed",
       "invoice\xE2\x80\xAE"
       "fdp.exe",
       "caf\xE9 \xFF", "'single' & <script>", " leading and trailing ", "- x", "\xE7\x8A\xB6\xE6\x85\x8B"}));
  INFO(name);
  Assessment assessment;
  assessment.findings = {finding("uid-used-twice", Severity::high, name),
                         finding("uid-used-twice", Severity::high, name + "x"),
                         finding("uid-used-twice", Severity::high, "aXbYc\\d")};
  std::string text = "waivers:\n";
  for (std::string line : waiver_block(assessment.findings.front())) {
    if (line.starts_with("  reason: "))
      line = "  reason: filled in";
    if (line.starts_with("  approved_by: "))
      line = "  approved_by: M. Maier";
    if (line.starts_with("  expires: "))
      line = "  expires: never";
    // As the text report shows it.
    text += "      " + visible_text(line) + "\n";
  }
  INFO(text);
  const TemporaryFolder folder;
  apply_waivers(read_waiver_file(folder.write("w.yaml", text)), kToday, assessment);
  REQUIRE(assessment.findings.size() == 3);
  CHECK(std::ranges::count_if(assessment.findings, [](const Finding& f) { return f.waiver.has_value(); }) == 1);
  CHECK(assessment.findings.back().subject.name == name);
}
