#include "deployment/terraform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "deployment/hcl.h"
#include "deployment/msf_application.h"
#include "deployment/terraform_marks.h"

namespace preflight {
namespace {

constexpr const char* kApplicationType = "aws_kinesisanalyticsv2_application";

std::string text_at(const DocumentNode& node, std::string_view key) {
  const DocumentNode* value = find(node, {key});
  return value != nullptr && value->is_scalar() ? value->text : "";
}

bool is_application(const DocumentNode& resource) {
  return text_at(resource, "type") == kApplicationType && text_at(resource, "mode") != "data";
}

Deployment read_application(const DeploymentValue& values, DeploymentKind kind, bool is_state,
                            const std::string& file) {
  Deployment deployment;
  deployment.path = file;
  deployment.kind = kind;
  const SettingReader reader(file, deployment);
  if (!values.node().is_mapping())
    reader.fail(values, "the attributes of an application");
  read_msf_application(values, is_state ? MsfStatement::answer : MsfStatement::request, reader);
  if (is_state)
    reader.text(values.at("status"), deployment.status);
  return deployment;
}

/// The resources of `show -json`: of the root module and of those within it.
class ShownResources {
 public:
  ShownResources(const DeploymentValue& document, std::string file) : document_(document), file_(std::move(file)) {
    const auto changes = document.at("resource_changes");
    if (!changes)
      return;
    for (const DocumentNode& change : changes->node().items)
      if (is_application(change))
        changes_[text_at(change, "address")] = find(change, {"change"});
  }

  std::vector<Deployment> read() {
    is_state_ = !document_.at("planned_values").has_value();
    if (const auto root = document_.at({is_state_ ? "values" : "planned_values", "root_module"}))
      read_module(*root);
    return std::move(deployments_);
  }

 private:
  // Modules nest as deep as a document may, which is not deep.
  void read_module(const DeploymentValue& module) {
    if (const auto resources = module.at("resources"))
      for (const DeploymentValue& resource : resources->children())
        if (is_application(resource.node()))
          read_resource(resource);
    if (const auto modules = module.at("child_modules"))
      for (const DeploymentValue& child : modules->children())
        read_module(child);
  }

  void read_resource(const DeploymentValue& resource) {
    DocumentNode marked{.kind = DocumentNode::Kind::mapping, .line = resource.node().line};
    const auto values = resource.at("values");
    if (values)
      marked = values->node();
    if (const auto sensitive = resource.at("sensitive_values"))
      mark_secrets(marked, sensitive->node());
    const auto change = changes_.find(text_at(resource.node(), "address"));
    if (change != changes_.end() && change->second != nullptr) {
      if (const DocumentNode* sensitive = find(*change->second, {"after_sensitive"}))
        mark_secrets(marked, *sensitive);
      if (const DocumentNode* unknown = find(*change->second, {"after_unknown"}))
        mark_unknowns(marked, *unknown);
    }
    deployments_.push_back(
        read_application({marked, resource.pointer() + "/values"}, DeploymentKind::terraform_json, is_state_, file_));
    if (deployments_.back().name.empty())
      deployments_.back().name = text_at(resource.node(), "name");
  }

