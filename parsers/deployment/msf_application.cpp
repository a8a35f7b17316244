#include "deployment/msf_application.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace preflight {
namespace {

/// A key as all who write it have it in common: without the API's endings, underscores and capitals.
std::string common_key(std::string_view key) {
  std::string common;
  for (const char c : key)
    if (c != '_')
      common += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view ending : {"descriptions", "description", "updates", "update"})
    if (common.ends_with(ending) && common.size() > ending.size())
      return common.substr(0, common.size() - ending.size());
  return common;
}

/// The value under one of these keys, written in common_key(): a list of one object stands for the object.
std::optional<DeploymentValue> part(const std::optional<DeploymentValue>& of,
                                    std::initializer_list<std::string_view> names) {
  if (!of)
    return std::nullopt;
  for (const DocumentEntry& entry : of->node().entries) {
    if (std::ranges::find(names, common_key(entry.key)) == names.end())
      continue;
    std::optional<DeploymentValue> value = of->at(entry.key);
    if (value && value->node().is_sequence() && value->node().items.size() == 1 && value->node().items[0].is_mapping())
      value = value->children().front();
    else if (value && value->node().is_sequence() && value->node().items.empty())
      value = std::nullopt;
    if (value)
      return value;
  }
  return std::nullopt;
}
std::optional<DeploymentValue> part(const std::optional<DeploymentValue>& of, std::string_view name) {
  return part(of, {name});
}

/// Whether a value is told. One that is not, as a whole, becomes an unknown: so is all that it would have set.
bool is_told(const std::optional<DeploymentValue>& value, const SettingReader& reader) {
  if (!value || (value->node().tag != kUnresolvedTag && value->node().tag != kAssumedTag))
    return value.has_value();
  reader.text(*value);
  return false;
}

/// The part with its parts; empty where it is not told.
std::optional<DeploymentValue> object(const std::optional<DeploymentValue>& value, const SettingReader& reader) {
  if (!is_told(value, reader))
    return std::nullopt;
  if (!value->node().is_mapping())
    reader.fail(*value, "an object");
  return value;
}

/// The service ignores what stands beside a ConfigurationType of DEFAULT; what is ignored is said.
bool is_default(const std::optional<DeploymentValue>& configuration, MsfStatement statement,
                const SettingReader& reader) {
  std::optional<Setting<std::string>> type;
  reader.text(part(configuration, "configurationtype"), type);
  if (!type || type->value != "DEFAULT" || statement == MsfStatement::answer)
    return false;
  for (const DeploymentValue& value : configuration->children())
    if (common_key(value.name()) != "configurationtype" && value.node().is_scalar())
      reader.unknown(value.place(), fmt::format("`{}` is ignored by the service, as the ConfigurationType beside it "
                                                "(line {}) is DEFAULT: the service's own value holds",
                                                value.name(), type->place.line));
  return true;
}

void read_flink(const std::optional<DeploymentValue>& flink, MsfStatement statement, const SettingReader& reader) {
  Deployment& deployment = reader.deployment();
  const auto checkpoint = object(part(flink, "checkpointconfiguration"), reader);
  if (is_default(checkpoint, statement, reader))  // By the API's reference, DEFAULT has checkpoints on.
    deployment.checkpointing_enabled = {true, part(checkpoint, "configurationtype")->place()};
  else
    reader.boolean(part(checkpoint, "checkpointingenabled"), deployment.checkpointing_enabled);
  const auto parallelism = object(part(flink, "parallelismconfiguration"), reader);
  if (is_default(parallelism, statement, reader)) {  // By the guide "Implement application scaling", both are 1.
    const DeploymentPlace place = part(parallelism, "configurationtype")->place();
    deployment.parallelism = {1, place};
    deployment.parallelism_per_kpu = {1, place};
    return;
  }
  reader.number(part(parallelism, "parallelism"), deployment.parallelism);
  reader.number(part(parallelism, "parallelismperkpu"), deployment.parallelism_per_kpu);
  reader.boolean(part(parallelism, "autoscalingenabled"), deployment.auto_scaling);
}

