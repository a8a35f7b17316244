#include "deployment/deployment_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "deployment/flink_configuration_file.h"
#include "deployment/kubernetes_application.h"
#include "deployment/msf_application.h"
#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {
namespace {

constexpr const char* kExpected =
    "a deployment: describe-application, list-application-snapshots or update-application of Managed Service for "
    "Apache Flink, Terraform, CloudFormation, FlinkDeployment, flink-conf.yaml, config.yaml, or a flink run command";

[[noreturn]] void refuse(const std::string& name, int line) {
  throw InputError(InputErrorKind::not_this_format, {.path = name, .line = std::max(line, 1)},
                   fmt::format("expected {}", kExpected));
}

std::vector<Deployment> read_msf(const DocumentNode& document, const std::string& name) {
  Deployment deployment;
  deployment.path = name;
  deployment.place = {document.line, ""};
  return read_msf_document({document, ""}, SettingReader(name, deployment)) ? std::vector<Deployment>{deployment}
                                                                            : std::vector<Deployment>{};
}

std::vector<Deployment> read_structured(std::string_view text, const std::string& name) {
  const std::vector<DocumentNode> documents = parse_documents(text, name);
  if (documents.empty())
    refuse(name, 1);
  const DocumentNode& first = documents.front();
  if (std::ranges::any_of(documents, is_kubernetes_resource)) {
    std::vector<Deployment> deployments = read_kubernetes_applications(documents, name);
    if (deployments.empty())
      throw InputError(InputErrorKind::not_this_format, {.path = name, .line = std::max(first.line, 1)},
                       "expected a FlinkDeployment or a FlinkSessionJob of flink.apache.org, found resources of other "
                       "kinds alone");
    return deployments;
  }
  if (auto deployments = read_msf(first, name); !deployments.empty())
    return deployments;
  const std::string file = std::filesystem::path(name).filename().string();
  if (first.is_mapping() && (is_flink_configuration(first) || file == "config.yaml" || file == "config.yml"))
    return {read_flink_configuration_file(first, name)};
  refuse(name, first.line);
}

}  // namespace

std::vector<Deployment> read_deployments(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes = read_file(path, DocumentLimits{}.file_bytes, kExpected);
  // Bytes of a file are looked at as the characters of its text.
  return parse_deployments({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string());
}

std::vector<Deployment> parse_deployments(std::string_view text, const std::string& name) {
  const std::string file = std::filesystem::path(name).filename().string();
  if (file.starts_with("flink-conf"))
    return {read_legacy_configuration_file(text, name)};
  return read_structured(text, name);
}

const char* to_string(DeploymentKind kind) {
  switch (kind) {
    case DeploymentKind::msf_application:
      return "describe-application";
    case DeploymentKind::msf_snapshots:
      return "application snapshots";
    case DeploymentKind::msf_update:
      return "update-application";
    case DeploymentKind::terraform_json:
      return "Terraform JSON";
    case DeploymentKind::terraform_hcl:
      return "Terraform configuration";
    case DeploymentKind::terraform_variables:
      return "Terraform variables";
    case DeploymentKind::cloudformation:
      return "CloudFormation template";
    case DeploymentKind::kubernetes_application:
      return "FlinkDeployment";
    case DeploymentKind::kubernetes_session_job:
      return "FlinkSessionJob";
    case DeploymentKind::flink_configuration:
      return "config.yaml";
    case DeploymentKind::flink_legacy_configuration:
      return "flink-conf.yaml";
    case DeploymentKind::flink_run:
      return "flink run";
  }
  return "";
}

}  // namespace preflight
