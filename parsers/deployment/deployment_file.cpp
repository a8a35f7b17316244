#include "deployment/deployment_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "deployment/cloudformation.h"
#include "deployment/flink_configuration_file.h"
#include "deployment/flink_run.h"
#include "deployment/kubernetes_application.h"
#include "deployment/msf_application.h"
#include "deployment/terraform.h"
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

/// Texts that are no JSON and no YAML are written by hand.
void require_size(std::string_view text, const std::string& name) {
  constexpr std::size_t kMostBytes = 4U << 20U;
  if (text.size() > kMostBytes)
    throw InputError(InputErrorKind::over_limit, {.path = name},
                     fmt::format("expected at most {} bytes, found {}", kMostBytes, text.size()));
}

DocumentNode only_document(std::string_view text, const std::string& name) {
  std::vector<DocumentNode> documents = parse_documents(text, name);
  if (documents.size() != 1)
    refuse(name, 1);
  return std::move(documents.front());
}

bool has_line(std::string_view text, std::string_view beginning) {
  for (std::size_t at = text.find(beginning); at != std::string_view::npos; at = text.find(beginning, at + 1))
    if (at == 0 || text[at - 1] == '\n')
      return true;
  return false;
}

/// Whether a text may be the command line of `flink run`: neither JSON, nor YAML by its name or as it begins, and with
/// these words.
bool may_be_script(std::string_view text, const std::string& file) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] == '{' || text[first] == '[' || file.ends_with(".yaml") ||
      file.ends_with(".yml"))
    return false;
  if (has_line(text, "apiVersion:") || has_line(text, "Resources:"))
    return false;
  return text.find("flink") != std::string_view::npos && text.find("run") != std::string_view::npos;
}

std::vector<Deployment> read_msf(const DocumentNode& document, const std::string& name) {
  Deployment deployment;
  deployment.path = name;
  deployment.place = {document.line, ""};
  return read_msf_document({document, ""}, SettingReader(name, deployment)) ? std::vector<Deployment>{deployment}
                                                                            : std::vector<Deployment>{};
}

/// A file of a format that is told, but that deploys no application of Flink, is the wrong file.
std::vector<Deployment> some(std::vector<Deployment> deployments, const std::string& name, const char* resource) {
  if (deployments.empty())
    throw InputError(InputErrorKind::not_this_format, {.path = name, .line = 1},
                     fmt::format("expected {}, found other resources alone", resource));
  return deployments;
}

std::vector<Deployment> read_structured(std::string_view text, const std::string& name) {
  const std::vector<DocumentNode> documents = parse_documents(text, name);
  if (documents.empty())
    refuse(name, 1);
  const DocumentNode& first = documents.front();
  if (std::ranges::any_of(documents, is_kubernetes_resource))
    return some(read_kubernetes_applications(documents, name), name,
                "a FlinkDeployment or a FlinkSessionJob of flink.apache.org");
  if (auto deployments = read_msf(first, name); !deployments.empty())
    return deployments;
  if (is_terraform(first))
    return some(read_terraform_json(first, name), name, "an aws_kinesisanalyticsv2_application");
  if (is_cloudformation(first))
    return some(read_cloudformation(first, name), name, "an AWS::KinesisAnalyticsV2::Application");
  const std::string file = std::filesystem::path(name).filename().string();
  if (first.is_mapping() && (is_flink_configuration(first) || file == "config.yaml" || file == "config.yml"))
    return {read_flink_configuration_file(first, name)};
  refuse(name, first.line);
}

std::vector<Deployment> read_text(std::string_view text, const std::string& name) {
  const std::string file = std::filesystem::path(name).filename().string();
  if (file.starts_with("flink-conf")) {
    require_size(text, name);
    return {read_legacy_configuration_file(text, name)};
  }
  if (file.ends_with(".tf")) {
    require_size(text, name);
    return some(read_terraform_configuration(text, name), name, "an aws_kinesisanalyticsv2_application");
  }
  if (file.ends_with(".tfvars")) {
    require_size(text, name);
    return {read_terraform_variables(text, name)};
  }
  if (file.ends_with(".tfvars.json"))
    return {read_terraform_variables(only_document(text, name), name)};
  if (may_be_script(text, file)) {
    require_size(text, name);
    if (auto deployments = read_flink_runs(text, name); !deployments.empty())
      return deployments;
  }
  return read_structured(text, name);
}

}  // namespace

std::vector<Deployment> read_deployments(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes = read_file(path, DocumentLimits{}.file_bytes, kExpected);
  // Bytes of a file are looked at as the characters of its text.
  return parse_deployments({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string());
}

std::vector<Deployment> parse_deployments(std::string_view text, const std::string& name) {
  constexpr std::size_t kMostApplications = 1000;
  std::vector<Deployment> deployments = read_text(text, name);
  if (deployments.size() > kMostApplications)
    throw InputError(
        InputErrorKind::over_limit, {.path = name},
        fmt::format("expected at most {} applications in one file, found {}", kMostApplications, deployments.size()));
  return deployments;
}

const char* to_string(RestoreSource source) {
  switch (source) {
    case RestoreSource::nothing:
      return "nothing";
    case RestoreSource::latest_snapshot:
      return "latest-snapshot";
    case RestoreSource::named_snapshot:
      return "named-snapshot";
    case RestoreSource::savepoint:
      return "savepoint";
    case RestoreSource::latest_checkpoint:
      break;
  }
  return "latest-checkpoint";
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