void read_code(const std::optional<DeploymentValue>& code, const SettingReader& reader) {
  const auto content = object(part(code, "codecontent"), reader);
  const auto location = object(part(content, {"s3applicationcodelocation", "s3contentlocation"}), reader);
  std::optional<Setting<std::string>> bucket;
  std::optional<Setting<std::string>> key;
  reader.text(part(location, "bucketarn"), bucket);
  reader.text(part(location, "filekey"), key);
  if (!key)
    return;
  const std::string in = bucket ? fmt::format("s3://{}/", bucket->value.substr(bucket->value.rfind(':') + 1)) : "";
  reader.deployment().code = {in + key->value, key->place};
}

void read_properties(const std::optional<DeploymentValue>& environment, const SettingReader& reader) {
  if (!environment)
    return;
  for (const DocumentEntry& entry : environment->node().entries) {
    const std::string key = common_key(entry.key);
    if (key != "propertygroup" && key != "propertygroups")
      continue;
    const auto groups = environment->at(entry.key);
    if (!is_told(groups, reader))
      continue;
    if (!groups->node().is_mapping() && !groups->node().is_sequence())
      reader.fail(*groups, "an array of property groups");
    const std::vector<DeploymentValue> each =
        groups->node().is_mapping() ? std::vector<DeploymentValue>{*groups} : groups->children();
    for (const DeploymentValue& item : each) {
      const auto group = object(item, reader);
      std::optional<Setting<std::string>> id;
      reader.text(part(group, "propertygroupid"), id);
      if (const auto map = object(part(group, "propertymap"), reader))
        for (const DeploymentValue& property : map->children())
          reader.add_property(property, id ? id->value : "");
    }
  }
}

void read_run(const std::optional<DeploymentValue>& run, const SettingReader& reader) {
  reader.boolean(part(object(part(run, "flinkrunconfiguration"), reader), "allownonrestoredstate"),
                 reader.deployment().allow_non_restored_state);
  const auto restore = object(part(run, "applicationrestoreconfiguration"), reader);
  reader.text(part(restore, "snapshotname"), reader.deployment().snapshot_name);
  if (const auto type = part(restore, "applicationrestoretype"))
    read_msf_restore_type(*type, reader);
}

void read_encryption(const std::optional<DeploymentValue>& encryption, const SettingReader& reader) {
  std::optional<Setting<std::string>> type;
  reader.text(part(encryption, "keytype"), type);
  if (type)
    reader.deployment().customer_managed_key = {type->value.starts_with("CUSTOMER_MANAGED"), type->place};
}

KeptSnapshot snapshot_of(const DeploymentValue& details, const SettingReader& reader) {
  KeptSnapshot snapshot;
  std::optional<Setting<std::string>> name;
  std::optional<Setting<std::string>> status;
  std::optional<Setting<std::string>> created;
  reader.text(part(details, "snapshotname"), name);
  reader.text(part(details, "snapshotstatus"), status);
  reader.text(part(details, "snapshotcreationtimestamp"), created);
  reader.text(part(details, "runtimeenvironment"), snapshot.runtime);
  snapshot.name = name ? name->value : "";
  snapshot.status = status ? status->value : "";
  if (created)
    snapshot.created = created->value;
  snapshot.place = details.place();
  return snapshot;
}

