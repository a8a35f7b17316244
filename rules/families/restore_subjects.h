#pragma once

#include <string>

#include "rule.h"

namespace preflight {

/// The operator as titles name it: by uid, else by name and ID.
std::string name_of(const OperatorPrediction& prediction);

/// A finding about an operator, located in the savepoint, or in the running JAR where that stands for it.
Finding operator_finding(const char* rule, Severity severity, const OperatorPrediction& prediction, const Facts& facts);
/// A finding about one of its states.
Finding state_finding(const char* rule, Severity severity, const OperatorPrediction& prediction,
                      const std::string& state, const Facts& facts);

/// "\"count\" (keyed), \"buffer\" (operator-list)"
std::string list_of_states(const OperatorPrediction& prediction);

}  // namespace preflight
