#pragma once

#include "rule.h"

namespace preflight {

// Settings of a deployment that a platform or a release refuses, ignores, or that stand in the way of an upgrade: each
// is a row of deployment_settings.json.

Rule deployment_without_snapshots();
Rule automatic_rollback_off();
Rule checkpointing_off();
Rule restore_drops_state();
Rule encryption_key_refused();
Rule quota_exceeded();
Rule claim_mode_legacy();
Rule submission_command_removed();
Rule configuration_file_not_read();
Rule runtime_not_upgradable();

}  // namespace preflight
