#pragma once

#include <iosfwd>
#include <vector>

#include "deployment/deployment.h"
#include "text_report.h"

namespace preflight {

/// `inspect deployment`: what each application is deployed with, with the line of each value.
void write_deployment_text(const std::vector<Deployment>& deployments, const TextStyle& style, std::ostream& out);

/// `inspect deployment --format json`, as docs/deployment.schema.json has it.
void write_deployment_json(const std::vector<Deployment>& deployments, std::ostream& out);

}  // namespace preflight
