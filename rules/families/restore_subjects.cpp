#include "families/restore_subjects.h"

#include <fmt/format.h>

namespace preflight {

std::string name_of(const OperatorPrediction& prediction) {
  if (prediction.uid)
    return fmt::format("\"{}\"", *prediction.uid);
  if (prediction.name)
    return fmt::format("\"{}\" ({})", *prediction.name, prediction.id.hex());
  return prediction.id.hex();
}

Finding operator_finding(const char* rule, Severity severity, const OperatorPrediction& prediction,
                         const Facts& facts) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {.kind = Subject::Kind::operator_,
                     .name = prediction.uid.value_or(prediction.id.hex()),
                     .operator_id = prediction.id.hex(),
                     .uid = prediction.uid.value_or("")};
  finding.location = {.path = facts.restore.before.metadata_path.string()};
  return finding;
}

Finding state_finding(const char* rule, Severity severity, const OperatorPrediction& prediction,
                      const std::string& state, const Facts& facts) {
  Finding finding = operator_finding(rule, severity, prediction, facts);
  finding.subject.kind = Subject::Kind::state;
  finding.subject.state = state;
  return finding;
}

std::string list_of_states(const OperatorPrediction& prediction) {
  std::string text;
  for (const StatePrediction& state : prediction.states)
    if (state.outcome != StateOutcome::new_)
      text += fmt::format("{}\"{}\" ({})", text.empty() ? "" : ", ", state.name, to_string(state.kind));
  return text.empty() ? "state" : text;
}

}  // namespace preflight
