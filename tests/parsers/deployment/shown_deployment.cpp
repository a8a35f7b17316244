#include "shown_deployment.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "deployment/deployment_file.h"
#include "fixture_paths.h"
#include "input/input_error.h"

namespace preflight::test {
namespace {

std::string words(const std::string& text) {
  return text;
}
std::string words(bool flag) {
  return flag ? "true" : "false";
}
std::string words(int number) {
  return std::to_string(number);
}
std::string words(RestoreSource source) {
  return std::vector<std::string>{"nothing", "latest-snapshot", "named-snapshot", "savepoint",
                                  "latest-checkpoint"}[static_cast<std::size_t>(source)];
}

std::string at(const DeploymentPlace& place) {
  return fmt::format(" @{} {}", place.line, place.pointer);
}

}  // namespace

std::vector<std::string> shown(const Deployment& deployment) {
  std::vector<std::string> lines{
      fmt::format("{} {}{}", to_string(deployment.kind), deployment.name, at(deployment.place))};
  const auto add = [&](const char* name, const auto& setting) {
    if (setting)
      lines.push_back(fmt::format("{}={}{}", name, words(setting->value), at(setting->place)));
  };
  add("runtime", deployment.runtime);
  add("image", deployment.image);
  add("status", deployment.status);
  add("code", deployment.code);
  add("entry_class", deployment.entry_class);
  add("target", deployment.target);
  add("restore", deployment.restore);
  add("snapshot_name", deployment.snapshot_name);
  add("allow_non_restored_state", deployment.allow_non_restored_state);
  add("snapshots_enabled", deployment.snapshots_enabled);
  add("automatic_rollback", deployment.automatic_rollback);
  add("customer_managed_key", deployment.customer_managed_key);
  add("parallelism", deployment.parallelism);
  add("parallelism_per_kpu", deployment.parallelism_per_kpu);
  add("auto_scaling", deployment.auto_scaling);
  add("checkpointing_enabled", deployment.checkpointing_enabled);
  add("claim_mode", deployment.claim_mode);
  for (const KeptSnapshot& snapshot : deployment.snapshots)
    lines.push_back(fmt::format("kept {} {} {} {}{}", snapshot.name, snapshot.status, snapshot.created.value_or("-"),
                                snapshot.runtime ? snapshot.runtime->value : "-", at(snapshot.place)));
  for (const ConfigurationSetting& setting : deployment.configuration)
    lines.push_back(fmt::format("{}: {}{}", setting.key, setting.value, at(setting.place)));
  for (const RuntimeProperty& property : deployment.properties)
    lines.push_back(fmt::format("{}/{}: {}{}", property.group, property.key, property.value, at(property.place)));
  for (const std::string& argument : deployment.arguments)
    lines.push_back("argument " + argument);
  for (const Setting<std::string>& unknown : deployment.unknowns)
    lines.push_back(fmt::format("unknown {}{}", unknown.value, at(unknown.place)));
  return lines;
}

std::string shown(std::string_view text, const std::string& name) {
  std::string result;
  try {
    for (const Deployment& deployment : parse_deployments(text, name))
      for (const std::string& line : shown(deployment))
        result += line + "\n";
  } catch (const InputError& error) {
    return error.what();
  }
  return result;
}

std::string deployment_fixture(const std::string& name) {
  std::ifstream file(fixtures() / "deployments" / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace preflight::test
