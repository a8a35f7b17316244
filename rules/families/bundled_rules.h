#pragma once

#include "rule.h"

namespace preflight {

// What the JAR packs beside the job's own code.
Rule flink_runtime_packed();
Rule library_in_two_versions();
Rule class_packed_twice();
Rule signature_left_in_jar();
Rule scala_versions_mixed();
Rule libraries_in_conflict();
Rule library_ended();
Rule kryo_version_mismatch();
Rule application_too_large();

}  // namespace preflight
