#include <algorithm>
#include <string_view>

#include "families/application_rules.h"
#include "families/bundled_rules.h"
#include "families/configuration_rules.h"
#include "families/connector_change_rules.h"
#include "families/connector_state_rules.h"
#include "families/dependency_rules.h"
#include "families/deployment_restore_rules.h"
#include "families/deployment_rules.h"
#include "families/deployment_setting_rules.h"
#include "families/deployment_snapshot_rules.h"
#include "families/known_bug_rules.h"
#include "families/linkage_rules.h"
#include "families/plan_rules.h"
#include "families/platform_rules.h"
#include "families/property_rules.h"
#include "families/python_rules.h"
#include "families/restore_rules.h"
#include "families/runtime_rules.h"
#include "families/state_rules.h"
#include "families/waiver_rules.h"
#include "rule.h"

namespace preflight {

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = {
      // The path from release to release.
      target_runtime_unknown(),
      target_runtime_out_of_support(),
      runtime_downgrade(),
      upgrade_path_refused(),
      upgrade_path_unpromised(),
      // The restore of the savepoint.
      operator_not_in_application(),
      kryo_state_across_major(),
      serializer_snapshot_removed(),
      parallelism_above_max(),
      max_parallelism_changed(),
      operator_without_uid(),
      uid_used_twice(),
      state_incompatible(),
      state_not_registered(),
      field_lost_in_migration(),
      non_restored_state_allowed(),
      connector_state_format_changed(),
      known_bug_met(),
      successor_does_less(),
      // The start of the application.
      sql_plan_refused(),
      table_option_refused(),
      entry_class_missing(),
      class_file_too_new(),
      preview_class_file(),
      // Its linkage.
      removed_class_referenced(),
      class_not_on_class_path(),
      missing_method_referenced(),
      missing_field_referenced(),
      incompatible_class_change(),
      method_not_implemented(),
      override_never_called(),
      bundled_code_does_not_link(),
      deprecated_api_used(),
      internal_api_used(),
      // What it declares and what it packs.
      connector_without_release(),
      connector_version_mismatch(),
      artifact_retired(),
      flink_dependency_version_mismatch(),
      flink_runtime_packed(),
      library_in_two_versions(),
      class_packed_twice(),
      signature_left_in_jar(),
      scala_versions_mixed(),
      libraries_in_conflict(),
      library_ended(),
      kryo_version_mismatch(),
      pyflink_version_mismatch(),
      python_release_unsupported(),
      application_too_large(),
      // What it asks of the platform.
      configuration_set_in_code(),
      local_file_written(),
      instance_metadata_read(),
      process_ended(),
      process_started(),
      // How it is deployed.
      deployment_runtime_mismatch(),
      deployment_image_mismatch(),
      runtime_not_upgradable(),
      encryption_key_refused(),
      quota_exceeded(),
      submission_command_removed(),
      restore_drops_state(),
      deployment_without_snapshots(),
      snapshot_not_usable(),
      older_snapshot_restored(),
      snapshot_older_than_retention(),
      last_state_across_releases(),
      unaligned_checkpoint_restored(),
      last_state_ignores_flag(),
      restore_source_not_configured(),
      state_backend_changed(),
      checkpointing_off(),
      automatic_rollback_off(),
      claim_mode_legacy(),
      deployments_disagree(),
      property_group_not_read(),
      python_run_option_refused(),
      configuration_file_not_read(),
      configuration_key_refused(),
      configuration_key_removed(),
      configuration_key_renamed(),
      configuration_default_changed(),
      // The gate.
      waiver_expired(),
      waiver_unused(),
  };
  return rules;
}

const Rule* find_rule(const std::string& id) {
  const auto rules = all_rules();
  const auto rule = std::ranges::find(rules, std::string_view(id),
                                      [](const Rule& candidate) { return std::string_view(candidate.id); });
  return rule == rules.end() ? nullptr : &*rule;
}

}  // namespace preflight
