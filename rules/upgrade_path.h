#pragma once

#include <string>
#include <vector>

#include "upgrade.h"

namespace preflight {

/// Why a state of the source release cannot, or is not promised to, be taken to the target in one step.
struct PathObstacle {
  enum class Kind {
    downgrade,         ///< The target is older than the source.
    refused,           ///< The platform or the target refuses the pair of releases.
    metadata_too_new,  ///< The target does not know the metadata version that the source writes.
    unpromised,        ///< It may work; nobody promises it.
  };
  Kind kind = Kind::refused;
  std::string id;  ///< Of the table's row; empty where none decided.
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;

  bool certain_failure() const { return kind == Kind::refused || kind == Kind::metadata_too_new; }
};

/// All obstacles on the way from `upgrade.from` to `upgrade.to`; empty when the source release is not known.
/// A source that is known as a span of releases only counts where every release of the span is concerned.
std::vector<PathObstacle> path_obstacles(const Upgrade& upgrade);

}  // namespace preflight
