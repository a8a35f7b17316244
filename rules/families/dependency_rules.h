#pragma once

#include "rule.h"

namespace preflight {

// The application's libraries, from pom.xml and from what the JAR bundles.
Rule flink_dependency_version_mismatch();
Rule connector_without_release();
Rule connector_version_mismatch();
Rule artifact_retired();

}  // namespace preflight
