#pragma once

// Private to the readers of deployments.

#include <string>
#include <string_view>
#include <vector>

#include "deployment/setting_reader.h"

namespace preflight {

/// Whether a document is Terraform's: a plan or a state of `terraform show -json`, a state file, or .tf.json.
bool is_terraform(const DocumentNode& document);

/// The applications (aws_kinesisanalyticsv2_application) of such a document, those of modules too. Empty where it has
/// none. What is known only after apply is unknown; what Terraform marks as sensitive is hidden.
std::vector<Deployment> read_terraform_json(const DocumentNode& document, const std::string& file);

/// The same of a .tf file.
std::vector<Deployment> read_terraform_configuration(std::string_view text, const std::string& file);

/// The variables of a .tfvars file, or of the document of a .tfvars.json. Terraform gives them no meaning: those that
/// have the name of an attribute of the application are taken for it, and said to be.
Deployment read_terraform_variables(std::string_view text, const std::string& file);
Deployment read_terraform_variables(const DocumentNode& document, const std::string& file);

}  // namespace preflight
