#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "first_things.h"
#include "report.h"

namespace preflight {

// The sentences that every format for people shares, so that text, HTML and what comes after them say the same.

/// "Blocked", "Action required", "Pass", "Unknown".
const char* verdict_word(Verdict verdict);

/// How gravely a pipeline shows a finding: "error", "warning", and `lowest` for what is neither.
const char* annotation_level(Severity severity, const char* lowest);

/// What the verdict means for this upgrade, as the rest of a sentence: "the upgrade will fail".
std::string verdict_sentence(const Report& report);

/// "Flink 1.20 → 2.2 on Kubernetes"; without a known source release "upgrade to Flink 2.2 on Kubernetes".
std::string upgrade_text(const Report& report);

/// "Kubernetes" for "kubernetes"; a platform that is not known as it is.
std::string platform_text(const std::string& platform);

/// "2 blockers, 1 high, 3 waived; since the baseline 1 new, 4 unchanged, 2 fixed", gravest first; "no findings".
std::string counts_text(const Report& report);

/// Whether findings were held against an earlier report.
bool has_baseline(const Report& report);

/// "1 rule", "3 rules".
std::string plural(std::size_t count, const std::string& noun);

/// What Flink will do with the savepoint, as a short sentence without a full stop.
const char* restore_sentence(RestoreOutcome outcome);

/// An outcome for a reader who does not know the JSON's words: "restored as it is", "will be lost".
const char* outcome_text(StateOutcome outcome);
const char* outcome_text(OperatorOutcome outcome);
/// Whether the new job adds it, with state that starts empty.
bool is_new(const OperatorPrediction& prediction);
/// As of its outcome; "new" of a new one.
const char* outcome_text(const OperatorPrediction& prediction);

/// "pom.xml:37", "app.jar!com/example/Main.class"; empty where the finding has no place in a file.
std::string location_text(const Location& location);

/// An element of a pom with that text: "<flink.version>2.2.0</flink.version>".
std::string element_text(const PomEdit& edit, const std::string& text);

/// The name by which people know an operator: its uid, else its name, else its ID.
std::string operator_text(const OperatorPrediction& prediction);

/// Why a thing is to be done: "blocker: Class X is gone (and 2 more)".
std::string reasons_text(const ThingToDo& thing, const std::vector<Finding>& findings);

/// The skipped rules that share a reason, in the order in which the reasons first appear.
struct SkippedTogether {
  std::string reason;
  std::vector<std::string> rules;
};
std::vector<SkippedTogether> skipped_by_reason(const std::vector<SkippedRule>& skipped);

/// An input that was not given, what it would tell, and the option that gives it.
struct MissingInput {
  const char* option;
  const char* tells;
};
std::vector<MissingInput> missing_inputs(const Report& report);

}  // namespace preflight
