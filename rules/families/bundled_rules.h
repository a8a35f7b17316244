#pragma once

#include "rule.h"

namespace preflight {

// How the JAR is packed.
Rule flink_runtime_packed();
Rule library_in_two_versions();
Rule class_packed_twice();
Rule signature_left_in_jar();
Rule application_too_large();

// Libraries that do not go with each other, with the target, or with the times.
Rule scala_versions_mixed();
Rule libraries_in_conflict();
Rule library_ended();
Rule kryo_version_mismatch();

}  // namespace preflight
