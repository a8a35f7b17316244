#pragma once

#include <optional>
#include <string>
#include <vector>

#include "finding.h"
#include "flink_version.h"

namespace preflight {

/// A change of the format, the name or the identity of the state that a connector writes
/// (connector_state_formats.json).
struct ConnectorStateFormat {
  enum class Outcome {
    fails,        ///< The new release cannot read it: the job does not come to run.
    loses_state,  ///< The new release does not look for it, or takes it for empty.
    misreads,     ///< It starts, with wrong positions, or data twice or never.
    migrates,     ///< The new release reads the old form; not the other way round.
  };
  std::string id;
  std::vector<std::string> artifacts;  ///< "group:artifact", a trailing '*' for the Scala suffix.
  std::string
      written_from;  ///< The state of these releases of the connector, Maven versions; empty: from the first on,
  std::string written_until;  ///< both included; a connector that is another artifact afterwards has its last one here.
  std::vector<std::string> read_artifacts;  ///< What reads it; empty: the same artifacts.
  std::string read_from;                    ///< By these releases; empty: whichever.
  std::string read_until;                   ///< Included; empty: still so.
  std::vector<std::string> states;    ///< Names of the states that are meant, as a savepoint has them; empty: not said.
  std::vector<std::string> cured_by;  ///< Libraries with which the new application reads it all the same.
  bool states_are_its_own = false;    ///< Only what this row is about has states of these names.
  Outcome outcome = Outcome::fails;
  Severity severity = Severity::blocker;
  std::string title;
  std::string why;
  std::string remedy;
  std::string verified_by;
  std::vector<std::string> sources;
};

/// A release of Flink, a connector or a library with a defect that an upgrade meets (known_bugs.json).
struct KnownBug {
  std::string id;                      ///< "FLINK-35217"
  std::vector<std::string> artifacts;  ///< "group:artifact"; "flink" for the runtime itself.
  std::string from, until;             ///< Versions with the defect, both included; empty: from the first on, still so.
  std::string fixed_in;                ///< "1.18.2, 1.19.0"; empty where no release has the cure.
  bool of_the_writer = false;  ///< What the release wrote is wrong: the one that runs now counts, not the target.
  Severity severity = Severity::medium;
  std::string title;
  std::string why;
  std::string remedy;
  std::string verified_by;
  std::vector<std::string> sources;
};

}  // namespace preflight
