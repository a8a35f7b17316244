#pragma once

#include "rule.h"

namespace preflight {

// What the team's own code does that the platform refuses, overrides or answers differently.
Rule configuration_set_in_code();
Rule local_file_written();
Rule instance_metadata_read();
Rule process_ended();
Rule process_started();

}  // namespace preflight
