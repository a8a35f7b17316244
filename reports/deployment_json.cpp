#include "deployment_listing.h"
#include "json_writer.h"

namespace preflight {
namespace {

const char* kind_name(DeploymentKind kind) {
  switch (kind) {
    case DeploymentKind::msf_application:
      return "msf-application";
    case DeploymentKind::msf_snapshots:
      return "msf-snapshots";
    case DeploymentKind::msf_update:
      return "msf-update";
    case DeploymentKind::terraform_json:
      return "terraform-json";
    case DeploymentKind::terraform_hcl:
      return "terraform-configuration";
    case DeploymentKind::terraform_variables:
      return "terraform-variables";
    case DeploymentKind::cloudformation:
      return "cloudformation";
    case DeploymentKind::kubernetes_application:
      return "flink-deployment";
    case DeploymentKind::kubernetes_session_job:
      return "flink-session-job";
    case DeploymentKind::flink_configuration:
      return "flink-configuration";
    case DeploymentKind::flink_legacy_configuration:
      return "flink-legacy-configuration";
    case DeploymentKind::flink_run:
      return "flink-run";
  }
  return "";
}

void write_place(JsonWriter& json, const DeploymentPlace& place) {
  if (place.line > 0)
    json.field("line", place.line);
  else
    json.null_field("line");
  json.field("pointer", place.pointer);
}

void write_value(JsonWriter& json, RestoreSource source) {
  json.field("value", to_string(source));
}
template <typename T>
void write_value(JsonWriter& json, const T& value) {
  json.field("value", value);
}

/// Null where the deployment does not say it.
template <typename T>
void write_setting(JsonWriter& json, const char* name, const std::optional<Setting<T>>& setting) {
  if (!setting) {
    json.null_field(name);
    return;
  }
  json.begin_object(name);
  write_value(json, setting->value);
  write_place(json, setting->place);
  json.end_object();
}

void write_settings(JsonWriter& json, const Deployment& deployment) {
  json.begin_object("settings");
  write_setting(json, "runtime", deployment.runtime);
  write_setting(json, "status", deployment.status);
  write_setting(json, "image", deployment.image);
  write_setting(json, "code", deployment.code);
  write_setting(json, "entry_class", deployment.entry_class);
  write_setting(json, "target", deployment.target);
  write_setting(json, "restore", deployment.restore);
  write_setting(json, "snapshot_name", deployment.snapshot_name);
  write_setting(json, "claim_mode", deployment.claim_mode);
  write_setting(json, "allow_non_restored_state", deployment.allow_non_restored_state);
  write_setting(json, "snapshots_enabled", deployment.snapshots_enabled);
  write_setting(json, "automatic_rollback", deployment.automatic_rollback);
  write_setting(json, "checkpointing_enabled", deployment.checkpointing_enabled);
  write_setting(json, "parallelism", deployment.parallelism);
  write_setting(json, "parallelism_per_kpu", deployment.parallelism_per_kpu);
  write_setting(json, "auto_scaling", deployment.auto_scaling);
  write_setting(json, "customer_managed_key", deployment.customer_managed_key);
  json.end_object();
}

void write_snapshots(JsonWriter& json, const Deployment& deployment) {
  json.begin_array("snapshots");
  for (const KeptSnapshot& snapshot : deployment.snapshots) {
    json.begin_object();
    json.field("name", snapshot.name);
    json.field_or_null("status", snapshot.status);
    json.field("created", snapshot.created);
    json.field_or_null("runtime", snapshot.runtime ? snapshot.runtime->value : "");
    write_place(json, snapshot.place);
    json.end_object();
  }
  json.end_array();
}

void write_pairs(JsonWriter& json, const Deployment& deployment) {
  json.begin_array("configuration");
  for (const ConfigurationSetting& setting : deployment.configuration) {
    json.begin_object();
    json.field("key", setting.key);
    json.field("value", setting.value);
    write_place(json, setting.place);
    json.end_object();
  }
  json.end_array();
  json.begin_array("properties");
  for (const RuntimeProperty& property : deployment.properties) {
    json.begin_object();
    json.field("group", property.group);
    json.field("key", property.key);
    json.field("value", property.value);
    write_place(json, property.place);
    json.end_object();
  }
  json.end_array();
  json.field("arguments", deployment.arguments);
}

void write_deployment(JsonWriter& json, const Deployment& deployment) {
  json.begin_object();
  json.field("path", deployment.path.string());
  json.field("kind", kind_name(deployment.kind));
  json.field_or_null("name", deployment.name);
  write_place(json, deployment.place);
  write_settings(json, deployment);
  write_snapshots(json, deployment);
  write_pairs(json, deployment);
  json.begin_array("unknowns");
  for (const Setting<std::string>& unknown : deployment.unknowns) {
    json.begin_object();
    json.field("what", unknown.value);
    write_place(json, unknown.place);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

void write_deployment_json(const std::vector<Deployment>& deployments, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  json.begin_array("deployments");
  for (const Deployment& deployment : deployments)
    write_deployment(json, deployment);
  json.end_array();
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
