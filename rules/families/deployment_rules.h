#pragma once

#include "rule.h"

namespace preflight {

// The releases that a deployment names, held against each other, the target and the application.

Rule deployment_runtime_mismatch();
Rule deployment_image_mismatch();
Rule deployments_disagree();

}  // namespace preflight
