#include "deployment/cloudformation.h"

#include "deployment/msf_application.h"
#include "deployment/template_functions.h"

namespace preflight {
namespace {

constexpr const char* kApplicationType = "AWS::KinesisAnalyticsV2::Application";

bool is_application(const DocumentNode& resource) {
  const DocumentNode* type = find(resource, {"Type"});
  return type != nullptr && type->text == kApplicationType;
}

}  // namespace

bool is_cloudformation(const DocumentNode& document) {
  if (find(document, {"AWSTemplateFormatVersion"}) != nullptr)
    return true;
  const DocumentNode* resources = find(document, {"Resources"});
  if (resources == nullptr)
    return false;
  for (const DocumentEntry& resource : resources->entries)
    if (const DocumentNode* type = find(resource.value, {"Type"}); type != nullptr && type->is_scalar())
      return true;
  return false;
}

std::vector<Deployment> read_cloudformation(const DocumentNode& document, const std::string& file) {
  std::vector<Deployment> deployments;
  const auto resources = DeploymentValue(document, "").at("Resources");
  if (!resources)
    return deployments;
  for (const DeploymentValue& resource : resources->children()) {
    if (!is_application(resource.node()))
      continue;
    Deployment deployment;
    deployment.path = file;
    deployment.kind = DeploymentKind::cloudformation;
    const SettingReader reader(file, deployment);
    const auto properties = resource.at("Properties");
    if (!properties || !properties->node().is_mapping())
      reader.fail(resource, "the Properties of an application");
    const DocumentNode worked_out = without_functions(properties->node(), find(document, {"Parameters"}));
    read_msf_application({worked_out, properties->pointer()}, MsfStatement::request, reader);
    if (deployment.name.empty())
      deployment.name = resource.name();
    deployments.push_back(std::move(deployment));
  }
  return deployments;
}

}  // namespace preflight
