#include <fmt/format.h>

#include <array>

#include "html_sections.h"
#include "report_wording.h"
#include "rule.h"
#include "savepoint_wording.h"

namespace preflight {
namespace {

void write_unknowns(HtmlWriter& html, const std::vector<Unknown>& unknowns) {
  if (unknowns.empty())
    return;
  html.block("h3", "Could not be determined");
  const auto list = html.open("ul");
  for (const Unknown& unknown : unknowns) {
    const auto item = html.open("li");
    html.inline_element("strong", unknown.what);
    html.text(": " + unknown.reason);
  }
}

void write_skipped_rule(HtmlWriter& html, const std::string& id) {
  const auto item = html.open("li");
  if (const Rule* rule = find_rule(id))
    html.text(std::string(rule->title) + " ");
  html.name(id);
}

void write_skipped(HtmlWriter& html, const std::vector<SkippedRule>& skipped) {
  if (skipped.empty())
    return;
  html.block("h3", "Rules that did not run");
  const auto list = html.open("ul");
  for (const SkippedTogether& group : skipped_by_reason(skipped)) {
    const auto item = html.open("li");
    html.text(fmt::format("Because {}:", group.reason));
    const auto rules = html.open("ul");
    for (const std::string& rule : group.rules)
      write_skipped_rule(html, rule);
  }
}

void write_missing(HtmlWriter& html, const std::vector<MissingInput>& missing) {
  if (missing.empty())
    return;
  html.block("h3", "How to have more checked");
  html.block("p", "Run the check again and give it:");
  const auto list = html.open("dl", {{"class", "facts"}});
  for (const MissingInput& input : missing) {
    {
      const auto term = html.open("dt");
      html.name(input.option);
    }
    html.block("dd", input.tells);
  }
}

void write_input(HtmlWriter& html, const ReportInput& input) {
  const auto article = html.open("li");
  {
    const auto line = html.open("p", {{"class", "line"}});
    html.inline_element("strong", input.kind);
    html.text(" ");
    html.name(input.path == "-" ? "standard input" : input.path);
  }
  html.block("p", fmt::format("{}, {}", input.summary, size_text(input.bytes)));
  if (!input.sha256.empty()) {
    const auto line = html.open("p", {{"class", "kind"}});
    html.text("SHA-256 ");
    html.name(input.sha256);
  }
}

struct Word {
  const char* word;
  const char* meaning;
};

constexpr std::array<Word, 10> kGlossary{{
    {"blocker", "The job will not start, or state is lost."},
    {"high", "It will probably fail, or give wrong results without saying so."},
    {"medium", "Somebody has to decide."},
    {"low", "To be cleaned up at some time."},
    {"info", "Good to know."},
    {"operator", "A step of the Flink job, such as a window or a function. State belongs to operators."},
    {"uid", "The name that the application gives to an operator. Flink finds an operator's state by it."},
    {"savepoint", "A copy of all state of a running job, taken to start the job again from it."},
    {"serializer",
     "The code that turns a value into bytes and back. State can be restored only where the new job's "
     "serializer can read what the old one wrote."},
    {"allowNonRestoredState",
     "The setting that lets a job start although some state of the savepoint finds no "
     "operator; that state is then lost."},
}};

}  // namespace

void write_not_checked(HtmlWriter& html, const Report& report) {
  const auto section = html.open("section", {{"id", "not-checked"}, {"aria-labelledby", "not-checked-title"}});
  html.block("h2", "What was not checked", {{"id", "not-checked-title"}});
  const Assessment& assessment = report.assessment;
  const std::vector<MissingInput> missing = missing_inputs(report);
  if (assessment.unknowns.empty() && assessment.skipped.empty() && missing.empty())
    html.block("p", "Every rule ran, and nothing was left undetermined.");
  write_unknowns(html, assessment.unknowns);
  write_skipped(html, assessment.skipped);
  write_missing(html, missing);
}

void write_inputs(HtmlWriter& html, const Report& report) {
  const auto section = html.open("section", {{"id", "inputs"}, {"aria-labelledby", "inputs-title"}});
  html.block("h2", "What was read", {{"id", "inputs-title"}});
  const auto list = html.open("ul", {{"class", "inputs"}});
  for (const ReportInput& input : report.inputs)
    write_input(html, input);
}

void write_glossary(HtmlWriter& html) {
  const auto section = html.open("section", {{"id", "words"}, {"aria-labelledby", "words-title"}});
  html.block("h2", "Words used here", {{"id", "words-title"}});
  const auto list = html.open("dl", {{"class", "facts"}});
  for (const Word& word : kGlossary) {
    html.block("dt", word.word);
    html.block("dd", word.meaning);
  }
}

}  // namespace preflight
