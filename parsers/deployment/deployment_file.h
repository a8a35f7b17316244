#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "deployment/deployment.h"

namespace preflight {

/// Every application that a file of a deployment describes, at least one; `path` may be "-" for standard input. What
/// kind of file it is, is told by its content; by its name where content cannot tell: .tf, .tfvars, and flink-conf.yaml
/// against config.yaml. Keys that nothing here knows are passed over. Throws InputError with the line: unreadable,
/// not_this_format, corrupt (a value of another kind than its format has), over_limit. No message and no field has a
/// secret in it.
std::vector<Deployment> read_deployments(const std::filesystem::path& path);

/// The same of a text; `name` stands for the path, and tells what the file's name would.
std::vector<Deployment> parse_deployments(std::string_view text, const std::string& name);

}  // namespace preflight