  const DeploymentValue& document_;
  std::string file_;
  bool is_state_ = false;
  std::map<std::string, const DocumentNode*> changes_;  ///< By address.
  std::vector<Deployment> deployments_;
};

/// A state file as Terraform keeps it (version 4): the attributes stand in instances.
std::vector<Deployment> read_state_file(const DeploymentValue& document, const std::string& file) {
  std::vector<Deployment> deployments;
  for (const DeploymentValue& resource : document.at("resources")->children()) {
    const auto instances = resource.at("instances");
    if (!is_application(resource.node()) || !instances)
      continue;
    for (const DeploymentValue& instance : instances->children())
      if (const auto attributes = instance.at("attributes"))
        deployments.push_back(read_application(*attributes, DeploymentKind::terraform_json, true, file));
  }
  return deployments;
}

/// The blocks `resource "aws_kinesisanalyticsv2_application" "NAME"`, of HCL or of its JSON syntax.
std::vector<Deployment> read_configuration(const DocumentNode& document, DeploymentKind kind, const std::string& file) {
  std::vector<Deployment> deployments;
  const DeploymentValue root(document, "");
  const auto resources = root.at({"resource", kApplicationType});
  if (!resources)
    return deployments;
  for (const DeploymentValue& named : resources->children()) {
    // The JSON syntax allows a list of one in place of a block.
    const bool listed = named.node().is_sequence() && named.node().items.size() == 1;
    deployments.push_back(read_application(listed ? named.children().front() : named, kind, false, file));
    if (deployments.back().name.empty())
      deployments.back().name = named.name();
  }
  return deployments;
}

/// What a variable sets that has the name of an attribute of the application.
struct NamedLikeAttribute {
  std::string_view name;
  void (*take)(const DeploymentValue& variable, const SettingReader& reader);
};
constexpr std::array<NamedLikeAttribute, 9> kAttributes{
    {{"runtime_environment", [](const DeploymentValue& variable,
                                const SettingReader& reader) { reader.text(variable, reader.deployment().runtime); }},
     {"snapshots_enabled",
      [](const DeploymentValue& variable, const SettingReader& reader) {
        reader.boolean(variable, reader.deployment().snapshots_enabled);
      }},
     {"parallelism", [](const DeploymentValue& variable,
                        const SettingReader& reader) { reader.number(variable, reader.deployment().parallelism); }},
     {"parallelism_per_kpu",
      [](const DeploymentValue& variable, const SettingReader& reader) {
        reader.number(variable, reader.deployment().parallelism_per_kpu);
      }},
     {"auto_scaling_enabled",
      [](const DeploymentValue& variable, const SettingReader& reader) {
        reader.boolean(variable, reader.deployment().auto_scaling);
      }},
     {"checkpointing_enabled",
      [](const DeploymentValue& variable, const SettingReader& reader) {
        reader.boolean(variable, reader.deployment().checkpointing_enabled);
      }},
     {"allow_non_restored_state",
      [](const DeploymentValue& variable, const SettingReader& reader) {
        reader.boolean(variable, reader.deployment().allow_non_restored_state);
      }},
     {"application_restore_type", read_msf_restore_type},
     {"snapshot_name", [](const DeploymentValue& variable, const SettingReader& reader) {
        reader.text(variable, reader.deployment().snapshot_name);
      }}}};

}  // namespace

bool is_terraform(const DocumentNode& document) {
  return find(document, {"terraform_version"}) != nullptr || find(document, {"planned_values"}) != nullptr ||
         find(document, {"resource", kApplicationType}) != nullptr;
}

std::vector<Deployment> read_terraform_json(const DocumentNode& document, const std::string& file) {
  const DeploymentValue root(document, "");
  if (root.at("planned_values") || root.at("values"))
    return ShownResources(root, file).read();
  if (root.at("resources"))
    return read_state_file(root, file);
  DocumentNode marked = document;
  mark_templates(marked);
  return read_configuration(marked, DeploymentKind::terraform_json, file);
}

std::vector<Deployment> read_terraform_configuration(std::string_view text, const std::string& file) {
  return read_configuration(parse_hcl(text, file), DeploymentKind::terraform_hcl, file);
}

Deployment read_terraform_variables(std::string_view text, const std::string& file) {
  return read_terraform_variables(parse_hcl(text, file), file);
}

Deployment read_terraform_variables(const DocumentNode& document, const std::string& file) {
  Deployment deployment;
  deployment.path = file;
  const SettingReader reader(file, deployment);
  if (!document.is_mapping())
    reader.fail({document, ""}, "variables and their values");
  bool any = false;
  for (const DeploymentValue& variable : DeploymentValue(document, "").children()) {
    const auto attribute = std::ranges::find(kAttributes, variable.name(), &NamedLikeAttribute::name);
    if (attribute == kAttributes.end() || variable.node().kind == DocumentNode::Kind::null_)
      continue;
    attribute->take(variable, reader);
    reader.unknown(variable.place(), fmt::format("`{}` is a variable: it is taken for the application's attribute of "
                                                 "that name",
                                                 variable.name()));
    any = true;
  }
  if (!any)
    reader.unknown({1, ""}, fmt::format("no variable has the name of an attribute of {}: what they set is not known",
                                        kApplicationType));
  deployment.kind = DeploymentKind::terraform_variables;
  deployment.place = {1, ""};
  return deployment;
}

}  // namespace preflight
