#include "deployment_table_reader.h"

#include <map>
#include <string>

namespace preflight {
namespace {

std::optional<Platform> read_platform(const TableRow& row) {
  const std::string name = row.optional_text("platform");
  const auto platform = platform_of(name);
  if (!name.empty() && !platform)
    row.fail("msf, kubernetes, standalone or null at \"platform\"");
  return platform;
}

Severity read_severity(const TableRow& row) {
  const auto severity = severity_of(row.text("severity"));
  if (!severity)
    row.fail("info, low, medium, high or blocker at \"severity\"");
  return *severity;
}

ConfigurationKey::Change read_change(const TableRow& row) {
  using enum ConfigurationKey::Change;
  const std::map<std::string, ConfigurationKey::Change> changes = {
      {"renamed", renamed}, {"removed", removed}, {"default-changed", default_changed}, {"refused", refused}};
  const auto change = changes.find(row.text("change"));
  if (change == changes.end())
    row.fail("renamed, removed, default-changed or refused at \"change\"");
  return change->second;
}

ConfigurationKey read_configuration_key(const TableRow& row) {
  const std::string value = row.optional_text("value");
  return {.key = row.text("key") + (value.empty() ? "" : "=" + value),
          .change = read_change(row),
          .since = row.version("since"),
          .platform = read_platform(row),
          .new_key = row.optional_text("new_key"),
          .old_default = row.optional_text("old_default"),
          .new_default = row.optional_text("new_default"),
          .severity = read_severity(row),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .verified_by = row.optional_text("verified_by"),
          .sources = row.texts("sources")};
}

PlatformReference read_deployment_setting(const TableRow& row) {
  return {.id = row.text("id"),
          .rule = row.text("rule"),
          .platform = read_platform(row),
          .since = row.optional_version("since"),
          .until = row.optional_version("until"),
          .calls = row.texts("settings"),
          .severity = read_severity(row),
          .title = row.text("title"),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .sources = row.texts("sources")};
}

}  // namespace

bool read_deployment_row(std::string_view document, const TableRow& row, CompatibilityTable& table) {
  if (document == "configuration_keys")
    table.configuration_keys.push_back(read_configuration_key(row));
  else if (document == "deployment_settings")
    table.platform_references.push_back(read_deployment_setting(row));
  else
    return false;
  return true;
}

}  // namespace preflight
