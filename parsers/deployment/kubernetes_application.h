#pragma once

// Private to the readers of deployments.

#include <string>
#include <vector>

#include "deployment/setting_reader.h"

namespace preflight {

/// Whether a document is a resource of Kubernetes, of whatever kind.
bool is_kubernetes_resource(const DocumentNode& document);

/// The FlinkDeployments and FlinkSessionJobs (apiVersion flink.apache.org/...) among the documents of a file, and
/// within a List, as `kubectl get` writes it. Other kinds are passed over. With a status they are what the cluster has.
std::vector<Deployment> read_kubernetes_applications(const std::vector<DocumentNode>& documents,
                                                     const std::string& file);

}  // namespace preflight
