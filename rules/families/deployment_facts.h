#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deployment/deployment.h"
#include "finding.h"
#include "rule.h"

namespace preflight {

// What the rules about deployments share.

/// Whether the file says what will be deployed; one that tells a status was written by the platform, and describes what
/// runs now.
bool is_planned(const Deployment& deployment);

/// "application \"orders\"", or the kind of the file where it names none.
std::string named(const Deployment& deployment);

/// A setting of a deployment by the name that rows of deployment_settings.json have for it.
struct NamedSetting {
  std::string_view name;
  std::string value;          ///< "on", "off"; "nothing", "latest-snapshot"; or as the file has it.
  std::optional<int> number;  ///< Of a number.
  DeploymentPlace place;
};
/// Those that the file sets: runtime, target, restore, claim-mode, snapshots, automatic-rollback, checkpointing,
/// customer-managed-key, auto-scaling, allow-non-restored-state, parallelism, parallelism-per-kpu, kpus (what the two
/// before come to), file (of a configuration file its name).
std::vector<NamedSetting> settings_of(const Deployment& deployment);

/// The setting of a key of Flink's configuration, or of an old key that the table says is still read for it; nullptr
/// where neither is set. The last one counts, as in Flink.
const ConfigurationSetting* configured(const Deployment& deployment, const CompatibilityTable& table,
                                       std::string_view key);

/// The application's name where the deployments are of one and it can stand in a shell command as it is; otherwise
/// "NAME", for the reader to fill in. So is that of a snapshot to start from; empty where none is named.
std::string name_for_commands(const Upgrade& upgrade);
std::string snapshot_for_commands(const Upgrade& upgrade);

/// A finding about a setting of a deployment, with file, line and the pointer as its evidence; title, message and
/// remedy are left to the rule.
Finding deployment_finding(const char* rule, Severity severity, const Deployment& deployment, std::string_view setting,
                           const DeploymentPlace& place);

/// Where the application's own code asks for exactly-once delivery, which commits transactions at checkpoints.
std::vector<std::string> exactly_once_uses(const Facts& facts);

}  // namespace preflight
