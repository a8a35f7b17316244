#pragma once

#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

// What changes for whoever uses a connector, beside the form of its state (connector_state_format.h).

/// An option of a table that a connector's newer releases refuse (table_options.json).
struct TableOptionChange {
  std::string connector;               ///< Its identifier: the value of 'connector'.
  std::string option;                  ///< "stream"; a trailing '*' for all that start so.
  std::vector<std::string> artifacts;  ///< "group:artifact" of what has that connector.
  std::string since;                   ///< First release of these that refuses it.
  std::string new_option;              ///< Empty where there is none.
  Severity severity = Severity::blocker;
  std::string why;
  std::string remedy;
  std::string verified_by;
  std::vector<std::string> sources;
};

/// Something that a class does not do which its predecessor did (successor_gaps.json).
struct SuccessorGap {
  std::string id;
  std::vector<std::string> before;         ///< Classes that the job used.
  std::vector<std::string> before_states;  ///< Names of states that only these write.
  std::vector<std::string> after;          ///< Classes that it uses instead.
  std::vector<std::string> cured_by;       ///< Whoever uses one of these does the same by other means.
  Severity severity = Severity::medium;
  std::string title;
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

}  // namespace preflight
