#pragma once

#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

/// Whether one can go back to the release that runs now once the new one has started.
enum class RollbackVerdict {
  ready,       ///< The platform goes back by itself when the start fails, to a snapshot that the old release reads.
  by_hand,     ///< One can, with the commands below.
  lossy,       ///< One can, and loses what the new release did or what no snapshot holds.
  impossible,  ///< There is nothing to go back to.
  unknown,     ///< What was given does not tell.
};
const char* to_string(RollbackVerdict verdict);

/// The way back, as every report shows it in a section of its own.
struct RollbackReadiness {
  RollbackVerdict verdict = RollbackVerdict::unknown;
  std::string sentence;               ///< The answer, for the reader.
  std::string snapshot;               ///< From which one goes back; in words where it has no name yet.
  std::vector<std::string> steps;     ///< What to do, each a sentence.
  std::vector<std::string> commands;  ///< To be run, as they are.
  std::vector<std::string> loses;     ///< What is lost by going back, each a sentence.
  std::vector<std::string> missing;  ///< What would make the answer better: "automatic rollback is off", "no deployment
                                     ///< given (--deployment)".
  std::vector<Location> locations;   ///< Where the inputs show it.
  std::vector<std::string> sources;
};

}  // namespace preflight
