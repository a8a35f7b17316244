#include "deployment/kubernetes_application.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "deployment/flink_settings.h"
#include "deployment/secrets.h"

namespace preflight {
namespace {

std::string text_at(const DocumentNode& node, std::string_view key) {
  const DocumentNode* value = find(node, {key});
  return value != nullptr && value->is_scalar() ? value->text : "";
}

std::optional<DeploymentValue> mapping_at(const DeploymentValue& of, std::string_view key,
                                          const SettingReader& reader) {
  auto value = of.at(key);
  if (value && !value->node().is_mapping())
    reader.fail(*value, "an object");
  return value;
}

/// Without an upgradeMode, the operator takes "stateless" (JobSpec); a job without a JAR is a patch for another file.
void read_restore(const DeploymentValue& job, const SettingReader& reader) {
  constexpr std::array<std::pair<std::string_view, RestoreSource>, 3> kModes{
      {{"stateless", RestoreSource::nothing},
       {"last-state", RestoreSource::latest_checkpoint},
       {"savepoint", RestoreSource::savepoint}}};
  Deployment& deployment = reader.deployment();
  std::optional<Setting<std::string>> mode;
  reader.text(job.at("upgradeMode"), mode);
  reader.text(job.at("initialSavepointPath"), deployment.snapshot_name);
  if (mode) {
    const auto known = std::ranges::find(kModes, mode->value, [](const auto& pair) { return pair.first; });
    if (known != kModes.end())
      deployment.restore = {known->second, mode->place};
    else
      reader.unknown(mode->place, fmt::format("the upgradeMode \"{}\" is not known", mode->value));
  }
  // A new nonce makes the operator start from the path; without one it is for the first start alone.
  if (deployment.snapshot_name && (!mode || job.at("savepointRedeployNonce")))
    deployment.restore = {RestoreSource::named_snapshot, deployment.snapshot_name->place};
  else if (!mode && job.at("jarURI"))
    deployment.restore = {RestoreSource::nothing, job.place()};
}

void read_arguments(const DeploymentValue& job, const SettingReader& reader) {
  const auto arguments = job.at("args");
  if (!arguments)
    return;
  if (!arguments->node().is_sequence())
    reader.fail(*arguments, "a list of texts");
  std::vector<std::string> texts;
  for (const DeploymentValue& argument : arguments->children()) {
    if (!argument.node().is_scalar())
      reader.fail(argument, "a text");
    texts.push_back(argument.node().text);
  }
  reader.deployment().arguments = without_secrets(texts);
}

void read_job(const DeploymentValue& job, const SettingReader& reader) {
  Deployment& deployment = reader.deployment();
  reader.text(job.at("jarURI"), deployment.code);
  reader.text(job.at("entryClass"), deployment.entry_class);
  reader.number(job.at("parallelism"), deployment.parallelism);
  reader.boolean(job.at("allowNonRestoredState"), deployment.allow_non_restored_state);
  read_restore(job, reader);
  read_arguments(job, reader);
}

/// What `kubectl get -o yaml` adds: the state of the job, and the savepoint that the operator took last.
void read_status(const DeploymentValue& status, const SettingReader& reader) {
  Deployment& deployment = reader.deployment();
  reader.text(status.at({"jobStatus", "state"}), deployment.status);
  if (!deployment.status)
    reader.text(status.at("lifecycleState"), deployment.status);
  const auto last = status.at({"jobStatus", "savepointInfo", "lastSavepoint"});
  std::optional<Setting<std::string>> path;
  if (last)
    reader.text(last->at("location"), path);
  if (!path)
    reader.text(status.at({"jobStatus", "upgradeSavepointPath"}), path);
  if (!path)
    return;
  KeptSnapshot snapshot{.name = path->value, .status = "READY", .created = {}, .runtime = {}, .place = path->place};
  std::optional<Setting<std::string>> time;
  if (last)
    reader.text(last->at("timeStamp"), time);
  if (time)
    snapshot.created = time->value;
  deployment.snapshots.push_back(std::move(snapshot));
}

Deployment read_resource(const DeploymentValue& resource, const std::string& file) {
  Deployment deployment;
  const SettingReader reader(file, deployment);
  deployment.path = file;
  deployment.kind = text_at(resource.node(), "kind") == "FlinkSessionJob" ? DeploymentKind::kubernetes_session_job
                                                                          : DeploymentKind::kubernetes_application;
  deployment.place = resource.place();
  if (const auto metadata = mapping_at(resource, "metadata", reader))
    deployment.name = text_at(metadata->node(), "name");
  const auto spec = mapping_at(resource, "spec", reader);
  if (!spec)
    reader.fail(resource, fmt::format("a spec in the {}", text_at(resource.node(), "kind")));
  reader.text(spec->at("flinkVersion"), deployment.runtime);
  reader.text(spec->at("image"), deployment.image);
  if (const auto job = mapping_at(*spec, "job", reader))
    read_job(*job, reader);
  if (const auto configuration = spec->at("flinkConfiguration"))
    read_flink_configuration(*configuration, reader);
  if (const auto status = mapping_at(resource, "status", reader))
    read_status(*status, reader);
  settle_configured_settings(reader);
  return deployment;
}

void add_resources(const DeploymentValue& document, const std::string& file, std::vector<Deployment>& deployments) {
  const std::string kind = text_at(document.node(), "kind");
  if (kind.ends_with("List")) {
    if (const auto items = document.at("items"))
      for (const DeploymentValue& item : items->children())
        if (!text_at(item.node(), "kind").ends_with("List"))
          add_resources(item, file, deployments);
  } else if ((kind == "FlinkDeployment" || kind == "FlinkSessionJob") &&
             text_at(document.node(), "apiVersion").starts_with("flink.apache.org/")) {
    deployments.push_back(read_resource(document, file));
  }
}

}  // namespace

bool is_kubernetes_resource(const DocumentNode& document) {
  return !text_at(document, "apiVersion").empty() && !text_at(document, "kind").empty();
}

std::vector<Deployment> read_kubernetes_applications(const std::vector<DocumentNode>& documents,
                                                     const std::string& file) {
  std::vector<Deployment> deployments;
  for (std::size_t i = 0; i < documents.size(); ++i)
    add_resources({documents[i], documents.size() == 1 ? "" : "/" + std::to_string(i)}, file, deployments);
  return deployments;
}

}  // namespace preflight
