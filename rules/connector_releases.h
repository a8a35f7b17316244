#pragma once

#include <string>
#include <string_view>

#include "compatibility_table.h"

namespace preflight {

/// The newest release of a connector that is meant for a Flink release; nullptr where there is none.
const ConnectorRelease* newest_release_for(const Connector& connector, const FlinkVersion& target);

/// The newest release of all, and the Flink releases it is for, as text: "3.0.1-1.17 (Flink 1.16, 1.17)".
std::string newest_release_text(const Connector& connector);

/// Whether one version of a connector is meant for a Flink release.
enum class ConnectorFit {
  fits,
  built_for_other,  ///< The table, or the -x.y suffix of the version, names other Flink releases.
  unknown,          ///< Neither the table nor the version says.
};
ConnectorFit connector_fit(const Connector& connector, std::string_view version, const FlinkVersion& target);

/// True when one version of a connector was built for another major release of Flink than the target, whose API it then
/// cannot link against. An unknown version counts by the newest release.
bool built_for_other_major(const Connector& connector, std::string_view version, const FlinkVersion& target);

}  // namespace preflight
