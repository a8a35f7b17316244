#include "deployment/flink_settings.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

std::string list_text(const DeploymentValue& list, const SettingReader& reader) {
  std::string text;
  for (const DeploymentValue& item : list.children()) {
    if (!item.node().is_scalar())
      reader.fail(item, "a text; the value is a list of them");
    text += (text.empty() ? "" : ", ") + item.node().text;
  }
  return "[" + text + "]";
}

void read_nested(const DeploymentValue& mapping, const std::string& prefix, const SettingReader& reader) {
  for (const DeploymentValue& value : mapping.children()) {
    const std::string key = prefix.empty() ? value.name() : prefix + "." + value.name();
    if (value.node().is_mapping()) {
      read_nested(value, key, reader);
    } else if (value.node().is_sequence()) {
      const DocumentNode text{
          .kind = DocumentNode::Kind::scalar, .text = list_text(value, reader), .line = value.node().line};
      reader.add_configuration({text, value.pointer()}, key);
    } else {
      reader.add_configuration(value, key);
    }
  }
}

/// The last of these keys that is set, as a value that the reader can take.
class Configured {
 public:
  explicit Configured(const std::vector<ConfigurationSetting>& configuration) : configuration_(configuration) {}

  template <typename Take>
  void take(std::initializer_list<std::string_view> keys, const Take& set) const {
    for (const std::string_view key : keys)
      for (const ConfigurationSetting& setting : configuration_)
        if (setting.key == key && !setting.value.empty()) {
          const DocumentNode node{
              .kind = DocumentNode::Kind::scalar, .text = setting.value, .line = setting.place.line};
          set(DeploymentValue(node, setting.place.pointer, setting.key));
          return;
        }
  }

 private:
  const std::vector<ConfigurationSetting> configuration_;  // A copy: what is set may add to the deployment.
};

}  // namespace

void read_flink_configuration(const DeploymentValue& configuration, const SettingReader& reader) {
  if (!configuration.node().is_mapping())
    reader.fail(configuration, "keys of Flink's configuration");
  read_nested(configuration, "", reader);
}

void settle_configured_settings(const SettingReader& reader) {
  Deployment& deployment = reader.deployment();
  const Configured configured(deployment.configuration);
  if (!deployment.parallelism)
    configured.take({"parallelism.default"},
                    [&](const DeploymentValue& value) { reader.number(value, deployment.parallelism); });
  if (!deployment.allow_non_restored_state)
    configured.take({"execution.state-recovery.ignore-unclaimed-state", "execution.savepoint.ignore-unclaimed-state"},
                    [&](const DeploymentValue& value) { reader.boolean(value, deployment.allow_non_restored_state); });
  if (!deployment.snapshot_name)
    configured.take({"execution.state-recovery.path", "execution.savepoint.path"}, [&](const DeploymentValue& value) {
      reader.text(value, deployment.snapshot_name);
      if (!deployment.restore)
        deployment.restore = {RestoreSource::named_snapshot, value.place()};
    });
  if (!deployment.claim_mode)
    configured.take({"execution.state-recovery.claim-mode", "execution.savepoint-restore-mode"},
                    [&](const DeploymentValue& value) { reader.text(value, deployment.claim_mode); });
  if (deployment.claim_mode)  // Flink takes it in any case.
    std::ranges::transform(deployment.claim_mode->value, deployment.claim_mode->value.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (!deployment.target)
    configured.take({"execution.target"}, [&](const DeploymentValue& value) { reader.text(value, deployment.target); });
}

}  // namespace preflight
