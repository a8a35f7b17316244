#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace preflight {

/// Where in which file a value stands.
struct DeploymentPlace {
  int line = 0;         ///< One-based; 0 where the file has no lines, as a command line.
  std::string pointer;  ///< Keys and indices down to the value: "/spec/job/upgradeMode", "/0/ApplicationDetail".
};

/// A value that a deployment sets.
template <typename T>
struct Setting {
  T value;
  DeploymentPlace place;
};

/// What kind of file a deployment was read from; each is a format that a tool of its own writes.
enum class DeploymentKind {
  msf_application,             ///< describe-application (Managed Service for Apache Flink, API of 2018-05-23)
  msf_snapshots,               ///< describe-application-snapshot, list-application-snapshots
  msf_update,                  ///< The request of update-application.
  terraform_json,              ///< `terraform show -json` of a plan or a state, and .tf.json
  terraform_hcl,               ///< .tf
  terraform_variables,         ///< .tfvars, .tfvars.json
  cloudformation,              ///< A template, JSON or YAML; CDK writes such.
  kubernetes_application,      ///< FlinkDeployment
  kubernetes_session_job,      ///< FlinkSessionJob
  flink_configuration,         ///< config.yaml
  flink_legacy_configuration,  ///< flink-conf.yaml, with a parser of its own.
  flink_run,                   ///< The command line of `flink run` or `flink run-application`.
};
const char* to_string(DeploymentKind kind);

/// From what the start takes state: the ApplicationRestoreType of MSF, the upgradeMode of the Kubernetes operator.
enum class RestoreSource {
  nothing,            ///< SKIP_RESTORE_FROM_SNAPSHOT, stateless: state is dropped.
  latest_snapshot,    ///< RESTORE_FROM_LATEST_SNAPSHOT
  named_snapshot,     ///< RESTORE_FROM_CUSTOM_SNAPSHOT, initialSavepointPath, `flink run -s`
  savepoint,          ///< upgradeMode savepoint: one is taken for the upgrade.
  latest_checkpoint,  ///< upgradeMode last-state
};

const char* to_string(RestoreSource source);

/// A key of Flink's configuration as the deployment sets it. The value of a secret is never kept.
struct ConfigurationSetting {
  std::string key;    ///< Full, with dots, however the file nests it.
  std::string value;  ///< "******" where the key names a secret (GlobalConfiguration.isSensitive).
  DeploymentPlace place;
};

/// A property that the application reads, in a group (MSF's PropertyGroups).
struct RuntimeProperty {
  std::string group;
  std::string key;
  std::string value;  ///< "******" for a secret.
  DeploymentPlace place;
};

/// A snapshot that the platform keeps.
struct KeptSnapshot {
  std::string name;
  std::string status;                           ///< "READY"
  std::optional<std::string> created;           ///< As the file has it: ISO 8601, or seconds since 1970.
  std::optional<Setting<std::string>> runtime;  ///< "FLINK-1_20": the release that wrote it.
  DeploymentPlace place;
};

/// One application, as a file of its deployment describes it. What a file does not say is empty; what it says in a way
/// that only its tool can work out (a variable, a function of a template) is in `unknowns`.
struct Deployment {
  std::filesystem::path path;
  DeploymentKind kind = DeploymentKind::msf_application;
  std::string name;  ///< Of the application; empty where the file has none.
  DeploymentPlace place;
  std::optional<Setting<std::string>> runtime;  ///< As written: "FLINK-1_20", "v1_20".
  std::optional<Setting<std::string>> image;    ///< Container image.
  std::optional<Setting<std::string>> status;   ///< "RUNNING"
  std::optional<Setting<std::string>> code;     ///< Where the JAR is: "s3://bucket/key", a URI, a path.
  std::optional<Setting<std::string>> entry_class;
  std::optional<Setting<std::string>> target;  ///< Of `flink run -t`; "run-application" where it is that command.
  std::optional<Setting<RestoreSource>> restore;
  std::optional<Setting<std::string>> snapshot_name;  ///< Of RestoreSource::named_snapshot.
  std::optional<Setting<bool>> allow_non_restored_state;
  std::optional<Setting<bool>> snapshots_enabled;
  std::optional<Setting<bool>> automatic_rollback;
  std::optional<Setting<bool>> customer_managed_key;
  std::optional<Setting<int>> parallelism;
  std::optional<Setting<int>> parallelism_per_kpu;
  std::optional<Setting<bool>> auto_scaling;
  std::optional<Setting<bool>> checkpointing_enabled;
  std::optional<Setting<std::string>> claim_mode;  ///< "CLAIM", "NO_CLAIM", "LEGACY"
  std::vector<KeptSnapshot> snapshots;
  std::vector<ConfigurationSetting> configuration;  ///< In the order of the file.
  std::vector<RuntimeProperty> properties;
  std::vector<std::string> arguments;  ///< Of the main method; secrets are "******".
  std::vector<Setting<std::string>>
      unknowns;  ///< "`Parallelism` is a parameter of the template: its value is not known"
};

}  // namespace preflight
