#pragma once

#include <compare>
#include <string>

namespace preflight {

/// Maven coordinates. `version` is empty where it is not known.
struct Coordinates {
  std::string group;
  std::string artifact;
  std::string version;

  auto operator<=>(const Coordinates&) const = default;

  /// group:artifact:version, without the last colon where there is no version.
  std::string text() const { return version.empty() ? group + ":" + artifact : group + ":" + artifact + ":" + version; }
};

}  // namespace preflight
