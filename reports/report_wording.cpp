#include "report_wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

bool is_about_state(const Finding& finding) {
  return finding.subject.kind == Subject::Kind::state || finding.subject.kind == Subject::Kind::operator_;
}

/// True where nothing but lost state blocks the upgrade: the job will run.
bool only_state_is_lost(const Assessment& assessment) {
  return assessment.restore.outcome == RestoreOutcome::loses_state &&
         std::ranges::all_of(assessment.findings, [](const Finding& finding) {
           return finding.severity != Severity::blocker || is_about_state(finding);
         });
}

bool has_input(const Report& report, const char* kind) {
  return std::ranges::find(report.inputs, kind, &ReportInput::kind) != report.inputs.end();
}

}  // namespace

const char* verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "Pass";
    case Verdict::action_required:
      return "Action required";
    case Verdict::blocked:
      return "Blocked";
    case Verdict::unknown:
      return "Unknown";
  }
  return "Unknown";
}

const char* annotation_level(Severity severity, const char* lowest) {
  switch (severity) {
    case Severity::blocker:
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    case Severity::low:
    case Severity::info:
      break;
  }
  return lowest;
}

std::string verdict_sentence(const Report& report) {
  switch (report.assessment.verdict) {
    case Verdict::pass:
      return "nothing was found that stands in the way";
    case Verdict::action_required:
      return "something must be done first";
    case Verdict::blocked:
      return only_state_is_lost(report.assessment) ? "the job will start, but lose state" : "the upgrade will fail";
    case Verdict::unknown:
      break;
  }
  return "nothing was found, but not all that matters could be determined";
}

std::string upgrade_text(const Report& report) {
  const std::string releases = report.from ? fmt::format("Flink {} → {}", *report.from, report.to)
                                           : fmt::format("upgrade to Flink {}", report.to);
  return fmt::format("{} on {}", releases, platform_text(report.platform));
}

std::string platform_text(const std::string& platform) {
  if (platform == "msf")
    return "Amazon Managed Service for Apache Flink";
  if (platform == "kubernetes")
    return "Kubernetes";
  if (platform == "standalone")
    return "a self-managed cluster";
  return platform;
}

bool has_baseline(const Report& report) {
  return has_input(report, "baseline");
}

std::string counts_text(const Report& report) {
  const std::vector<Finding>& findings = report.assessment.findings;
  std::string text;
  const auto add = [&](const std::string& count) { text += (text.empty() ? "" : ", ") + count; };
  for (const Severity severity : {Severity::blocker, Severity::high, Severity::medium, Severity::low, Severity::info}) {
    const auto count = static_cast<std::size_t>(std::ranges::count_if(
        findings, [&](const Finding& finding) { return finding.severity == severity && !finding.waiver; }));
    if (count > 0)
      add(severity == Severity::blocker ? plural(count, "blocker") : fmt::format("{} {}", count, to_string(severity)));
  }
  if (const auto waived = std::ranges::count_if(findings, [](const Finding& finding) { return !!finding.waiver; });
      waived > 0)
    add(fmt::format("{} waived", waived));
  if (text.empty())
    text = "no findings";
  if (has_baseline(report))
    text +=
        fmt::format("; since the baseline {} new, {} unchanged, {} fixed",
                    std::ranges::count(findings, BaselineState::new_, &Finding::baseline),
                    std::ranges::count(findings, BaselineState::unchanged, &Finding::baseline), report.fixed.size());
  return text;
}

std::string plural(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

const char* restore_sentence(RestoreOutcome outcome) {
  switch (outcome) {
    case RestoreOutcome::restores:
      return "all of it comes back";
    case RestoreOutcome::fails:
      return "the job will not come to run from this savepoint";
    case RestoreOutcome::loses_state:
      return "the job starts, but some of it is lost";
    case RestoreOutcome::unknown:
      return "not all of it could be judged";
    case RestoreOutcome::not_applicable:
      break;
  }
  return "not checked, no savepoint was given";
}

const char* outcome_text(StateOutcome outcome) {
  switch (outcome) {
    case StateOutcome::as_is:
      return "restored as it is";
    case StateOutcome::after_migration:
      return "restored after migration";
    case StateOutcome::incompatible:
      return "cannot be read";
    case StateOutcome::dropped:
      return "not restored";
    case StateOutcome::new_:
      return "new, starts empty";
    case StateOutcome::unknown:
      break;
  }
  return "could not be judged";
}

const char* outcome_text(OperatorOutcome outcome) {
  switch (outcome) {
    case OperatorOutcome::restores:
      return "restores";
    case OperatorOutcome::dropped:
      return "loses its state";
    case OperatorOutcome::fails:
      return "fails";
    case OperatorOutcome::stateless:
      return "no state";
    case OperatorOutcome::unknown:
      break;
  }
  return "could not be judged";
}

bool is_new(const OperatorPrediction& prediction) {
  return prediction.match == OperatorMatch::added && prediction.outcome != OperatorOutcome::stateless;
}

const char* outcome_text(const OperatorPrediction& prediction) {
  return is_new(prediction) ? "new" : outcome_text(prediction.outcome);
}

std::string location_text(const Location& location) {
  std::string text = location.path;
  if (!location.entry.empty())
    text += "!" + location.entry;
  if (location.line)
    text += fmt::format(":{}", *location.line);
  return text;
}

std::string element_text(const PomEdit& edit, const std::string& text) {
  return fmt::format("<{0}>{1}</{0}>", edit.element, text);
}

std::string operator_text(const OperatorPrediction& prediction) {
  if (prediction.uid)
    return *prediction.uid;
  return prediction.name ? *prediction.name : prediction.id.hex();
}

std::string reasons_text(const ThingToDo& thing, const std::vector<Finding>& findings) {
  const std::string more = thing.findings.size() > 1 ? fmt::format(" (and {} more)", thing.findings.size() - 1) : "";
  return fmt::format("{}: {}{}", to_string(thing.severity), findings[thing.findings.front()].title, more);
}

std::vector<SkippedTogether> skipped_by_reason(const std::vector<SkippedRule>& skipped) {
  std::vector<SkippedTogether> groups;
  for (const SkippedRule& rule : skipped) {
    auto group = std::ranges::find(groups, rule.reason, &SkippedTogether::reason);
    if (group == groups.end())
      group = groups.insert(groups.end(), SkippedTogether{rule.reason, {}});
    group->rules.push_back(rule.rule);
  }
  return groups;
}

std::vector<MissingInput> missing_inputs(const Report& report) {
  std::vector<MissingInput> missing;
  if (!has_input(report, "application"))
    missing.push_back({"--app NEW.jar", "whether the new JAR will load, and which operators and state it has"});
  if (!has_input(report, "pom"))
    missing.push_back({"--pom pom.xml", "whether each dependency and connector has a release for the target"});
  if (!has_input(report, "savepoint"))
    missing.push_back({"--savepoint DIR", "whether the state of the running job will come back"});
  if (!report.from)
    missing.push_back({"--from VERSION", "which release runs now, and so what lies between it and the target"});
  return missing;
}

}  // namespace preflight
