#include "families/deployment_facts.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

class Settings {
 public:
  void add(std::string_view name, const std::optional<Setting<std::string>>& setting) {
    if (setting)
      all.push_back({name, setting->value, std::nullopt, setting->place});
  }
  void add(std::string_view name, const std::optional<Setting<bool>>& setting) {
    if (setting)
      all.push_back({name, setting->value ? "on" : "off", std::nullopt, setting->place});
  }
  void add(std::string_view name, const std::optional<Setting<int>>& setting) {
    if (setting)
      all.push_back({name, fmt::format("{}", setting->value), setting->value, setting->place});
  }

  std::vector<NamedSetting> all;
};

/// A KPU runs `parallelism_per_kpu` tasks, one where the file does not say.
std::optional<Setting<int>> kpus(const Deployment& deployment) {
  if (!deployment.parallelism || deployment.parallelism->value < 1)
    return std::nullopt;
  const int each = deployment.parallelism_per_kpu ? std::max(1, deployment.parallelism_per_kpu->value) : 1;
  const int parallelism = deployment.parallelism->value;
  return Setting<int>{parallelism / each + (parallelism % each != 0 ? 1 : 0), deployment.parallelism->place};
}

bool is_plain(std::string_view name) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
  return !name.empty() && !name.starts_with('-') && name.find_first_not_of(kPlain) == std::string_view::npos;
}

bool asks_for_exactly_once(const SymbolUse& use) {
  return use.kind == SymbolUse::Kind::get_static && use.name == "EXACTLY_ONCE" &&
         (use.owner == "org.apache.flink.connector.base.DeliveryGuarantee" ||
          use.owner == "org.apache.flink.streaming.connectors.kafka.FlinkKafkaProducer$Semantic");
}

}  // namespace

bool is_planned(const Deployment& deployment) {
  return deployment.kind != DeploymentKind::msf_application && deployment.kind != DeploymentKind::msf_snapshots &&
         !deployment.status;
}

std::string named(const Deployment& deployment) {
  return deployment.name.empty() ? fmt::format("the {}", to_string(deployment.kind))
                                 : fmt::format("application \"{}\"", deployment.name);
}

std::vector<NamedSetting> settings_of(const Deployment& deployment) {
  Settings settings;
  settings.add("runtime", deployment.runtime);
  settings.add("target", deployment.target);
  if (deployment.restore)
    settings.all.push_back({"restore", to_string(deployment.restore->value), std::nullopt, deployment.restore->place});
  settings.add("claim-mode", deployment.claim_mode);
  settings.add("snapshots", deployment.snapshots_enabled);
  settings.add("automatic-rollback", deployment.automatic_rollback);
  settings.add("checkpointing", deployment.checkpointing_enabled);
  settings.add("customer-managed-key", deployment.customer_managed_key);
  settings.add("auto-scaling", deployment.auto_scaling);
  settings.add("allow-non-restored-state", deployment.allow_non_restored_state);
  settings.add("parallelism", deployment.parallelism);
  settings.add("parallelism-per-kpu", deployment.parallelism_per_kpu);
  settings.add("kpus", kpus(deployment));
  if (deployment.kind == DeploymentKind::flink_legacy_configuration)
    settings.all.push_back({"file", "flink-conf.yaml", std::nullopt, deployment.place});
  if (deployment.kind == DeploymentKind::flink_configuration)
    settings.all.push_back({"file", "config.yaml", std::nullopt, deployment.place});
  return std::move(settings.all);
}

const ConfigurationSetting* configured(const Deployment& deployment, const CompatibilityTable& table,
                                       std::string_view key) {
  const auto means = [&](const std::string& set) {
    return set == key || std::ranges::any_of(table.configuration_keys, [&](const ConfigurationKey& row) {
             return row.change == ConfigurationKey::Change::renamed && row.new_key == key && row.key == set;
           });
  };
  // The key itself wins over its older names.
  const ConfigurationSetting* found = nullptr;
  for (const ConfigurationSetting& setting : deployment.configuration)
    if (means(setting.key) && (found == nullptr || setting.key == key || found->key != key))
      found = &setting;
  return found;
}

std::string name_for_commands(const Upgrade& upgrade) {
  std::string name;
  for (const Deployment& deployment : upgrade.deployments) {
    if (deployment.name.empty())
      continue;
    if (!is_plain(deployment.name) || (!name.empty() && name != deployment.name))
      return "NAME";
    name = deployment.name;
  }
  return name.empty() ? "NAME" : name;
}

std::string snapshot_for_commands(const Upgrade& upgrade) {
  for (const Deployment& deployment : upgrade.deployments)
    if (deployment.snapshot_name && is_plain(deployment.snapshot_name->value))
      return deployment.snapshot_name->value;
  return {};
}

Finding deployment_finding(const char* rule, Severity severity, const Deployment& deployment, std::string_view setting,
                           const DeploymentPlace& place) {
  const std::string of = deployment.name.empty() ? to_string(deployment.kind) : deployment.name;
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {.kind = Subject::Kind::configuration, .name = fmt::format("{}/{}", of, setting)};
  finding.location = {.path = deployment.path.string()};
  if (place.line > 0)
    finding.location.line = place.line;
  if (!place.pointer.empty())
    finding.evidence.push_back(fmt::format("{} in {}", place.pointer, deployment.path.string()));
  return finding;
}

std::vector<std::string> exactly_once_uses(const Facts& facts) {
  std::vector<std::string> uses;
  for (const LinkedClass& linked : facts.upgrade.linked_classes) {
    if (facts.origins.of[linked.index] != ClassOrigin::application)
      continue;
    for (const SymbolUse& use : linked.uses)
      if (asks_for_exactly_once(use))
        uses.push_back(fmt::format("{}.{} ({}:{}) asks for EXACTLY_ONCE",
                                   facts.upgrade.application->classes[linked.index].name, use.method,
                                   linked.source_file, use.line));
  }
  return uses;
}

}  // namespace preflight
