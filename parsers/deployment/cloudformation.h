#pragma once

// Private to the readers of deployments.

#include <string>
#include <vector>

#include "deployment/setting_reader.h"

namespace preflight {

/// Whether a document is a template of CloudFormation, written by hand or synthesised by the CDK.
bool is_cloudformation(const DocumentNode& document);

/// The applications (AWS::KinesisAnalyticsV2::Application) of a template; empty where it has none. Of the functions of
/// a template, Ref and Sub of parameters with a default, and Join, are worked out, and that a default was taken is
/// said; what needs the stack, the account or a condition is unknown.
std::vector<Deployment> read_cloudformation(const DocumentNode& document, const std::string& file);

}  // namespace preflight
