#include "connector_releases.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

bool is_for(const ConnectorRelease& release, const FlinkVersion& target) {
  return std::ranges::find(release.flink, target) != release.flink.end();
}

/// "1.15.*" matches "1.15.4".
bool version_matches(std::string_view pattern, std::string_view version) {
  if (!pattern.ends_with("*"))
    return pattern == version;
  return version.starts_with(pattern.substr(0, pattern.size() - 1));
}

/// The Flink release in the usual scheme <connector>-<flink>: 1.20 for "3.4.0-1.20".
std::optional<FlinkVersion> flink_suffix(std::string_view version) {
  const std::size_t dash = version.rfind('-');
  return dash == std::string_view::npos ? std::nullopt : FlinkVersion::parse(version.substr(dash + 1));
}

/// The table's row for a version; nullptr where there is none.
const ConnectorRelease* find_release(const Connector& connector, std::string_view version) {
  const auto row = std::ranges::find_if(
      connector.releases, [&](const ConnectorRelease& release) { return version_matches(release.version, version); });
  return row == connector.releases.end() ? nullptr : &*row;
}

}  // namespace

const ConnectorRelease* newest_release_for(const Connector& connector, const FlinkVersion& target) {
  for (auto release = connector.releases.rbegin(); release != connector.releases.rend(); ++release)
    if (is_for(*release, target))
      return &*release;
  return nullptr;
}

std::string newest_release_text(const Connector& connector) {
  if (connector.releases.empty())
    return "none";
  const ConnectorRelease& newest = connector.releases.back();
  std::string flink;
  for (const FlinkVersion& version : newest.flink)
    flink += (flink.empty() ? "" : ", ") + version.minor_text();
  return fmt::format("{} (Flink {})", newest.version, flink);
}

ConnectorFit connector_fit(const Connector& connector, std::string_view version, const FlinkVersion& target) {
  if (const ConnectorRelease* release = find_release(connector, version))
    return is_for(*release, target) ? ConnectorFit::fits : ConnectorFit::built_for_other;
  const auto suffix = flink_suffix(version);
  if (!suffix)
    return ConnectorFit::unknown;
  return *suffix == target ? ConnectorFit::fits : ConnectorFit::built_for_other;
}

bool built_for_other_major(const Connector& connector, std::string_view version, const FlinkVersion& target) {
  const auto other = [&](const FlinkVersion& flink) { return flink.major != target.major; };
  if (const ConnectorRelease* release = find_release(connector, version))
    return std::ranges::all_of(release->flink, other);
  if (const auto suffix = flink_suffix(version))
    return other(*suffix);
  return !connector.releases.empty() && std::ranges::all_of(connector.releases.back().flink, other);
}

}  // namespace preflight
