#include "connector_version.h"

#include "flink_version.h"
#include "known_library.h"
#include "maven/maven_version.h"

namespace preflight {

std::string_view own_version(std::string_view version) {
  if (const std::size_t flink_first = version.find('_'); flink_first != std::string_view::npos)
    return version.substr(flink_first + 1);
  const std::size_t dash = version.rfind('-');
  const bool flink_last = dash != std::string_view::npos && FlinkVersion::parse(version.substr(dash + 1));
  return flink_last ? version.substr(0, dash) : version;
}

bool is_release_within(std::string_view version, std::string_view first, std::string_view last) {
  const std::string_view own = own_version(version);
  return (first.empty() || compare_versions(own, first) >= 0) && (last.empty() || compare_versions(own, last) <= 0);
}

bool is_artifact(std::string_view pattern, std::string_view group, std::string_view artifact) {
  const std::size_t colon = pattern.find(':');
  if (colon == std::string_view::npos || pattern.substr(0, colon) != group)
    return false;
  const std::string_view name = pattern.substr(colon + 1);
  if (!name.ends_with("-*"))
    return artifact_matches(name, artifact);
  const std::string_view stem = name.substr(0, name.size() - 1);
  return artifact.size() > stem.size() && artifact.starts_with(stem) &&
         artifact.find_first_not_of("0123456789._", stem.size()) == std::string_view::npos;
}

}  // namespace preflight
