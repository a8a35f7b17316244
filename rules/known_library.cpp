#include "known_library.h"

#include <algorithm>

namespace preflight {

bool KnownLibrary::has_artifact(std::string_view of_group, std::string_view artifact) const {
  return std::ranges::any_of(artifacts, [&](const std::string& pattern) {
    const std::size_t colon = pattern.find(':');
    if (colon == std::string::npos)
      return of_group == group && artifact_matches(pattern, artifact);
    return of_group == std::string_view(pattern).substr(0, colon) &&
           artifact_matches(std::string_view(pattern).substr(colon + 1), artifact);
  });
}

std::string KnownLibrary::label() const {
  if (artifacts.empty())
    return group;
  std::string artifact = artifacts.front();
  if (artifact.ends_with("_*"))
    artifact.resize(artifact.size() - 2);
  return artifacts.size() == 1 || artifact == id ? group + ":" + artifact : group;
}

bool artifact_matches(std::string_view pattern, std::string_view artifact) {
  if (!pattern.ends_with("_*"))
    return pattern == artifact;
  const std::string_view stem = pattern.substr(0, pattern.size() - 1);
  return artifact.size() > stem.size() && artifact.starts_with(stem) &&
         artifact.find_first_not_of("0123456789.", stem.size()) == std::string_view::npos;
}

}  // namespace preflight
