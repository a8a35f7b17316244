#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pom_edit.h"

namespace preflight {

/// How bad it is. blocker: the job will not start, or state is lost. high: likely failure or silently wrong results.
/// medium: needs a decision. low: clean-up. info: good to know.
enum class Severity { info, low, medium, high, blocker };
const char* to_string(Severity severity);
std::optional<Severity> severity_of(const std::string& text);

/// What a finding is about. `name` identifies it together with the kind; the rest is filled where it applies.
struct Subject {
  enum class Kind { runtime, dependency, class_, method, field, operator_, state, configuration, manifest };
  Kind kind = Kind::runtime;
  std::string name;
  std::string operator_id = {};
  std::string uid = {};
  std::string state = {};
  std::string class_name = {};
  std::string coordinates = {};
};
const char* to_string(Subject::Kind kind);

/// Where the evidence is. An empty path means that the finding has no place in a file (it is about the command line).
struct Location {
  std::string path;
  std::optional<int> line = std::nullopt;
  std::string entry = {};
};

/// A team's decision to live with a finding until a day. It takes the finding out of the gate, not out of the report.
struct Waiver {
  std::string reason;
  std::string approved_by;  ///< Empty where the waiver names nobody.
  std::string expires;      ///< YYYY-MM-DD, the last day on which it holds; empty where it has no end.
};

/// Whether an earlier report, the baseline of a run, has the finding already. none: there is no baseline.
enum class BaselineState { none, new_, unchanged };

/// One thing that the upgrade will trip over. Texts are whole sentences for someone who has not met the rule.
struct Finding {
  std::string rule;  ///< kebab-case ID of the rule
  Severity severity = Severity::info;
  std::string title;                       ///< One line: what is wrong, with the names that matter.
  std::string message;                     ///< Why that breaks, and the evidence.
  std::string remedy;                      ///< What to do.
  std::vector<std::string> evidence = {};  ///< Call sites, fields, lines: each a short text; the first few are shown.
  std::vector<std::string> sources = {};
  Subject subject;
  Location location = {};
  std::optional<Waiver> waiver = {};
  BaselineState baseline = BaselineState::none;
  std::vector<PomEdit> edits = {};    ///< What to write in the poms; with all of them made the finding is gone.
  std::string no_edits_because = {};  ///< Why a finding about a library has none.
};

/// 32 hex digits from the rule and the subject alone, so that it survives moved lines, renamed files and rewording.
std::string fingerprint(const Finding& finding);

}  // namespace preflight