bool read_snapshots(const DeploymentValue& document, const SettingReader& reader) {
  const auto one = document.at("SnapshotDetails");
  const auto many = document.at("SnapshotSummaries");
  if (!one && !many)
    return false;
  reader.deployment().kind = DeploymentKind::msf_snapshots;
  if (one && !one->node().is_mapping())
    reader.fail(*one, "an object, the details of a snapshot");
  if (many && !many->node().is_sequence())
    reader.fail(*many, "an array of snapshots");
  const std::vector<DeploymentValue> each = one ? std::vector<DeploymentValue>{*one} : many->children();
  constexpr std::size_t kMostSnapshots = 10'000;  // The service keeps 1,000 of an application.
  if (each.size() > kMostSnapshots)
    reader.fail(*many, fmt::format("at most {} snapshots", kMostSnapshots));
  for (const DeploymentValue& details : each)
    reader.deployment().snapshots.push_back(snapshot_of(*object(details, reader), reader));
  return true;
}

bool is_update(const DeploymentValue& document) {
  return document.at("ApplicationName") && std::ranges::any_of(document.node().entries, [](const DocumentEntry& entry) {
           return entry.key == "CurrentApplicationVersionId" || entry.key == "ConditionalToken" ||
                  entry.key.ends_with("Update");
         });
}

}  // namespace

void read_msf_restore_type(const DeploymentValue& type, const SettingReader& reader) {
  constexpr std::array<std::pair<std::string_view, RestoreSource>, 3> kTypes{
      {{"SKIP_RESTORE_FROM_SNAPSHOT", RestoreSource::nothing},
       {"RESTORE_FROM_LATEST_SNAPSHOT", RestoreSource::latest_snapshot},
       {"RESTORE_FROM_CUSTOM_SNAPSHOT", RestoreSource::named_snapshot}}};
  const auto name = reader.text(type);
  if (!name)
    return;
  const auto known = std::ranges::find(kTypes, *name, [](const auto& pair) { return pair.first; });
  if (known != kTypes.end())
    reader.deployment().restore = {known->second, type.place()};
  else
    reader.unknown(type.place(), fmt::format("the restore type \"{}\" is not known", *name));
}

void read_msf_application(const DeploymentValue& application, MsfStatement statement, const SettingReader& reader) {
  Deployment& deployment = reader.deployment();
  std::optional<Setting<std::string>> name;
  reader.text(part(application, {"applicationname", "name"}), name);
  if (name)
    deployment.name = name->value;
  deployment.place = application.place();
  reader.text(part(application, "runtimeenvironment"), deployment.runtime);

  const auto configuration = object(part(application, "applicationconfiguration"), reader);
  read_flink(object(part(configuration, "flinkapplicationconfiguration"), reader), statement, reader);
  read_code(object(part(configuration, "applicationcodeconfiguration"), reader), reader);
  read_properties(object(part(configuration, {"environmentproperties", "environmentproperty"}), reader), reader);
  reader.boolean(part(object(part(configuration, "applicationsnapshotconfiguration"), reader), "snapshotsenabled"),
                 deployment.snapshots_enabled);
  reader.boolean(part(object(part(configuration, "applicationsystemrollbackconfiguration"), reader), "rollbackenabled"),
                 deployment.automatic_rollback);
  read_encryption(object(part(configuration, "applicationencryptionconfiguration"), reader), reader);
  // A request has it beside the configuration, an answer and Terraform within it.
  read_run(object(part(application, "runconfiguration"), reader), reader);
  read_run(object(part(configuration, "runconfiguration"), reader), reader);
}

bool read_msf_document(const DeploymentValue& document, const SettingReader& reader) {
  Deployment& deployment = reader.deployment();
  if (const auto detail = document.at("ApplicationDetail")) {
    deployment.kind = DeploymentKind::msf_application;
    if (!detail->node().is_mapping())
      reader.fail(*detail, "an object, the details of an application");
    read_msf_application(*detail, MsfStatement::answer, reader);
    reader.text(detail->at("ApplicationStatus"), deployment.status);
    return true;
  }
  if (read_snapshots(document, reader))
    return true;
  if (!is_update(document))
    return false;
  deployment.kind = DeploymentKind::msf_update;
  read_msf_application(document, MsfStatement::request, reader);
  return true;
}

}  // namespace preflight
