#include "families/configuration_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "families/deployment_facts.h"
#include "subject_pattern.h"

namespace preflight {
namespace {

using Change = ConfigurationKey::Change;

bool holds(const ConfigurationKey& row, const Upgrade& upgrade) {
  return row.since <= upgrade.to && (!row.platform || *row.platform == upgrade.platform);
}

/// The key of a row, and the value that it is about; empty where it is about the key whatever its value.
struct KeyAndValue {
  std::string_view key;
  std::string_view value;
};

KeyAndValue subject_of(const ConfigurationKey& row) {
  const std::string_view text = row.key;
  const std::size_t sign = text.find('=');
  return {text.substr(0, sign), sign == std::string_view::npos ? "" : text.substr(sign + 1)};
}

bool is_about(const ConfigurationKey& row, const ConfigurationSetting& setting) {
  const auto [key, value] = subject_of(row);
  // Within a key "*" is one part of it, at its end all that follow.
  const bool same_depth = key.ends_with('*') || std::ranges::count(key, '.') == std::ranges::count(setting.key, '.');
  return same_depth && matches_pattern(key, setting.key) && (value.empty() || matches_pattern(value, setting.value));
}

/// What became of the key last: one that was renamed may be gone by now. A row about its value, or one that names the
/// key in full, says more than one for many.
const ConfigurationKey* row_for(const ConfigurationSetting& setting, const Upgrade& upgrade) {
  const auto says_more = [](const ConfigurationKey& row, const ConfigurationKey& than) {
    const auto detail = [](const ConfigurationKey& one) {
      return std::tuple(one.change == Change::refused, !subject_of(one).value.empty(),
                        subject_of(one).key.find('*') == std::string_view::npos);
    };
    return detail(row) != detail(than) ? detail(row) > detail(than) : than.since < row.since;
  };
  const ConfigurationKey* found = nullptr;
  for (const ConfigurationKey& row : upgrade.table->configuration_keys)
    if (row.change != Change::default_changed && holds(row, upgrade) && is_about(row, setting) &&
        (found == nullptr || says_more(row, *found)))
      found = &row;
  return found;
}

/// "state.backend", "state.backend with "filesystem"", "env.java.opts with such a value"
std::string what_is_set(const ConfigurationKey& row, const ConfigurationSetting& setting) {
  const std::string_view value = subject_of(row).value;
  if (value.empty())
    return setting.key;
  return value.find('*') == std::string_view::npos ? fmt::format("{} with \"{}\"", setting.key, value)
                                                   : fmt::format("{} with such a value", setting.key);
}

std::string title_of(const ConfigurationKey& row, const ConfigurationSetting& setting) {
  const std::string what = what_is_set(row, setting);
  const std::string since = row.since.minor_text();
  switch (row.change) {
    case Change::renamed:
      return fmt::format("{} is called {} since Flink {}", what, row.new_key, since);
    case Change::refused:
      return row.platform ? fmt::format("{} is not for a job of the managed service to set", what)
                          : fmt::format("{} is refused since Flink {}", what, since);
    case Change::removed:
    case Change::default_changed:
      break;
  }
  return subject_of(row).value.empty() ? fmt::format("{} is read no more since Flink {}", what, since)
                                       : fmt::format("{} does not work since Flink {}", what, since);
}

std::vector<std::string> sources_of(const ConfigurationKey& row) {
  std::vector<std::string> sources = row.sources;
  if (!row.verified_by.empty())
    sources.push_back(row.verified_by);
  return sources;
}

RuleResult check_keys(const char* rule, Change change, const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments)
    for (const ConfigurationSetting& setting : deployment.configuration) {
      const ConfigurationKey* row = row_for(setting, facts.upgrade);
      if (row == nullptr || row->change != change)
        continue;
      Finding finding = deployment_finding(rule, row->severity, deployment, setting.key, setting.place);
      finding.title = title_of(*row, setting);
      finding.message = row->why;
      finding.remedy = row->remedy;
      finding.evidence.insert(finding.evidence.begin(), fmt::format("{}: {}", setting.key, setting.value));
      finding.sources = sources_of(*row);
      result.findings.push_back(std::move(finding));
    }
  return result;
}

/// A file that holds Flink's whole configuration, so that what it leaves out has its default.
bool holds_defaults(const Deployment& deployment) {
  using enum DeploymentKind;
  return deployment.kind == flink_configuration || deployment.kind == flink_legacy_configuration ||
         deployment.kind == kubernetes_application;
}

/// Whether the release that runs now is surely from before the change.
bool crosses(const ConfigurationKey& row, const Upgrade& upgrade) {
  return row.change == Change::default_changed && holds(row, upgrade) && upgrade.from->highest < row.since;
}

/// The key as the running release calls it, or as the target does.
bool is_set(const Deployment& deployment, const CompatibilityTable& table, const std::string& key) {
  if (configured(deployment, table, key) != nullptr)
    return true;
  return std::ranges::any_of(table.configuration_keys, [&](const ConfigurationKey& row) {
    return row.change == Change::renamed && row.key == key && configured(deployment, table, row.new_key) != nullptr;
  });
}

RuleResult check_configuration_default_changed(const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    if (!holds_defaults(deployment))
      continue;
    for (const ConfigurationKey& row : facts.upgrade.table->configuration_keys) {
      if (!crosses(row, facts.upgrade) || is_set(deployment, *facts.upgrade.table, row.key))
        continue;
      Finding finding =
          deployment_finding("configuration-default-changed", row.severity, deployment, row.key, deployment.place);
      finding.title = fmt::format("The default of {} changed with Flink {}", row.key, row.since.minor_text());
      finding.message = fmt::format("The configuration does not set it: {} becomes {}. {}", row.old_default,
                                    row.new_default, row.why);
      finding.remedy = row.remedy;
      finding.sources = sources_of(row);
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

}  // namespace

Rule configuration_key_removed() {
  return {
      .id = "configuration-key-removed",
      .severity = Severity::high,
      .title = "The configuration sets a key that the target does not read",
      .rationale = "Flink passes over keys that it does not know: what they were set for stops, and nothing says so.",
      .remedy = "Set what took the key's place, or drop it.",
      .sources = {"rules/table/configuration_keys.json"},
      .fires = "config.yaml sets security.ssl.enabled: true, and the target is Flink 2.2.",
      .does_not_fire = "The target is Flink 1.20, which reads the key.",
      .needs = {.deployment = true},
      .check = [](const Facts& facts) { return check_keys("configuration-key-removed", Change::removed, facts); }};
}

Rule configuration_key_renamed() {
  return {.id = "configuration-key-renamed",
          .severity = Severity::medium,
          .title = "The configuration sets a key by its old name",
          .rationale = "The old name is still read, but not for good, and where both are set the new one wins.",
          .remedy = "Write the new name.",
          .sources = {"rules/table/configuration_keys.json"},
          .fires = "config.yaml sets state.backend: rocksdb, and the target is Flink 1.20.",
          .does_not_fire = "It sets state.backend.type: rocksdb; or the target is Flink 1.16, which has no such key.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_keys("configuration-key-renamed", Change::renamed, facts); }};
}

Rule configuration_key_refused() {
  return {.id = "configuration-key-refused",
          .severity = Severity::blocker,
          .title = "The configuration sets what the platform or the release does not take",
          .rationale =
              "A managed service keeps settings for itself, and a release can refuse a value that older ones took.",
          .remedy = "Set it where the platform lets it be set.",
          .sources = {"rules/table/configuration_keys.json"},
          .fires = "config.yaml sets state.backend: filesystem, and the target is Flink 2.2.",
          .does_not_fire = "It sets state.backend: hashmap.",
          .needs = {.deployment = true},
          .check = [](const Facts& facts) { return check_keys("configuration-key-refused", Change::refused, facts); }};
}

Rule configuration_default_changed() {
  return {
      .id = "configuration-default-changed",
      .severity = Severity::medium,
      .title = "A default on which the configuration relies has changed",
      .rationale = "What a file leaves out has the default of the release that runs, and that is another one now.",
      .remedy = "Set the key where the old behaviour is wanted.",
      .sources = {"rules/table/configuration_keys.json"},
      .fires = "--from 1.18 --target 1.20, and config.yaml sets no restart-strategy.type.",
      .does_not_fire = "It sets restart-strategy.type: fixed-delay; or it is --from 1.19, which has the new default.",
      .needs = {.source_release = true, .deployment = true},
      .check = check_configuration_default_changed};
}

}  // namespace preflight
