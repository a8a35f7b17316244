#include "restore/outcomes.h"

namespace preflight {

const char* to_string(StateOutcome outcome) {
  switch (outcome) {
    case StateOutcome::as_is:
      return "as-is";
    case StateOutcome::after_migration:
      return "after-migration";
    case StateOutcome::incompatible:
      return "incompatible";
    case StateOutcome::dropped:
      return "dropped";
    case StateOutcome::new_:
      return "new";
    case StateOutcome::unknown:
      return "unknown";
  }
  return "unknown";
}

const char* to_string(OperatorOutcome outcome) {
  switch (outcome) {
    case OperatorOutcome::restores:
      return "restores";
    case OperatorOutcome::dropped:
      return "dropped";
    case OperatorOutcome::fails:
      return "fails";
    case OperatorOutcome::unknown:
      return "unknown";
    case OperatorOutcome::stateless:
      return "stateless";
  }
  return "unknown";
}

const char* to_string(RestoreOutcome outcome) {
  switch (outcome) {
    case RestoreOutcome::restores:
      return "restores";
    case RestoreOutcome::fails:
      return "fails";
    case RestoreOutcome::loses_state:
      return "loses-state";
    case RestoreOutcome::unknown:
      return "unknown";
    case RestoreOutcome::not_applicable:
      return "not-applicable";
  }
  return "unknown";
}

}  // namespace preflight
