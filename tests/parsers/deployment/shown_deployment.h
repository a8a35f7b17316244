#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deployment/deployment.h"

namespace preflight::test {

/// Every field of a deployment that is set, one a line: "runtime=FLINK-1_20 @6 /ApplicationDetail/RuntimeEnvironment".
std::vector<std::string> shown(const Deployment& deployment);

/// What parse_deployments() says of a text: the lines of all deployments, or the message of its error.
std::string shown(std::string_view text, const std::string& name);

/// The text of a file in fixtures/deployments.
std::string deployment_fixture(const std::string& name);

}  // namespace preflight::test
