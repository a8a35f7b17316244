#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "check_options.h"

namespace preflight {

/// An option of the command line that a deployment says instead.
struct AdoptedSetting {
  std::size_t deployment = 0;  ///< Index into Upgrade::deployments.
  std::string text;            ///< "--parallelism 8 (line 14)"; "--parallelism is left open: the deployments differ"
};

/// Fills what the command line leaves out with what the deployments say: platform, allowNonRestoredState, parallelism,
/// max parallelism, state backend, entry class, and, as Upgrade::from, the release that runs now. What is to be
/// deployed goes before what is there. Where deployments differ, nothing is taken.
std::vector<AdoptedSetting> adopt_deployment_settings(const CheckOptions& options, Upgrade& upgrade);

/// What a report says of a file of deployments: "FlinkDeployment orders, v1_20", and what was taken from it. `first`
/// and `count` tell which of Upgrade::deployments are the file's.
std::string summary_of_deployments(const Upgrade& upgrade, const std::vector<AdoptedSetting>& adopted,
                                   std::size_t first, std::size_t count);

}  // namespace preflight
